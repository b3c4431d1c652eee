"""One post while the play is being written; when it is over it becomes a core post and a reading."""

from dataclasses import dataclass, field
from functools import cache

from twoway.core.posts import Link, Media, Mention, Nesting, Post, Version
from twoway.core.readings import CALLS_FOR_ANSWER, Kind, Reading
from twoway.practice.cast import OwnAccount, Writer
from twoway.practice.wording import bare, look


@dataclass(slots=True)
class Edition:
    """A text that stood until `replaced_at`, and what it was."""

    replaced_at: int
    text: str
    kinds: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Line:
    """A post of the play; `parent` may be None with `lost_parent` naming one that nobody has."""

    id: str
    by: Writer
    at: int
    text: str
    kinds: tuple[str, ...] = ()
    parent: "Line | None" = None
    lost_parent: str | None = None
    quoted: "Line | None" = None
    shared: "Line | None" = None
    mentions: list[tuple[Writer, bool]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    media: tuple[Media, ...] = ()
    poll: tuple[str, ...] = ()
    nesting: Nesting = "threaded"
    is_private: bool = False
    client: str | None = None
    automatic: bool = False
    deleted_at: int | None = None
    editions: list[Edition] = field(default_factory=list)
    corrected: tuple[str, ...] | None = None
    piece_of: "Line | None" = None
    is_original: bool = False
    present: set[str] = field(default_factory=set)
    language: str = "en"
    signature: str | None = None
    sign: str = ""
    says_never_answer: bool = False
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def root(self) -> "Line":
        line = self
        while line.parent is not None:
            line = line.parent
        return line

    @property
    def is_ours(self) -> bool:
        return isinstance(self.by, OwnAccount)

    @property
    def calls(self) -> bool:
        return not CALLS_FOR_ANSWER.isdisjoint(self.kinds)

    def standing_kinds(self, ends: int) -> tuple[str, ...]:
        """Return what it is at the end of observation: corrected, or edits after it undone."""
        return self.corrected or as_it_stands(self, ends)[2]

    @property
    def bare(self) -> str:
        """The text without links, handles and tags."""
        return bare(self.text)


def as_post(line: Line, ends: int) -> Post:
    """Return the post as it stands at the end of observation."""
    root = line.root
    lost = root.lost_parent
    deleted = line.deleted_at if line.deleted_at is not None and line.deleted_at <= ends else None
    earlier, text, _ = as_it_stands(line, ends)
    return Post(
        network=line.by.network, id=line.id, author=line.by.id, said_at=line.at, text=text,
        address=f"https://{line.by.network}.example/@{line.by.handle}/{line.id}",
        language=line.language, visibility="private" if line.is_private else "public", nesting=line.nesting,
        parent=line.parent.id if line.parent else line.lost_parent,
        parent_author=line.parent.by.id if line.parent else None,
        root=lost or (root.id if line.parent else None),
        root_author=None if lost or not line.parent else root.by.id,
        quoted=line.quoted.id if line.quoted else None,
        quoted_author=line.quoted.by.id if line.quoted else None,
        shared=line.shared.id if line.shared else None,
        shared_author=line.shared.by.id if line.shared else None,
        is_reply=line.parent is not None or line.lost_parent is not None,
        mentions=tuple(Mention(who.id, is_new) for who, is_new in line.mentions),
        links=tuple(line.links), media=line.media, poll=line.poll, client=line.client,
        automatic=line.automatic, deleted_at=deleted, author_followers=line.by.followers,
        observed_at=ends, seen_replies=line.counts.get("reply", 0), seen_shares=line.counts.get("share", 0),
        seen_likes=line.counts.get("like", 0),
        earlier=tuple(Version(edition.replaced_at, edition.text) for edition in earlier),
    )  # fmt: skip


def as_it_stands(line: Line, ends: int) -> tuple[list[Edition], str, tuple[str, ...]]:
    """Return what edits had replaced by then, and the text and kinds that stand."""
    gone = [edition for edition in line.editions if edition.replaced_at <= ends]
    if len(gone) == len(line.editions):
        return gone, line.text, line.kinds
    standing = line.editions[len(gone)]
    return gone, standing.text, standing.kinds


def as_readings(line: Line, ends: int) -> tuple[Reading, ...]:
    """Return what each version is, the last one last: the world knows it for certain."""
    gone, text, kinds = as_it_stands(line, ends)
    return tuple(
        _reading(line, *version) for version in [*((e.text, e.kinds) for e in gone), (text, kinds)]
    )


def _reading(line: Line, text: str, kinds: tuple[str, ...]) -> Reading:
    known = tuple(map(_certain, kinds))
    wording = look(text)
    return Reading(
        theirs=() if line.is_ours else known, ours=known if line.is_ours else (), language=line.language,
        language_certainty=1.0, signature=line.signature, text_key=wording.key,
        bare_length=wording.bare_length, first_person=wording.speaks_as_person(line.language),
        says_never_answer=line.says_never_answer, words=wording.numbers(), bare_words=bare_words_of(line, text),
    )  # fmt: skip


@cache
def _certain(kind: str) -> Kind:
    return Kind(kind, 1.0, holds=True)


def bare_words_of(line: Line, text: str) -> frozenset[int]:
    """Return the words without the names of people and without the signature."""
    if line.sign:
        text = text.removesuffix(line.sign)
    names = [word for who, _ in line.mentions for word in look(who.name).words]
    if line.parent is not None:
        names += look(line.parent.by.name).words
    return look(text).numbers(without=names)
