"""What a post of theirs asks of us, and which of their posts an answer of ours covers.

The two belong together: what follows a question of ours calls for an answer until we have answered
one such reply, and whether an answer covers a post depends on what that post calls for.
"""

from functools import cache

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.core.turns.addressing import FLAT, LED_TO, MENTION, PARENT, Addressing
from twoway.core.turns.releases import Releases
from twoway.core.turns.settling import Call
from twoway.core.turns.situation import Said, Scene

WHILE_WE_TYPED = 5 * 60 * 1_000_000
"""A call less than five minutes (µs) before our answer came while we typed."""

CROWD = 5
"""Five names at once are a crowd, and a crowd is asked nothing."""

KIND_WORD_KINDS = frozenset({"praise", "story", "statement"})


class Calls:
    """One person's exchange with us in one thread: their posts, our posts to them, what each calls for."""

    def __init__(
        self,
        person: str,
        thread: str,
        scene: Scene,
        addressing: Addressing,
        machines: frozenset[str],
    ) -> None:
        self.person = person
        self.thread = thread
        self.scene = scene
        self.addressing = addressing
        self.machines = machines
        members = scene.threads[thread]
        self.members = members
        self.theirs = [s for s in members if s.author == person and not s.is_share]
        self.addressed = [s for s in self.theirs if s.id in addressing.addressed]
        spoken = addressing.spoken
        self.to_them = [s for s in members if s.id in spoken and person in spoken[s.id]]
        ids = {s.id for s in self.to_them}
        self.elsewhere = [
            s for s in addressing.leading.get(person, ()) if s.id not in ids and self._leads_here(s)
        ]
        self.answers = sorted(
            (
                s
                for s in [*self.to_them, *self.elsewhere]
                if s.id not in machines and not scene.says_only(s, "thanks")
            ),
            key=lambda s: (s.at, s.enter),
        )
        self.thanks = [
            s
            for s in [*self.to_them, *self.elsewhere]
            if s.id not in machines and scene.says_only(s, "thanks") and s.deleted_at is None
        ]
        self.releases = Releases(self.theirs, scene, addressing)
        self.call = cache(self._call)

    def ways(self, ours: Said) -> frozenset[str]:
        """Return how a post of ours reaches this person."""
        return self.addressing.spoken.get(ours.id, {}).get(self.person, frozenset())

    def _leads_here(self, ours: Said) -> bool:
        return any(s.thread == self.thread and s.author == self.person for s in self.led_to(ours))

    def led_to(self, ours: Said) -> list[Said]:
        """Return the posts of this person that a post of ours quotes or links."""
        return [s for s in self.scene.led_to(ours) if s.author == self.person]

    def stand(self, ours: Said) -> Said | None:
        """Return the person's post on whose branch a post of ours stands: answered, or nearest above."""
        led = [s for s in self.led_to(ours) if s.thread == self.thread]
        if led:
            return led[0]
        return self.nearest_above(ours)

    def stands(self, ours: Said) -> list[Said]:
        """Return all posts on whose branches one of ours stands: to name them answers all before."""
        stand = self.stand(ours)
        found = [] if stand is None else [stand]
        if ours.thread == self.thread and MENTION in self.ways(ours):
            found += [s for s in self.theirs if s.at < ours.at]
        return found

    def answered(self, ours: Said) -> Said | None:
        """Return the post that one of ours answers: quoted, or above, or in a flat exchange the last."""
        led = [s for s in self.led_to(ours) if s.thread == self.thread]
        if led or not ours.is_flat:
            return led[0] if led else self.scene.above(ours)
        upper = self.scene.above(ours)
        if ours.is_private and upper is not None and upper.above is not None:
            return upper  # where all hang below the first message, that one says nothing
        before = [s for s in self.theirs if (s.at, s.enter) < (ours.at, ours.enter)]
        return before[-1] if before else None

    def nearest_above(self, said: Said) -> Said | None:
        """Return the person's nearest post above."""
        return self.scene.nearest_above(said, self.person)

    def _call(self, said: Said, kinds: frozenset[str]) -> Call:
        if "spam" in kinds or self._is_crowd(said):
            return "nothing"
        if kinds & CALLS_FOR_ANSWER:
            return "answer"
        is_closer = kinds == {"closer"}
        if not is_closer and "withdrawal" not in kinds and self._replies_to_our_question(said):
            return "answer"
        if "unsure" in kinds or not kinds:
            return "nothing" if self._passes_us_on(said) else "unsure"
        is_worth_a_word = (
            bool(kinds & KIND_WORD_KINDS)
            or self._quotes_us(said)
            or self._answers_invitation(said)
            or (is_closer and not self._follows_us(said))
        )
        return "kind_word" if is_worth_a_word else "nothing"

    def _is_crowd(self, said: Said) -> bool:
        return (
            len(said.names) >= CROWD
            and bool(said.names & self.scene.ours)
            and not said.is_private
            and self.scene.author_above(said) not in self.scene.ours
        )

    def _quotes_us(self, said: Said) -> bool:
        return any(p.text.strip() for p in self.addressing.pieces_quoting_us(said))

    def _passes_us_on(self, said: Said) -> bool:
        """Tell whether it quotes us and says nothing of its own: a share in another form."""
        is_silent = len(said.posts) == 1 and not said.first.text.strip() and not said.first.media
        return is_silent and bool(self.addressing.pieces_quoting_us(said))

    def _answers_invitation(self, said: Said) -> bool:
        upper = self.scene.above(said)
        return (
            upper is not None
            and upper.author in self.scene.ours
            and "invitation" in upper.kinds
            and upper.first.parent is None
            and upper.stood_at(said.at)
            and not any(ours.at < said.at for ours in self.to_them)
        )

    def _follows_us(self, said: Said) -> bool:
        return any(
            other.author in self.scene.ours
            and not other.is_share
            and (other.at, other.enter) < (said.at, said.enter)
            and other.stood_at(said.at)
            for other in self.members
        )

    def _replies_to_our_question(self, said: Said) -> bool:
        return any(
            "asks" in question.kinds
            and question.stood_at(said.at)
            and self._is_in_reply(said, question)
            and not self._is_answered(question, said)
            for question in self.to_them
        )

    def _is_in_reply(self, said: Said, question: Said) -> bool:
        if said.is_flat:
            return said.at > question.at
        if question.is_above(said):
            return True
        return said.at > question.at and any(
            stand.branch_holds(said) for stand in self.stands(question)
        )

    def _is_answered(self, question: Said, said: Said) -> bool:
        """Tell whether, before `said`, we had answered an earlier reply to the same question."""
        replies = [
            other
            for other in self.addressed
            if other.at < said.at
            and other.deleted_at is None
            and self._is_in_reply(other, question)
            and self._is_reply_kind(other)
        ]
        return any(
            question.at < ours.at < said.at
            and ours.stood_at(said.at)
            and any(self.covers(ours, reply) for reply in replies)
            for ours in self.answers
        )

    def _is_reply_kind(self, said: Said) -> bool:
        kinds = said.kinds_at(said.at)
        return kinds != {"closer"} and not kinds & {"withdrawal", "spam"}

    def covers(self, ours: Said, said: Said) -> bool:
        """Tell whether an answer of ours is one to this post of theirs."""
        ways = self.ways(ours)
        if ours.thread == self.thread:
            if FLAT in ways and said.at <= ours.at and not self._came_while_we_typed(ours, said):
                return True
            if MENTION in ways and said.at < ours.at:
                return True
            if PARENT in ways and self._covers_branch(ours, self.scene.above(ours), said):
                return True
        return LED_TO in ways and any(
            self._covers_led_to(ours, target, said) for target in self.led_to(ours)
        )

    def _covers_led_to(self, ours: Said, target: Said, said: Said) -> bool:
        if target.thread != self.thread:
            return False
        if target.is_flat:
            return target.id == said.id or (
                said.at <= ours.at and not self._came_while_we_typed(ours, said)
            )
        return self._covers_branch(ours, target, said)

    def _covers_branch(self, ours: Said, answered: Said | None, said: Said) -> bool:
        if answered is None or not answered.branch_holds(said):
            return False
        if not answered.is_above(said):
            return True
        came_late = (
            said.at > answered.at
            and ours.at - said.at < WHILE_WE_TYPED
            and bool(said.kinds_at(ours.at) & CALLS_FOR_ANSWER)
        )
        return said.at <= ours.at and not came_late

    def _answers_here(self, ours: Said) -> bool:
        """Tell an answer in this flat exchange from one that only leads to what stands elsewhere."""
        if ours.thread == self.thread and FLAT in self.ways(ours):
            return True
        return any(target.thread == self.thread for target in self.led_to(ours))

    def _came_while_we_typed(self, ours: Said, said: Said) -> bool:
        """Where replies do not nest: only a call after another one that waits since our last answer."""
        if ours.at - said.at >= WHILE_WE_TYPED or self.scene.says_only(ours, "thanks"):
            return False
        if not said.kinds_at(ours.at) & CALLS_FOR_ANSWER:
            return False
        before = [a.at for a in self.answers if a.at < ours.at and self._answers_here(a)]
        last = max(before, default=None)
        return any(
            other.at < said.at
            and (last is None or other.at > last)
            and self._waits_at(other, ours.at)
            for other in self.addressed
        )

    def _waits_at(self, said: Said, time: int) -> bool:
        """Tell whether a call stands at a time, neither given up by then nor marked."""
        marks = self.scene.marked.get(said.id, ())
        return (
            said.stood_at(time)
            and self.call(said, said.kinds_at(time)) == "answer"
            and not any(m.kind == "no_answer_needed" and m.marked_at <= time for m in marks)
            and not any(other.at <= time for other, _ in self.releases.of(said))
        )
