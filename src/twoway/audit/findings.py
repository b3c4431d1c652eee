"""What an audit finds: figures with their doubt and evidence, a verdict, advice. Shapes make it, reports show it."""

from dataclasses import dataclass, field
from typing import Literal, Self

SCHEMA_VERSION = 1

Unit = Literal["share", "minutes", "count", "ratio", "points", "odds", "score", "text"]
Status = Literal["ok", "too_little_data", "not_observable"]
VerdictName = Literal["networking", "mixed", "notworking", "too_little_data", "not_judged"]
Class = Literal["answer", "self_thread", "share", "quote", "question", "own_link", "offer", "launch",
                "featuring", "daily_life", "information"]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFor:
    """What a shown post was taken for: a kind, how certain that is (0 to 1), the words that mattered.

    What a teammate decided is certain, and needs no words.
    """

    kind: str
    certainty: float
    why: tuple[str, ...] = ()
    is_decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One post that shows a figure; `note` says in words why ("open for 3 days").

    `taken_for` are the kinds that hold, the surest first: where it is ours, what it does.
    """

    post: int
    address: str | None
    author: str
    said_at: int
    text: str
    note: str = ""
    is_ours: bool = False
    taken_for: tuple[TakenFor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """How a value stands beside others; `source` names the study, or the peers it was made from.

    `label` is the band the value fell into ("broadcast"); `meaning` says what was measured there,
    with its denominator. `lower` and `upper` are the limits of the ordinary, in the figure's unit.
    """

    label: str
    meaning: str
    source: str
    year: str
    lower: float | None = None
    upper: float | None = None
    from_peers: bool = False


class TextOf(str):
    """Stands in `detail` for the text of a post, so many characters of it, until that is quoted."""

    __slots__ = ("post", "width")
    post: int
    width: int

    def __new__(cls, post: int, width: int) -> Self:
        """Return words that are still empty."""
        made = super().__new__(cls)
        made.post, made.width = post, width
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. Shares are 0 to 1, times minutes, a tenth is ten points; `low` and `high` bound 95 %.

    `hits` of `n` for shares; `bound` is what the value would be had all unsure posts been added
    as unanswered, and as answered. `series` are (month "2026-03", value, n) triples.
    `detail` holds what is neither figure nor post, such as the most repeated text with its dates.
    """

    id: str
    name: str
    unit: Unit
    value: float | None = None
    n: int = 0
    hits: int | None = None
    low: float | None = None
    high: float | None = None
    bound: tuple[float, float] | None = None
    band: Band | None = None
    status: Status = "ok"
    reason: str = ""
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    parts: tuple["Figure", ...] = ()
    series: tuple[tuple[str, float | None, int], ...] = ()
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageLine:
    """One stream of the account as the report tells it."""

    stream: str
    begins: int | None
    ends: int | None
    state: Literal["complete", "sampled", "no"]
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change that would help: what to do, why, and the posts to start with today."""

    do: str
    why: str
    figure: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """One of the last twenty own posts in the strip that opens a report."""

    post: int
    address: str | None
    said_at: int
    text: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The account as a visitor sees it."""

    handle: str
    name: str
    network: str
    biography: str | None = None
    site: str | None = None
    followers: int | None = None
    following: int | None = None
    made_at: int | None = None
    is_automatic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The rule of metrics, applied: `firm` is None where it does not apply.

    `rule` is the paragraph that decided (1, 2a, 2b, 2c, 3, 4).
    """

    name: VerdictName
    firm: bool | None
    rule: str
    sentence: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure beside the same figure of an earlier report; not `comparable` over models."""

    id: str
    before: float | None
    after: float | None
    low: float | None
    high: float | None
    comparable: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReport:
    """All that was found about one organisation."""

    organisation: str
    profiles: tuple[Profile, ...]
    begins: int
    ends: int
    own_posts: int
    coverage: tuple[CoverageLine, ...]
    glance: tuple[Glance, ...]
    verdict: Verdict
    advice: tuple[Step, ...]
    measures: tuple[Figure, ...]
    audience: tuple[Figure, ...] = ()
    changes: tuple[Change, ...] = ()
    is_peer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One run over one collection. `notes` are sentences a reader must know (inferred coverage)."""

    engine: str
    model: str
    made_at: int
    window: str
    zone: str
    accounts: tuple[AccountReport, ...]
    notes: tuple[str, ...] = ()
    schema_version: int = field(default=SCHEMA_VERSION)
