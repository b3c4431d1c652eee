"""A post as it is told without people who were erased: ids stand in for theirs, handles go."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from twoway.core.posts import Link, Media
from twoway.core.posts import Post as Said
from twoway.desk.inbox.models import Post
from twoway.desk.inbox.told import Told
from twoway.desk.people.erased import STANDS_FOR, Forgotten
from twoway.desk.people.models import Erased

_NAMED: Final = re.compile(r"@\w[\w.\-]*(?:@[\w.\-]+)?|https?://\S+")
_PARTS: Final = re.compile(r"[/?#&=]")
_SOMEBODY: Final = "@…"
Accounts = frozenset[str]


class Cleansing:
    """Tells posts without the erased; `marks` are their posts that we hold, and what stands there."""

    def __init__(self, who: Forgotten, marks: Mapping[str, str]) -> None:
        self.who = who
        self.marks = marks

    def told(self, heard: Told) -> Told:
        """Return what was told; the very same where it tells of nobody who was erased."""
        post = heard.post
        named = self._accounts(post)
        changed = replace(
            post,
            text=self.words(post.text, post.said_at, named),
            mentions=tuple(
                replace(one, account=self.account(one.account, post.said_at))
                for one in post.mentions
            ),
            links=tuple(self._links(post, named)),
            media=tuple(self._medium(one, post.said_at, named) for one in post.media),
            poll=tuple(self.words(one, post.said_at, named) for one in post.poll),
            parent=self._place(post.parent, post.parent_author, post.said_at),
            root=self._place(post.root, post.root_author, post.said_at),
            quoted=self._place(post.quoted, post.quoted_author, post.said_at),
            parent_author=post.parent_author and self.account(post.parent_author, post.said_at),
            root_author=post.root_author and self.account(post.root_author, post.said_at),
            quoted_author=post.quoted_author and self.account(post.quoted_author, post.said_at),
        )
        texts = tuple(
            one._replace(text=self.words(one.text, post.said_at, named)) for one in heard.texts
        )
        return heard if changed == post and texts == heard.texts else Told(changed, texts)

    def gone(self, name: str | None, at: int, named: Accounts = frozenset()) -> Erased | None:
        """Return who went by a name at a time (µs) and was erased; not who has come back since."""
        row = self.who.find(name, named)
        return None if row is None or (row.returned_at is not None and at > row.erased_at) else row

    def account(self, name: str, at: int) -> str:
        """Return an account's id, or what stands for it."""
        row = self.gone(name, at)
        return name if row is None else STANDS_FOR + row.account

    def words(self, text: str, at: int, named: Accounts) -> str:
        """Return a text without their handles; short ones go where they are `named` otherwise."""
        return _NAMED.sub(lambda found: self._word(found[0], at, named), text)

    def _word(self, word: str, at: int, named: Accounts) -> str:
        if word.startswith("@"):
            name = word.rstrip(".-")
            return _SOMEBODY + word[len(name) :] if self.gone(name, at, named) else word
        return "…" if self._leads(word, at, named) else word

    def _leads(self, address: str, at: int, named: Accounts) -> bool:
        """Tell whether an address has one of their names for a part."""
        parts = _PARTS.split(address)
        return any(
            self.gone(part, at) or self.gone(f"@{part.removeprefix('@')}", at, named)
            for part in parts
        )

    def _links(self, post: Said, named: Accounts) -> Iterable[Link]:
        for link in post.links:
            mark = self.marks.get(link.leads_to or "")
            if mark is None and not self._leads(link.address, post.said_at, named):
                title = link.title and self.words(link.title, post.said_at, named)
                yield replace(link, title=title)
            elif mark is not None:
                yield Link("", None, mark)

    def _medium(self, one: Media, at: int, named: Accounts) -> Media:
        return replace(one, alt_text=one.alt_text and self.words(one.alt_text, at, named))

    def _place(self, name: str | None, author: str | None, at: int) -> str | None:
        if name is None:
            return None
        return self.who.stand_in(name) if self.gone(author, at) else self.marks.get(name, name)

    def _accounts(self, post: Said) -> Accounts:
        names = (
            post.author, post.parent_author, post.root_author, post.quoted_author,
            *(mention.account for mention in post.mentions),
        )  # fmt: skip
        found = set()
        for name in names:
            if name is not None and name.startswith(STANDS_FOR):
                found.add(name.removeprefix(STANDS_FOR))
            elif row := self.gone(name, post.said_at):
                found.add(row.account)
        return frozenset(found)


def names_in(post: Said) -> set[str]:
    """Return the ids of other posts that a post names."""
    named = {post.parent, post.root, post.quoted, *(link.leads_to for link in post.links)}
    return {name for name in named if name is not None}


def marks_among(who: Forgotten, names: Iterable[str]) -> dict[str, str]:
    """Return which ids were those of erased posts, and what stands there."""
    stand_ins = {who.stand_in(name): name for name in names}
    rows = Post.objects.filter(
        organisation_id=who.organisation, network=who.network, remote_id__among=set(stand_ins)
    ).values_list("remote_id", flat=True)
    return {stand_ins[found]: found for found in rows if stand_ins[found] != found}
