"""Who speaks to whom: posts addressed to us, people our posts speak to, and community talk."""

from collections import defaultdict

from twoway.core.posts import Post
from twoway.core.turns.situation import Said, Scene

PARENT = "parent"
THROUGH = "through"
MENTION = "mention"
LED_TO = "led_to"
FLAT = "flat"
"""How a post of ours reaches a person: it replies to them, it replies to a post of ours that spoke to
them, it names them anew, it quotes or links their post, or it stands in their flat exchange."""


class Addressing:
    """What is addressed to us and whom we spoke to, for all threads of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.addressed: set[str] = set()
        self.spoken: dict[str, dict[str, frozenset[str]]] = {}
        self.leading: dict[str, list[Said]] = defaultdict(list)
        for members in scene.threads.values():
            by_tree = sorted(members, key=lambda s: s.enter)
            is_nested = [said for said in by_tree if not said.is_flat]
            for said in [*is_nested, *(said for said in members if said.is_flat)]:
                self._judge(said, members)

    def _judge(self, said: Said, members: list[Said]) -> None:
        if said.is_share:
            return
        if said.author in self.scene.ours:
            self.spoken[said.id] = self._speaks_to(said, members)
            for person, ways in self.spoken[said.id].items():
                if LED_TO in ways:
                    self.leading[person].append(said)
        elif not said.is_automatic and self._is_addressed(said, members):
            self.addressed.add(said.id)

    def _is_addressed(self, said: Said, members: list[Said]) -> bool:
        ours = self.scene.ours
        if said.names & ours or self.pieces_quoting_us(said):
            return True
        if said.is_private:
            return self._is_private_to_us(said, members)
        if said.is_flat:
            return self._is_flat_to_us(said, members)
        upper = self.scene.above(said)
        if self.scene.author_above(said) in ours:
            return True
        return upper is not None and upper.author == said.author and upper.id in self.addressed

    def pieces_quoting_us(self, said: Said) -> list[Post]:
        """Return the pieces of a post that quote a post of ours, whether we have that or not."""
        scene = self.scene
        return [
            post
            for post in said.posts
            if post.quoted is not None
            and (
                scene.said[scene.first_piece[post.quoted]].author
                if post.quoted in scene.first_piece
                else post.quoted_author
            )
            in scene.ours
        ]

    def _is_private_to_us(self, said: Said, members: list[Said]) -> bool:
        """A private post that names nobody is to us: we could not read it otherwise."""
        named = {m.account for post in said.posts for m in post.mentions} - {said.author}
        return (
            not named
            or bool(named & self.scene.ours)
            or any(other.author in self.scene.ours for other in members)
        )

    def _is_flat_to_us(self, said: Said, members: list[Said]) -> bool:
        if said.names - self.scene.ours:
            return False
        if self._root_author(said, members) in self.scene.ours:
            return True
        earlier = [o for o in members if o.author == said.author and _comes_before(o, said)]
        return bool(earlier) and earlier[-1].id in self.addressed

    def _root_author(self, said: Said, members: list[Said]) -> str | None:
        for other in members:
            if other.pieces[0] == other.thread:
                return other.author
        return said.first.root_author or said.first.parent_author

    def _speaks_to(self, said: Said, members: list[Said]) -> dict[str, frozenset[str]]:
        """Return the persons a post of ours speaks to, with the ways in which it reaches each."""
        reached: dict[str, set[str]] = {}
        for person in said.names:
            reached.setdefault(person, set()).add(FLAT if said.is_flat else MENTION)
        for other in self.scene.led_to(said):
            reached.setdefault(other.author, set()).add(LED_TO)
        for post in said.posts:
            if post.quoted_author is not None:
                reached.setdefault(post.quoted_author, set()).add(LED_TO)
        if said.is_flat:
            self._reach_flat(said, members, reached)
        else:
            self._reach_above(said, reached)
        strangers = set(reached) - self.scene.ours - self.scene.situation.automatic
        return {person: frozenset(reached[person]) for person in sorted(strangers)}

    def _reach_above(self, said: Said, reached: dict[str, set[str]]) -> None:
        upper = self.scene.above(said)
        author = self.scene.author_above(said)
        if author is None:
            return
        if author not in self.scene.ours:
            ways = reached.setdefault(author, set())
            # To name the one whose post it replies to is how networks address a reply.
            ways.discard(MENTION)
            ways.add(PARENT)
        elif upper is not None:
            for person in self.spoken.get(upper.id, {}):
                reached.setdefault(person, set()).add(THROUGH)

    def _reach_flat(self, said: Said, members: list[Said], reached: dict[str, set[str]]) -> None:
        if said.names or reached:
            return
        before = [o for o in members if _comes_before(o, said) and o.stood_at(said.at)]
        asked = [o for o in before if o.id in self.addressed]
        if asked:
            reached[asked[-1].author] = {FLAT}
        elif (author := self.scene.author_above(said)) is not None:
            reached[author] = {FLAT}

    def community(self, thread: str) -> list[Said]:
        """Return what members say to each other in a thread, in the order of time."""
        return [said for said in self.scene.threads[thread] if self._is_community(said)]

    def _is_community(self, said: Said) -> bool:
        if (
            said.author in self.scene.ours
            or said.is_automatic
            or said.is_share
            or said.is_private
            or said.deleted_at is not None
            or said.id in self.addressed
        ):
            return False
        if said.is_flat and said.names:
            return True
        author = self.scene.author_above(said)
        return author is not None and author not in self.scene.ours and author != said.author

    def turns_to_member(self, said: Said) -> bool:
        """Tell whether a person's post turns to another member, whom it may thank."""
        if said.is_share or said.is_private:
            return False
        members = self.scene.threads[said.thread]
        if said.is_flat:
            return self._turns_by_name(said, members)
        upper = self.scene.above(said)
        if upper is not None and upper.author != said.author and self._is_member(upper):
            return True
        return bool(said.names) and any(self._names_helper(said, other) for other in members)

    def _names_helper(self, said: Said, other: Said) -> bool:
        """Where replies nest: it names a member who had replied to a post of the person."""
        upper = self.scene.above(other)
        return (
            other.author in said.names
            and _comes_before(other, said)
            and self._is_member(other)
            and upper is not None
            and upper.author == said.author
        )

    def _turns_by_name(self, said: Said, members: list[Said]) -> bool:
        """Where replies do not nest: it names a member who wrote after the person turned to us."""
        has_turned = False
        for other in members:
            if not _comes_before(other, said):
                break
            if has_turned and other.author in said.names and self._is_member(other):
                return True
            has_turned |= other.author == said.author and other.id in self.addressed
        return False

    def _is_member(self, said: Said) -> bool:
        return said.author not in self.scene.ours and not said.is_automatic


def _comes_before(one: Said, other: Said) -> bool:
    return (one.at, one.enter) < (other.at, other.enter)
