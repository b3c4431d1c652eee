"""What a post on X says: the text as people read it, its links, and whom it names.

Nothing here trusts the entities' positions: exports count them in escaped text, in code units or
in characters by age. Short links and handles are found in the text itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from twoway.core.accounts import Account
from twoway.core.posts import Link, Mention

# The address of a post; `/photo/1` and `/video/1` behind it are its media, no link to a post.
_POST_ADDRESS = re.compile(
    r"https?://(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com/(?:#!/)?(i/web|\w{1,20})/status(?:es)?/"
    r"(\d{1,20})/?(?:[?#].*)?"
)
_SHORT_LINK = re.compile(r"https?://t\.co/\w+")
_LEADING_HANDLES = re.compile(r"(?:@\w{1,20}(?:\s+|$))+")
_SHARE = re.compile(r"RT @(\w{1,20}):? ")


NETWORK = "x"


@dataclass(frozen=True, slots=True)
class ShortLink:
    """A link as it stands in the text and where it leads; one to the post's own media says so."""

    short: str
    address: str
    title: str | None = None
    is_media: bool = False


@dataclass(frozen=True, slots=True)
class Handle:
    """An account that the network says is named in the text."""

    account: str
    handle: str
    name: str = ""

    def as_account(self) -> Account:
        """Return the little that a mention tells of an account."""
        return Account(network=NETWORK, id=self.account, handle=self.handle, name=self.name)


@dataclass(frozen=True, slots=True)
class Wording:
    """Text and links as people see them, and the post that is quoted."""

    text: str
    links: tuple[Link, ...]
    quoted: str | None = None
    quoted_author: str | None = None


def read_wording(
    raw: str, short_links: Iterable[ShortLink], own_id: str, quoted: str | None = None
) -> Wording:
    """Spell out the links of a text; `quoted` is the post it quotes, where the record says so.

    Archives do not: there the last thing in the text, when it is the address of another post, is
    what X shows as a quote. What X does not show – that address, those of the post's own media and
    of the post itself – stands neither in the text nor among the links.
    """
    found = list(short_links)
    text = _spell_out(unescape(raw), found)
    links: list[Link] = []
    author = None
    for link in {link.address: link for link in found if not link.is_media}.values():
        post, handle = post_at(link.address)
        if post and quoted is None and post != own_id and text.endswith(link.address):
            quoted = post
        if post and post in (quoted, own_id):
            text = text.replace(link.address, "").strip()
            author = f"@{handle}" if handle and post == quoted else author
        else:
            links.append(Link(link.address, link.title, post))
    return Wording(text, tuple(links), quoted, author)


def _spell_out(text: str, links: list[ShortLink]) -> str:
    targets = {link.short: "" if link.is_media else link.address for link in links}
    text = _SHORT_LINK.sub(lambda match: targets.get(match[0], match[0]), text)
    for short, address in targets.items():
        if short and not _SHORT_LINK.fullmatch(short):  # before 2011 links were not shortened
            text = text.replace(short, address)
    return text.strip()


def unescape(text: str) -> str:
    """Undo the three escapes X writes; anything else that looks like one was typed."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def post_at(address: str) -> tuple[str | None, str | None]:
    """Return the id of the post that an address opens, and its author's handle where it tells."""
    match = _POST_ADDRESS.fullmatch(address)
    if match is None:
        return None, None
    return match[2], None if match[1] in ("i", "i/web") else match[1]


def shared_handle(text: str) -> str | None:
    """Return whom a plain share shares; in archives its text is all that tells."""
    match = _SHARE.match(text)
    return match[1] if match else None


def read_mentions(
    text: str,
    handles: Iterable[Handle],
    replies_to: str | None,
    hidden: int = 0,
    in_run: bool | None = False,
) -> tuple[Mention, ...]:
    """Tell which handles were typed and which X copied from the post replied to.

    `replies_to` is the author of the parent, None where there is none. Copied are the handles in
    the run at the start of a reply – as far as `hidden` goes, where the record says how much of it
    people do not see – save the author replied to. They come with `in_run` as `is_new`.
    """
    run = text[:hidden] if hidden else _leading_handles(text)
    if replies_to is None:
        run = ""
    copied = {handle.lower() for handle in re.findall(r"@(\w+)", run)}
    typed = {handle.lower() for handle in re.findall(r"@(\w+)", text[len(run) :])}
    named: dict[str, bool | None] = {}
    for entity in handles:
        handle = entity.handle.lower()
        is_typed = entity.account == replies_to or handle in typed or handle not in copied
        named[entity.account] = True if is_typed else named.get(entity.account, in_run)
    return tuple(Mention(account, is_new) for account, is_new in named.items())


def _leading_handles(text: str) -> str:
    match = _LEADING_HANDLES.match(text)
    return match[0] if match else ""
