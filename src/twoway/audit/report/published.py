"""The shape of a report in JSON: names and types that others rely on, kept apart from our own dataclasses.

Only additions are allowed within a `schema_version`. Times are ISO 8601 in UTC, durations minutes,
shares 0 to 1, keys of posts texts, because JSON's readers lose the last digits of 64-bit numbers.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from twoway.audit.findings import Status, VerdictName

Unit = Literal["share", "minutes", "count", "ratio", "points", "odds", "score", "text"]
Text = Annotated[str | None, Meta(description="null where unknown")]
Number = Annotated[float | None, Meta(description="null where there is none, never NaN")]
Time = Annotated[datetime, Meta(tz=True)]
Key = Annotated[str, Meta(description="key of the post in its collection", pattern=r"^-?\d{1,19}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFor:
    """What a shown post was taken for."""

    kind: Annotated[str, Meta(description="question, complaint …; of one of ours what it does")]
    certainty: Annotated[float, Meta(description="0 to 1", ge=0, le=1)]
    in_words: Annotated[str, Meta(description="the certainty as one says it")]
    why: Annotated[
        tuple[str, ...], Meta(description="the words that mattered, the weightiest first")
    ]
    is_decided: Annotated[bool, Meta(description="decided by a teammate, not read")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One post that shows a figure."""

    post: Key
    address: Annotated[str | None, Meta(description="where people see it")]
    author: Annotated[str, Meta(description="handle without @")]
    said_at: Time
    text: str
    note: Annotated[str, Meta(description="why it is shown, in words")]
    is_ours: Annotated[bool, Meta(description="written by the audited organisation")]
    taken_for: Annotated[
        tuple[TakenFor, ...], Meta(description="kinds that hold, the surest first")
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What a value can be held against."""

    label: Annotated[str, Meta(description="the band the value fell into; empty where none")]
    meaning: Annotated[str, Meta(description="what was measured, with its denominator")]
    source: str
    year: str
    lower: Annotated[float | None, Meta(description="lower limit of the ordinary, in the unit")]
    upper: Annotated[float | None, Meta(description="upper limit of the ordinary, in the unit")]
    from_peers: Annotated[bool, Meta(description="quartiles of five or more accounts beside it")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month of a figure."""

    month: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}$")]
    value: Number
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What is neither figure nor post, such as the most repeated text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure with its doubt and evidence; parts have the same shape."""

    id: Annotated[str, Meta(description="as in the reference of measures")]
    name: str
    value: Annotated[float | None, Meta(description="in `unit`; shares 0 to 1, times in minutes")]
    unit: Unit
    n: Annotated[int, Meta(description="observations", ge=0)]
    hits: Annotated[int | None, Meta(description="of n, for shares")]
    low: Annotated[float | None, Meta(description="lower end of the 95 % interval")]
    high: Annotated[float | None, Meta(description="upper end of the 95 % interval")]
    bound: Annotated[
        tuple[float, float] | None,
        Meta(
            description="the value had all unsure posts been added as unanswered, and as answered"
        ),
    ]
    band: Band | None
    status: Status
    reason: Annotated[str, Meta(description="why there is no value, or too little data")]
    text: Annotated[str, Meta(description="the value in words, where a number does not say it")]
    evidence: tuple[Evidence, ...]
    parts: tuple["Measure", ...]
    series: tuple[Month, ...]
    detail: tuple[Detail, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One stream of the account: what of it could be seen."""

    stream: str
    begins: Time | None
    ends: Time | None
    state: Literal["complete", "sampled", "no"]
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One change that would help, and the posts to start with today."""

    do: str
    why: str
    figure: Annotated[str, Meta(description="id of the measure it follows from")]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """One of the last own posts."""

    post: Key
    address: str | None
    said_at: Time
    text: str
    what: Annotated[str, Meta(description="answer, share, question, own_link, offer …")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The account as a visitor sees it."""

    handle: str
    name: str
    network: str
    biography: Text
    site: Text
    followers: int | None
    following: int | None
    made_at: Time | None
    is_automatic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure beside the same figure of an earlier report."""

    id: str
    before: Number
    after: Number
    low: Number
    high: Number
    comparable: Annotated[bool, Meta(description="false over different models or windows")]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All that was found about one organisation; `handle` is that of its first account."""

    handle: Annotated[str, Meta(description="without @")]
    network: str
    organisation: str
    is_peer: Annotated[bool, Meta(description="audited only to compare with")]
    profiles: tuple[Profile, ...]
    begins: Time
    ends: Time
    own_posts: int
    verdict: VerdictName
    firm: Annotated[bool | None, Meta(description="null for too_little_data and not_judged")]
    rule: Annotated[
        str,
        Meta(description="the paragraph that decided: 1, 2a, 2b, 2c, 3 or 4; empty for not_judged"),
    ]
    sentence: str
    reasons: tuple[str, ...]
    advice: tuple[Advice, ...]
    coverage: tuple[Coverage, ...]
    glance: tuple[Glance, ...]
    measures: tuple[Measure, ...]
    audience: Annotated[
        tuple[Measure, ...], Meta(description="the audience's reaction, not the account's virtue")
    ]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """How a sentence of the report was made, so that Twoway can say it in another language."""

    say: Annotated[str, Meta(description="the English template, places in braces")]
    of_many: Annotated[str, Meta(description="the template where `n` is not one; or empty")] = ""
    values: Annotated[
        "dict[str, Phrase | str | int | float]", Meta(description="what stands in the places")
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One audit of one collection."""

    schema_version: Annotated[int, Meta(ge=1)]
    engine: str
    model: Annotated[str, Meta(description="what read the posts; reports of two models differ")]
    made_at: Time
    window: Annotated[str, Meta(description="as asked for: 90d, all or FROM..TO")]
    zone: Annotated[str, Meta(description="time zone of days, hours and weeks")]
    notes: Annotated[tuple[str, ...], Meta(description="what a reader must know")]
    accounts: tuple[Account, ...]
    phrases: Annotated[
        tuple[Phrase, ...],
        Meta(description="how the sentences above were made; nothing is lost without them"),
    ] = ()
