"""What a scene is given, and how it becomes one of its sort."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from twoway.practice.cast import Organisation, OwnAccount, Person
from twoway.practice.clock import SECOND
from twoway.practice.dice import Dice, Urn
from twoway.practice.exchange import Exchange
from twoway.practice.lines import Line
from twoway.practice.stage import Stage

CALLS: Urn[tuple[str, ...]] = Urn({
    ("question",): 46.0, ("complaint",): 30, ("request",): 12, ("complaint", "question"): 7, ("praise", "question"): 5,
})  # fmt: skip
# In bad weeks people complain first and ask second.
CRISIS_CALLS: Urn[tuple[str, ...]] = Urn({
    ("question",): 24.0, ("complaint",): 56, ("request",): 4, ("complaint", "question"): 16,
})  # fmt: skip
FRIENDLY: Urn[tuple[str, ...]] = Urn({("praise",): 40.0, ("story",): 22, ("statement",): 38})
# How often somebody else is named in the same breath, whatever it is about.
NAMES_A_FRIEND = 0.09


@dataclass(frozen=True, slots=True)
class Cue:
    """When a scene begins, with whom, and the dice of this scene alone."""

    stage: Stage
    who: Organisation
    at: int
    dice: Dice
    is_crisis: bool = False

    def account(self) -> OwnAccount:
        """Return the account people turn to: the main one, at times the service or the page."""
        for part, chance in (("page", 0.22), ("service", 0.12)):
            account = self.who.account(part)
            if account is not None and self.dice.chance(chance):
                return account
        return self.who.main

    def meet(self, account: OwnAccount | None = None, thread: Line | None = None) -> Exchange:
        """Begin a talk with somebody who has not written in the thread yet."""
        account = account or self.who.main
        person = self.stage.somebody(account.network, self.dice, thread)
        return Exchange(self.stage, self.who, person, self.dice, account, crisis=self.is_crisis)

    def original(self, account: OwnAccount, *, invitation: bool | None = None) -> Line | None:
        """Return an original of the account that people are reading."""
        return self.stage.feeds[account.id].before(self.at, self.dice, invitation=invitation)

    def kinds(self) -> tuple[str, ...]:
        return (CRISIS_CALLS if self.is_crisis else CALLS).draw(self.dice)

    def friend(self, person: Person) -> Person | None:
        """Return somebody to be named beside us, seldom."""
        if not self.dice.chance(NAMES_A_FRIEND):
            return None
        friend = self.stage.somebody(person.network, self.dice)
        return None if friend is person else friend

    def soon(self, least: float, most: float) -> int:
        """Return a moment some minutes after the cue."""
        return self.at + int(self.dice.between(least, most) * 60) * SECOND


Scene: TypeAlias = Callable[[Cue], None]
SCENES: dict[str, dict[Scene, float]] = {}


def scene(sort: str, weight: float) -> Callable[[Scene], Scene]:
    """Put a function among the scenes of a sort."""

    def put(function: Scene) -> Scene:
        SCENES.setdefault(sort, {})[function] = weight
        return function

    return put


def call_to(
    cue: Cue, kinds: tuple[str, ...], *, account: OwnAccount | None = None
) -> tuple[Exchange, Line]:
    """Let somebody turn to us: below an original where they read one, else by name."""
    account = account or cue.account()
    original = cue.original(account)
    if original is not None and (account.is_flat or cue.dice.chance(0.62)):
        play = cue.meet(account, original)
        friend = None if account.is_flat else cue.friend(play.person)
        more = (
            {}
            if friend is None
            else {"mentions": [(friend, True)], "text": f"@{friend.handle} {play.words(kinds)}"}
        )
        return play, play.comments(cue.at, kinds, original, **more)
    if account.is_flat:
        account = cue.who.main
    play = cue.meet(account)
    friend = cue.friend(play.person)
    return play, play.mentions(cue.at, kinds, also=() if friend is None else (friend,))
