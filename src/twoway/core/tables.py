"""The one place that names every column of every table: type, unit and meaning.

A collection is a folder of these tables as Parquet; audits and practice worlds use the same names.
Times are signed 64-bit microseconds since 1970 in UTC, because every engine agrees on integers.
`post`, `account`, `author`, `person`, `thread` and the like hold `core.identity.key` numbers.
"""

from dataclasses import dataclass
from typing import Literal

Type = Literal["bigint", "integer", "double", "boolean", "text"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type, what it means, and whether a row may leave it empty."""

    name: str
    type: Type
    meaning: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what one row is, the columns that identify a row, all columns."""

    name: str
    row: str
    identity: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)


def _must(name: str, type_: Type, meaning: str) -> Column:
    return Column(name, type_, meaning)


def _may(name: str, type_: Type, meaning: str) -> Column:
    return Column(name, type_, meaning, optional=True)


ACCOUNTS = Table("accounts", "one account as last observed", ("account",), (
    _must("account", "bigint", "key of (network, id)"),
    _must("network", "text", "name of the network's folder, such as mastodon"),
    _must("id", "text", "the network's own id; handles change, ids do not"),
    _must("handle", "text", "without a leading @"),
    _must("name", "text", "display name, may be empty"),
    _may("biography", "text", "profile text, plain"),
    _may("site", "text", "address the profile links to"),
    _may("site_links_back", "boolean", "that site links to the profile (rel=me)"),
    _may("avatar", "text", "address of the picture"),
    _may("contact", "text", "a way to reach them outside the network"),
    _may("hours", "text", "when somebody is there"),
    _may("replies_open", "boolean", "anybody may reply"),
    _may("messages_open", "boolean", "anybody may write privately"),
    _may("followers", "bigint", "count at observed_at"),
    _may("following", "bigint", "count at observed_at"),
    _may("made_at", "bigint", "µs, when the account was made"),
    _must("automatic", "boolean", "marked as a bot"),
    _may("person_name", "text", "whose account it is, where it is a named person's"),
    _must("no_index", "boolean", "asks not to be indexed: audited only when connected"),
    _may("observed_at", "bigint", "µs, when this row was true"),
    _may("older_cells", "text", "what was last told before that, as name=µs, parted by commas"),
))  # fmt: skip

ORGANISATIONS = Table("organisations", "one account of one organisation", ("organisation", "account"), (
    _must("organisation", "text", "name of the organisation, by default its first handle"),
    _must("account", "bigint", "an account that speaks for it"),
))  # fmt: skip

BRANDS = Table("brands", "one word or site that is an organisation's own", ("organisation", "kind", "value"), (
    _must("organisation", "text", "name of the organisation"),
    _must("kind", "text", "word or site"),
    _must("value", "text", "lower case; a site without www"),
))  # fmt: skip

POSTS = Table("posts", "one post", ("post",), (
    _must("post", "bigint", "key of (network, id)"),
    _must("network", "text", "name of the network's folder"),
    _must("id", "text", "the network's own id"),
    _must("author", "bigint", "account that wrote it"),
    _must("said_at", "bigint", "µs"),
    _must("text", "text", "plain, links expanded; empty for a plain share"),
    _may("address", "text", "where people see it"),
    _may("language", "text", "as the network says it; what we read stands in readings"),
    _must("visibility", "text", "public, followers or private"),
    _must("nesting", "text", "of its thread: threaded, flat or chat"),
    _may("parent", "bigint", "post it replies to, whether we have it or not"),
    _may("parent_id", "text", "its remote id"),
    _may("parent_author", "bigint", "its author, where known"),
    _may("root", "bigint", "topmost post of the thread as the network names it"),
    _may("root_id", "text", "its remote id"),
    _may("root_author", "bigint", "its author, where known"),
    _may("quoted", "bigint", "post it quotes"),
    _may("quoted_id", "text", "its remote id"),
    _may("quoted_author", "bigint", "its author, where known"),
    _may("shared", "bigint", "post it shares without words of its own"),
    _may("shared_id", "text", "its remote id"),
    _may("shared_author", "bigint", "its author, where known"),
    _must("is_reply", "boolean", "replies to something, whether the parent is known or not"),
    _must("has_poll", "boolean", "asks by a poll"),
    _may("client", "text", "program it was sent with"),
    _must("automatic", "boolean", "sent by an account or client marked automatic"),
    _may("deleted_at", "bigint", "µs"),
    _may("author_followers", "bigint", "of the author, at the time"),
    _may("observed_at", "bigint", "µs, when the counts were seen"),
    _may("seen_replies", "bigint", "count at observed_at"),
    _may("seen_shares", "bigint", "count at observed_at"),
    _may("seen_likes", "bigint", "count at observed_at"),
    _may("older_cells", "text", "what was last told before that, as name=µs, parted by commas"),
))  # fmt: skip

MENTIONS = Table("mentions", "one account named in one post", ("post", "account"), (
    _must("post", "bigint", "where it is named"),
    _must("account", "bigint", "who is named"),
    _must("is_new", "boolean", "typed, not merely copied from the parent by the network"),
    _may("stated", "boolean", "is_new as the source said it; empty where collection inferred it"),
))  # fmt: skip

LINKS = Table("links", "one link in one post", ("post", "address"), (
    _must("post", "bigint", "where it stands"),
    _must("address", "text", "expanded"),
    _may("title", "text", "of the linked page, where the network gives it"),
    _may("site", "text", "host in lower case, without www"),
    _may("leads_to", "bigint", "post it opens, where it is one"),
))  # fmt: skip

MEDIA = Table("media", "one thing attached to a post", ("post", "place"), (
    _must("post", "bigint", "where it hangs"),
    _must("place", "integer", "0 for the first"),
    _must("kind", "text", "image, video, audio or other"),
    _may("alt_text", "text", "its description"),
))  # fmt: skip

VERSIONS = Table("versions", "one text that an edit replaced", ("post", "version"), (
    _must("post", "bigint", "edited post"),
    _must("version", "integer", "0 for the first text; the posts table holds the last one"),
    _must("replaced_at", "bigint", "µs, when the next version took its place"),
    _must("text", "text", "what stood there"),
))  # fmt: skip

THREADS = Table("threads", "the place of one post in its thread", ("post",), (
    _must("post", "bigint", "the post"),
    _must("thread", "bigint", "topmost post we have, or the missing root that several name"),
    _must("first_piece", "bigint", "first of the pieces it is merged with, itself when alone"),
    _may("above", "bigint", "parent that we have and that makes no cycle"),
    _must("enter", "integer", "preorder number: below p are those with p.enter < enter <= p.leave"),
    _must("leave", "integer", "largest preorder number below it, its own included"),
    _must("chain_top", "bigint", "top of the author's own unbroken chain of replies to themselves"),
))  # fmt: skip

READINGS = Table("readings", "what one version of one post is", ("post", "version"), (
    _must("post", "bigint", "the post"),
    _must("version", "integer", "counts edits; the highest is the text in posts"),
    _may("language", "text", "ISO 639-1 code, or empty when not determined"),
    _must("language_certainty", "double", "0 to 1"),
    _may("tone", "double", "-1 to 1; empty when not assessed"),
    _may("urgency", "double", "0 to 1; empty when not assessed"),
    _may("signature", "text", "who signed"),
    _may("text_key", "bigint", "equal for exact repetitions; empty under 20 characters"),
    _must("bare_length", "integer", "characters without links, handles and tags"),
    _must("first_person", "boolean", "speaks as I or we"),
    _must("says_never_answer", "boolean", "tells the organisation that it never answers"),
    _must("model", "text", "name and version of what read it"),
    _may("digest", "bigint", "of all that was read; another one asks for another reading"),
))  # fmt: skip

KINDS = Table("kinds", "one kind of one version of one post", ("post", "version", "side", "kind"), (
    _must("post", "bigint", "the post"),
    _must("version", "integer", "as in readings"),
    _must("side", "text", "theirs or ours: read as if they, or as if we had written it"),
    _must("kind", "text", "core.readings.THEIR_KINDS or OUR_KINDS"),
    _must("certainty", "double", "0 to 1"),
    _must("holds", "boolean", "sure enough to act on"),
))  # fmt: skip

WORDS = Table("words", "one word of one post's last version", ("post", "form", "word"), (
    _must("post", "bigint", "the post"),
    _must("form", "text", "full, or bare: without handles, names and signature"),
    _must("word", "bigint", "hash of the word, of two characters where words have no spaces"),
))  # fmt: skip

LIKENESS = Table("likeness", "two originals of one author, or replies of one organisation, with like words", ("post", "other", "form"), (
    _must("post", "bigint", "the later of the two"),
    _must("other", "bigint", "the earlier of the two"),
    _must("form", "text", "full or bare, as in words"),
    _must("jaccard", "double", "shared words / all words of both, at least 0.7"),
))  # fmt: skip

TREE = Table("tree", "one post, its pieces merged, in the tree of its thread, with what was read in it", ("post",), (
    _must("post", "bigint", "first piece"),
    _must("author", "bigint", "account that wrote it"),
    _must("said_at", "bigint", "µs, of the first piece"),
    _may("deleted_at", "bigint", "µs, when the first piece was deleted"),
    _must("thread", "bigint", "as in threads; rows lie in its order"),
    _may("parent", "bigint", "as in posts, as a first piece where we have it"),
    _may("above", "bigint", "as in threads, as a first piece"),
    _may("above_author", "bigint", "who wrote what it replies to, also where we do not have that"),
    _may("above_at", "bigint", "µs, time of the post above"),
    _may("parent_author", "bigint", "as in posts"),
    _may("root_author", "bigint", "as in posts"),
    _must("enter", "integer", "as in threads"),
    _must("leave", "integer", "as in threads"),
    _must("chain_top", "bigint", "as in threads"),
    _must("pieces", "integer", "how many posts it is made of"),
    _must("is_private", "boolean", "visibility private or nesting chat"),
    _must("is_flat", "boolean", "stands where replies do not nest, private exchanges included"),
    _must("is_share", "boolean", "a plain share"),
    _must("is_reply", "boolean", "replies to something, whether we have it or not"),
    _must("is_automatic", "boolean", "by an account or a client marked as a bot"),
    _must("theirs", "integer", "kinds of its last version that hold, added up: 1 question, 2 complaint, 4 request and so on in the order of core.readings.THEIR_KINDS; unsure where none holds"),
    _must("ours", "integer", "the same in the order of core.readings.OUR_KINDS: 1 asks, 2 promise and so on"),
))  # fmt: skip

REACTIONS = Table("reactions", "one like or share", ("account", "post", "kind"), (
    _must("account", "bigint", "who liked or shared"),
    _must("post", "bigint", "what"),
    _must("kind", "text", "like or share"),
    _may("reacted_at", "bigint", "µs; empty where no export says it"),
    _may("taken_back_at", "bigint", "µs"),
))  # fmt: skip

MARKS = Table("marks", "one decision of a teammate", ("post", "kind", "marked_at"), (
    _must("post", "bigint", "the post decided about"),
    _must("kind", "text", "no_answer_needed, promise_kept or corrected_kind"),
    _must("marked_at", "bigint", "µs"),
    _may("value", "text", "the corrected kind, or the reason"),
    _may("by", "text", "the teammate"),
))  # fmt: skip

FOLLOWS = Table("follows", "who follows whom", ("follower", "followed"), (
    _must("follower", "bigint", "account"),
    _must("followed", "bigint", "account"),
    _may("seen_at", "bigint", "µs"),
))  # fmt: skip

COVERAGE = Table("coverage", "one stream of one account", ("account", "stream", "begins"), (
    _must("account", "bigint", "whose stream"),
    _must("stream", "text", "core.coverage.STREAMS"),
    _must("begins", "bigint", "µs, included"),
    _must("ends", "bigint", "µs, included"),
    _must("is_complete", "boolean", "everything of that time, or a sample"),
    _must("how", "text", "how we know, in words"),
))  # fmt: skip

TABLES = {table.name: table for table in (
    ACCOUNTS, ORGANISATIONS, BRANDS, POSTS, MENTIONS, LINKS, MEDIA, VERSIONS, THREADS, READINGS,
    KINDS, WORDS, LIKENESS, TREE, REACTIONS, MARKS, FOLLOWS, COVERAGE,
)}  # fmt: skip
