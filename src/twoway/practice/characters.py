"""Five ways of being on a network: what an organisation posts, whom it answers, how fast, how."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from twoway.practice.clock import Rhythm

Week = tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Whom an organisation answers, and when: probabilities by kind, minutes at the desk.

    `popular_odds` multiplies the odds of an answer for people with many followers.
    """

    question: float
    complaint: float
    request: float
    median: float
    spread: float
    private_complaint: float
    private_other: float
    popular_odds: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Warmth:
    """What praise, stories and remarks get: probabilities, the first that holds."""

    reply: float
    like: float
    share: float
    median: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """One way of being there. Shares are of its own posts unless said otherwise.

    `weight` is its part of the world's posts, `originals` the part of those that are originals.
    `what` weighs what originals do (metrics 26). `link_only`, `repeats`, `rapid`, `names_brand`
    and `in_pieces` are shares of originals; `signs`, `canned`, `asks`, `promises` of answers.
    """

    name: str
    weight: float
    originals: float
    rhythm: Rhythm
    hours: Week
    what: Mapping[str, float]
    answering: Answering
    warmth: Warmth
    link_only: float
    repeats: float
    rapid: float
    names_brand: float
    in_pieces: float
    continues: float
    signs: float
    first_person: float
    canned: float
    asks: float
    promises: float
    keeps: float
    shares: float
    joins: float
    signature: str = "^{initials}"
    staff: tuple[str, ...] = ()
    instant_copies: bool = False
    has_service_account: bool = False
    has_voice_account: bool = False
    has_bot_account: bool = False
    has_page: bool = False
    followers: int = 5_000
    talk: Mapping[str, float] = field(default_factory=dict)


_OFFICE = Rhythm((1, 1.05, 1.05, 1.05, 1, 0.35, 0.3), (
    0, 0, 0, 0, 0, 0, 1, 8, 20, 24, 20, 18, 14, 16, 18, 18, 16, 12, 8, 6, 4, 2, 1, 0,
))  # fmt: skip
_CAMPAIGN = Rhythm((1, 1, 1, 1, 1, 0.6, 0.5), (
    0, 0, 0, 0, 0, 0, 0, 0, 6, 30, 12, 6, 20, 4, 4, 4, 16, 14, 10, 12, 4, 0, 0, 0,
))  # fmt: skip
_LIVELY = Rhythm((1, 1, 1, 1, 1, 0.8, 0.7), (
    1, 0, 0, 0, 0, 1, 6, 14, 14, 12, 12, 12, 14, 12, 10, 10, 12, 14, 12, 10, 8, 6, 4, 2,
))  # fmt: skip

NETWORKER = Character(
    name="networker", weight=0.25, originals=0.13, rhythm=_LIVELY,
    hours=((7, 20),) * 5 + ((9, 17),) * 2,
    what={"offer": 3, "launch": 4, "own_link": 7, "featuring": 14, "question": 26, "daily_life": 24, "information": 22},
    answering=Answering(question=0.94, complaint=0.92, request=0.9, median=32, spread=1.1,
                        private_complaint=0.1, private_other=0.03),
    warmth=Warmth(reply=0.45, like=0.4, share=0.06, median=110),
    link_only=0.02, repeats=0.015, rapid=0.01, names_brand=0.1, in_pieces=0.03, continues=0.05,
    signs=0.93, first_person=0.5, canned=0.01, asks=0.16, promises=0.1, keeps=0.9, shares=0.09, joins=0.1,
    signature="^{initials}", staff=("Maeve Holmcroft", "Tom Rookwell", "Priya Ashdale", "Stan Larkfield"),
    has_service_account=True, has_voice_account=True, has_page=True, followers=18_400,
    talk={"call": 50, "kind": 24, "members": 9, "spam": 3, "odd": 14},
)  # fmt: skip
BROADCASTER = Character(
    name="broadcaster", weight=0.22, originals=0.46, rhythm=_CAMPAIGN,
    hours=((9, 17),) * 5 + (None, None),
    what={"offer": 38, "launch": 18, "own_link": 24, "featuring": 1, "question": 3, "daily_life": 1, "information": 15},
    answering=Answering(question=0.05, complaint=0.03, request=0.04, median=210, spread=1.0,
                        private_complaint=0.4, private_other=0.2),
    warmth=Warmth(reply=0.0, like=0.06, share=0.01, median=300),
    link_only=0.22, repeats=0.24, rapid=0.14, names_brand=0.6, in_pieces=0.01, continues=0.02,
    signs=0.0, first_person=0.02, canned=0.5, asks=0.02, promises=0.02, keeps=0.2, shares=0.004, joins=0.0,
    followers=61_000,
    talk={"call": 46, "kind": 20, "members": 20, "spam": 8, "odd": 6},
)  # fmt: skip
SUPPORT_DESK = Character(
    name="support desk", weight=0.24, originals=0.03, rhythm=_OFFICE,
    hours=((6, 24),) * 7,
    what={"offer": 2, "launch": 4, "own_link": 14, "featuring": 1, "question": 2, "daily_life": 2, "information": 75},
    answering=Answering(question=0.93, complaint=0.86, request=0.84, median=17, spread=0.9,
                        private_complaint=0.2, private_other=0.08),
    warmth=Warmth(reply=0.02, like=0.03, share=0.0, median=60),
    link_only=0.0, repeats=0.06, rapid=0.01, names_brand=0.2, in_pieces=0.02, continues=0.03,
    signs=0.96, first_person=0.35, canned=0.11, asks=0.22, promises=0.08, keeps=0.6, shares=0.002, joins=0.0,
    signature="^{initials}", staff=("Nadia Birchcombe", "Owen Caldgate", "Lotte Fenham", "Karim Hartley", "Ruth Selworth", "Ivo Dunstead"),
    instant_copies=True, has_bot_account=True, followers=27_500,
    talk={"call": 72, "kind": 9, "members": 3, "spam": 3, "odd": 13},
)  # fmt: skip
DUCKER = Character(
    name="ducker", weight=0.18, originals=0.2, rhythm=_OFFICE,
    hours=((9, 18),) * 5 + (None, None),
    what={"offer": 12, "launch": 14, "own_link": 22, "featuring": 4, "question": 6, "daily_life": 4, "information": 38},
    answering=Answering(question=0.55, complaint=0.5, request=0.4, median=95, spread=1.2,
                        private_complaint=0.85, private_other=0.2, popular_odds=3.0),
    warmth=Warmth(reply=0.08, like=0.45, share=0.05, median=240),
    link_only=0.05, repeats=0.05, rapid=0.03, names_brand=0.35, in_pieces=0.02, continues=0.03,
    signs=0.08, first_person=0.05, canned=0.3, asks=0.06, promises=0.15, keeps=0.2, shares=0.03, joins=0.01,
    signature="/{initials}", staff=("Greta Marlwick", "Hassan Pennhurst"), followers=33_000,
    talk={"call": 62, "kind": 12, "members": 10, "spam": 5, "odd": 11},
)  # fmt: skip
SMALL_AND_FRIENDLY = Character(
    name="small and friendly", weight=0.11, originals=0.16, rhythm=_LIVELY,
    hours=(None,) + ((10, 18),) * 5 + (None,),
    what={"offer": 4, "launch": 3, "own_link": 3, "featuring": 10, "question": 16, "daily_life": 44, "information": 20},
    answering=Answering(question=0.88, complaint=0.85, request=0.86, median=120, spread=1.0,
                        private_complaint=0.05, private_other=0.02),
    warmth=Warmth(reply=0.25, like=0.65, share=0.03, median=200),
    link_only=0.01, repeats=0.02, rapid=0.01, names_brand=0.1, in_pieces=0.04, continues=0.04,
    signs=0.7, first_person=0.8, canned=0.0, asks=0.12, promises=0.08, keeps=0.85, shares=0.07, joins=0.06,
    signature="-{first}", staff=("Anna Thornley", "Pete Elmford"), has_page=True, followers=1_900,
    talk={"call": 40, "kind": 34, "members": 10, "spam": 2, "odd": 14},
)  # fmt: skip
CHARACTERS = (NETWORKER, BROADCASTER, SUPPORT_DESK, DUCKER, SMALL_AND_FRIENDLY)
