"""What the verdict's rule looks at: shares as counted, the limits they are held against."""

from dataclasses import dataclass
from typing import Literal

from twoway.audit.statistics import LEAST, wilson

BROADCAST = 0.05  # ours: below it, an account posts and does not answer
TALKATIVE = (
    0.20  # ours: nonprofits' conversational share (Lovejoy, Waters & Saxton 2012) as a floor
)
IGNORED = 0.12  # the average brand answered 12 % of messages (Sprout 2015)
DEVOTED = 0.65  # "socially devoted" (Socialbakers 2012)
WITHIN_A_DAY = 0.50  # ours
FEWEST_POSTS = 10
FIRM_POSTS = 30


@dataclass(frozen=True, slots=True)
class Tally:
    """A share as counted; hits need not be whole where the share was estimated."""

    hits: float
    n: int

    @property
    def value(self) -> float:
        return self.hits / self.n if self.n else 0.0

    @property
    def is_enough(self) -> bool:
        return self.n >= LEAST

    def is_below(self, limit: float) -> bool:
        return self.is_enough and self.value < limit

    def is_surely_below(self, limit: float) -> bool:
        return self.is_enough and wilson(self.hits, self.n)[1] < limit

    def is_surely_not_below(self, limit: float) -> bool:
        return self.is_enough and wilson(self.hits, self.n)[0] >= limit


NOTHING = Tally(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the rule looks at. `unprompted` and `sharing` are None where they cannot be observed.

    `intervals` are those of any age; `answered` are those old enough to be judged, `within_24h`
    those answered, or older, than a day. `sharing` counts shares and quotes of independent
    accounts. `inbound` says whether comments and replies received are covered.
    """

    originals: int
    replies: int
    quotes: int
    own_posts: int
    intervals: int = 0
    answered: Tally = NOTHING
    questions: Tally = NOTHING
    complaints: Tally = NOTHING
    comments: Tally = NOTHING
    within_24h: Tally = NOTHING
    unprompted: int | None = None
    sharing: int | None = None
    inbound: Literal["complete", "sampled", "no"] = "no"
    has_originals: bool = True
    has_replies: bool = True

    @property
    def reply_share(self) -> Tally:
        return Tally(self.replies, self.originals + self.replies + self.quotes)

    @property
    def joining_in(self) -> Tally:
        """Comments elsewhere and shares of others among own posts, as far as they are seen."""
        return Tally((self.unprompted or 0) + (self.sharing or 0), self.own_posts)

    @property
    def is_joining_seen(self) -> bool:
        return self.unprompted is not None and self.sharing is not None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of `networking`: a share that must reach a limit."""

    id: Literal["questions", "complaints", "within_24h", "reply_share"]
    tally: Tally
    limit: float

    @property
    def holds(self) -> bool:
        return self.tally.is_enough and self.tally.value >= self.limit
