"""A post as Mastodon's API tells it ("status"), with what its server alone can say about others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from twoway.collection.records import Record
from twoway.collection.values import count, identifier, mapping, mappings, moment, need, text
from twoway.core.accounts import Account
from twoway.core.posts import Media, Mention, Post, Version, Visibility
from twoway.core.reactions import Reaction
from twoway.networks.mastodon.addresses import author_at, is_page_of
from twoway.networks.mastodon.connector.entities.accounts import id_of, nickname, read_account
from twoway.networks.mastodon.markup import Markup, host_of, read_markup
from twoway.networks.mastodon.notes import NETWORK

Entity = Mapping[str, Any]

_VISIBILITIES: Final[Mapping[str, Visibility]] = {
    "public": "public",
    "unlisted": "public",
    "private": "followers",
    "direct": "private",
    # Pleroma, Akkoma, GoToSocial: seen only within the server, or by those who follow each other.
    "local": "followers",
    "mutuals_only": "followers",
    "list": "followers",
}
_MEDIA: Final[Mapping[str, str]] = {
    "image": "image",
    "gifv": "video",
    "video": "video",
    "audio": "audio",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """What was fetched beside an answer, because ids mean nothing outside the server that gave them.

    `posts` are statuses by their local ids, `people` the addresses of accounts by theirs, `history`
    the texts of an edited status, oldest first, `us` the account that asked (remote id), `domain`
    what handles of the server's own accounts end in.
    """

    posts: Mapping[str, Entity] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    history: Sequence[Entity] = ()
    us: str | None = None
    domain: str = ""

    def address(self, local_id: object) -> str | None:
        """Return the address of a post known by its local id."""
        return uri_of(self.posts.get(identifier(local_id) or "", {}))

    def author(self, local_id: object) -> str | None:
        """Return who wrote a post known by its local id."""
        status = self.posts.get(identifier(local_id) or "")
        return author_of(status) if status is not None else None


def read_status(status: Entity, beside: Beside, observed_at: int | None) -> Iterator[Record]:
    """Read a status with its author, and what it shares or quotes; raises Lacking."""
    yield read_account(_with_address(status), observed_at)
    inner = mapping(status.get("reblog"))
    if inner:
        yield from read_status(_unnested(inner), beside, observed_at)
        share = _read_share(status, inner, observed_at)
        # snac 2.75 gives shares by others an address of its own, which nobody else knows.
        if host_of(share.id) == host_of(share.author):
            yield share
        return
    quoted = _quoted(status)
    if quoted:
        yield from read_status(_unnested(quoted), beside, observed_at)
    post = _read_post(status, quoted, beside, observed_at)
    yield post
    if beside.us and status.get("favourited") is True:  # when, no server says
        yield Reaction(network=NETWORK, account=beside.us, post=post.id, kind="like")


def uri_of(status: Entity) -> str | None:
    """Return the address by which every server knows a post; its boosts are named as archives do."""
    found = identifier(status.get("uri")) or identifier(status.get("url"))
    return found.removesuffix("/activity") if found else None


def author_of(status: Entity) -> str | None:
    """Return the address of the account that wrote a status, or "@handle"."""
    account = mapping(_with_address(status))
    return id_of(account) or nickname(account)


def _with_address(status: Entity) -> Entity:
    """Return the author; where the server keeps the address to itself, the post's own tells it."""
    account = mapping(status.get("account"))
    if not account.get("uri") and (uri := uri_of(status)) and (author := author_at(uri)):
        return {**account, "uri": author}
    return account


def _unnested(status: Entity) -> Entity:
    """Cut what stands inside a post inside a post: forged answers may go down without end."""
    return {key: value for key, value in status.items() if key not in ("reblog", "quote")}


def _read_share(status: Entity, shared: Entity, observed_at: int | None) -> Post:
    return Post(
        network=NETWORK,
        id=need(uri_of(status), "uri"),
        author=need(author_of(status), "author"),
        said_at=need(moment(status.get("created_at")), "time"),
        address=identifier(status.get("url")),
        visibility=read_visibility(status),
        shared=need(uri_of(shared), "shared post"),
        shared_author=author_of(shared),
        automatic=mapping(status.get("account")).get("bot") is True,
        observed_at=observed_at,
    )


def _read_post(status: Entity, quoted: Entity, beside: Beside, observed_at: int | None) -> Post:
    own_id = need(uri_of(status), "uri")
    author = need(author_of(status), "author")
    markup = read_markup(text(status.get("content")), without_quote=bool(quoted))
    visibility = read_visibility(status)
    above = identifier(status.get("in_reply_to_id"))
    parent, parent_author = _parent(status, visibility, beside)
    account = mapping(status.get("account"))
    return Post(
        network=NETWORK,
        id=own_id,
        author=author,
        said_at=need(moment(status.get("created_at")), "time"),
        text=_join(text(status.get("spoiler_text")), markup.text),
        address=identifier(status.get("url")) or own_id,
        language=text(status.get("language")) or None,
        visibility=visibility,
        nesting="chat" if visibility == "private" else "threaded",
        parent=parent,
        parent_author=parent_author,
        is_reply=above is not None,
        quoted=uri_of(quoted),
        quoted_author=author_of(quoted) if quoted else None,
        mentions=tuple(_read_mentions(status, markup, beside, author, parent_author)),
        links=markup.links,
        media=tuple(_read_media(status)),
        poll=tuple(_read_poll(status)),
        client=text(mapping(status.get("application")).get("name")) or None,
        automatic=account.get("bot") is True,
        author_followers=count(account.get("followers_count")),
        observed_at=observed_at,
        seen_replies=count(status.get("replies_count")),
        seen_shares=count(status.get("reblogs_count")),
        seen_likes=count(status.get("favourites_count")),
        earlier=tuple(_read_versions(beside.history)),
    )


def read_visibility(status: Entity) -> Visibility:
    """Return who may see a post; a word not known is taken for the narrowest."""
    return _VISIBILITIES.get(text(status.get("visibility")), "private")


def _parent(
    status: Entity, visibility: Visibility, beside: Beside
) -> tuple[str | None, str | None]:
    """Return the post above and its author; what is private below a public post begins anew."""
    above = status.get("in_reply_to_id")
    found = beside.posts.get(identifier(above) or "", {})
    whose = identifier(status.get("in_reply_to_account_id")) or ""
    named = (one for one in mappings(status.get("mentions")) if one.get("id") == whose)
    author = beside.author(above) or beside.people.get(whose)
    author = author or next(filter(None, map(nickname, named)), None)
    if visibility == "private" and found and read_visibility(found) != "private":
        return None, author
    return beside.address(above), author


def _read_mentions(
    status: Entity, markup: Markup, beside: Beside, author: str, parent_author: str | None
) -> Iterator[Mention]:
    """Tell which names were copied: those at the start of a reply, save that of whom it answers.

    Below a post of one's own that says nothing; there the import compares them with the parent.
    """
    whose = identifier(status.get("in_reply_to_account_id"))
    own = mapping(status.get("account"))
    in_run = None if whose is not None and whose == identifier(own.get("id")) else False
    above = mapping(
        beside.posts.get(identifier(status.get("in_reply_to_id")) or "", {}).get("account")
    )
    # snac 2.75 gives all whom it does not follow the id 0, so names count as much as ids.
    answered = (nickname(above), beside.people.get(whose or ""))
    named = {
        nickname(item) or text(item.get("url")): item for item in _mentioned(status, markup, beside)
    }
    for name, item in named.items():
        page = _page(item)
        account = _known(item, beside, parent_author) or name
        if not account or name == nickname(own) or account == author:
            continue
        places = [name.is_leading for name in markup.names if is_page_of(name.address, page)]
        is_parent = identifier(item.get("id")) == whose or name in answered or account in answered
        is_typed = whose is None or is_parent or False in places
        yield Mention(account, True if is_typed else in_run)


def _mentioned(status: Entity, markup: Markup, beside: Beside) -> list[Entity]:
    """Return who is mentioned. snac 2.75 leaves out the one who asks, to whom the text still links."""
    told: list[Entity] = [*mappings(status.get("mentions"))]
    is_linked = beside.us in {name.address for name in markup.names}
    if is_linked and not any(_is_us(one, beside) for one in told):
        told.append({"url": beside.us})
    return told


def _is_us(item: Entity, beside: Beside) -> bool:
    return beside.us is not None and _known(item, beside, beside.us) == beside.us


def _known(item: Entity, beside: Beside, *likely: str | None) -> str | None:
    """Return the address of whom a mention is of: by the page of who is likely, or the local id."""
    page = _page(item)
    pages = (one for one in (beside.us, *likely) if one and is_page_of(one, page))
    return next(pages, None) or beside.people.get(identifier(item.get("id")) or "")


def _page(item: Entity) -> Account:
    return Account(network=NETWORK, id=text(item.get("url")), handle=text(item.get("acct")))


def _quoted(status: Entity) -> Entity:
    """Return the quoted post where both its author and the server let it be seen (4.4)."""
    quote = mapping(status.get("quote"))
    found = mapping(quote.get("quoted_status"))
    # Akkoma and others put the quoted post there itself.
    return found or (quote if "uri" in quote else {})


def _read_media(status: Entity) -> Iterator[Media]:
    for item in mappings(status.get("media_attachments")):
        kind = _MEDIA.get(text(item.get("type")), "other")
        shown = text(item.get("preview_url")) or text(item.get("url"))
        address = shown if kind == "image" and shown.startswith(("https://", "http://")) else None
        yield Media(kind, text(item.get("description")) or None, address)


def _read_poll(status: Entity) -> Iterator[str]:
    for option in mappings(mapping(status.get("poll")).get("options")):
        yield text(option.get("title"))


def _read_versions(history: Sequence[Entity]) -> Iterator[Version]:
    """Return what an edit replaced: each text stood until the next one was made."""
    for before, after in pairwise(history):
        replaced_at = moment(after.get("created_at"))
        if replaced_at is not None:
            markup = read_markup(text(before.get("content")))
            yield Version(replaced_at, _join(text(before.get("spoiler_text")), markup.text))


def _join(*paragraphs: str) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
