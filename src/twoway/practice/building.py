"""Makes a practice world: who is there, what they announce, and scene after scene until it is full."""

from collections.abc import Mapping
from datetime import date

from twoway.practice.announcing import Announcer
from twoway.practice.cast import Organisation
from twoway.practice.clock import DAY, HOUR, PEOPLE, SECOND, Calendar, Hand
from twoway.practice.company import organisation, partners, populate
from twoway.practice.curtain import cut, hide
from twoway.practice.dice import Dice, Urn
from twoway.practice.facts import Told
from twoway.practice.scenes import urns
from twoway.practice.scenes.cue import Cue
from twoway.practice.stage import Stage
from twoway.practice.world import Covered, World

FIRST = date(2025, 12, 1)
# Scenes reach back some hours; before this nothing begins.
WARM_UP = 14 * HOUR
# Which organisation has the bad week, when it begins (as a part of the days), how much it adds.
CRISIS_AT, CRISIS_DAYS, CRISIS_PART = 0.62, 7, 0.16
# Organisations speak English; of the people one in ten or so writes in a language of their own.
LANGUAGE = "en"
FOREIGN = {"de": 0.03, "es": 0.025, "fr": 0.025, "pt": 0.015, "it": 0.015}
# Even a support desk tells everybody something now and then.
LEAST = 12


def build(  # noqa: PLR0913 - what a world may be asked to be, all of it optional
    seed: int, *, organisations: int = 5, posts: int = 8_000, days: int = 120, setting: str = "transport",
    zone: str = "Europe/Dublin", first: date = FIRST, crisis: bool = True,
    drift: float = 0.0, covered: Mapping[str, Covered] | None = None, number: int = 0,
) -> World:  # fmt: skip
    """Return the world of a seed: the same on every machine, about `posts` posts in all.

    `drift` adds to the log-odds of an answer with every calendar month. `covered` says of an
    organisation that less than everything was seen: "sampled", or "own posts" only. Worlds of
    different `number` share no id and no name, and may stand in one collection.
    """
    calendar = Calendar(zone, first, days)
    prefix = f"{number}-" if number else ""
    stage = Stage(calendar, setting, LANGUAGE, drift, prefix)
    stage.populations = populate(
        max(posts // 14, 60), Dice(seed, "people"), stage.book(LANGUAGE), FOREIGN, prefix
    )
    stage.partners = partners(prefix)
    for place in range(number * organisations, (number + 1) * organisations):
        stage.join(organisation(place, setting, calendar, Dice(seed, "organisation", place)))
    total = sum(who.character.weight for who in stage.organisations)
    for place, who in enumerate(stage.organisations):
        director = Director(
            stage, who, Dice(seed, "director", place), int(posts * who.character.weight / total)
        )
        director.announce()
        director.play(
            seed, place, crisis=crisis and place % len(stage.organisations) == 2 % organisations
        )
    cut(stage, calendar.ends)
    if covered:
        hide(stage, dict(covered), Dice(seed, "sample"))
    return World(stage, calendar.begins, calendar.ends, dict(covered or {}), has_crisis=crisis)


class Director:
    """Fills one organisation's part of the world with scenes of its character."""

    def __init__(self, stage: Stage, who: Organisation, dice: Dice, budget: int) -> None:
        self._stage = stage
        self._who = who
        self._dice = dice
        self._budget = budget
        self._before = len(stage.lines)
        self._hand = stage.people_write
        self._scenes = urns()

    def announce(self) -> None:
        """Write the originals, most from the main account, and what is shared of others."""
        count = max(int(self._budget * self._who.character.originals), LEAST)
        announcer = Announcer(self._stage, self._who, self._dice)
        parts = {"main": 1.0, "voice": 0.12, "page": 0.3}
        accounts = [account for account in self._who.accounts if account.part in parts]
        total = sum(parts[account.part] for account in accounts)
        for account in accounts:
            announcer.announce(account, round(count * parts[account.part] / total))
        shares = self._who.character.shares
        for _ in range(round(count * 3 * shares)):
            self._share()

    def play(self, seed: int, place: int, *, crisis: bool) -> None:
        """Play scenes until the organisation's part of the posts is written."""
        sorts = Urn({**self._who.character.talk, "joins": self._who.character.joins * 40})
        bad_week = self._bad_week() if crisis else None
        calm = int(self._budget * (1.0 - CRISIS_PART)) if crisis else self._budget
        number = 0
        while self._written() < self._budget:
            number += 1
            dice = Dice(seed, "scene", place, number)
            in_crisis = bad_week is not None and self._written() >= calm
            hand = bad_week if bad_week is not None and in_crisis else self._hand
            cue = Cue(self._stage, self._who, self._moment(hand, dice), dice, is_crisis=in_crisis)
            if self._is_flooded(number, in_crisis=in_crisis):
                self._scenes["instant"].draw(dice)(cue)
            sort = "call" if in_crisis and dice.chance(0.8) else sorts.draw(dice)
            self._scenes[sort].draw(dice)(cue)

    def _is_flooded(self, number: int, *, in_crisis: bool) -> bool:
        """Tell whether a machine is switched on: twice in good times, again and again in bad ones."""
        if not self._who.character.instant_copies:
            return False
        return number in (3, 40) or (in_crisis and number % 90 == 0)

    def _written(self) -> int:
        return len(self._stage.lines) - self._before

    def _moment(self, hand: Hand, dice: Dice) -> int:
        while (at := hand.draw(dice)) < self._stage.calendar.begins + WARM_UP:
            pass
        return at

    def _bad_week(self) -> Hand:
        calendar = self._stage.calendar
        day = int(calendar.days * CRISIS_AT)
        last = min(day + CRISIS_DAYS, calendar.days) - 1
        moments = [
            calendar.midnights[n] + (7 + 4 * k) * HOUR
            for n in range(day, last + 1)
            for k in range(3)
        ]
        Announcer(self._stage, self._who, self._dice).report_outage(self._who.main, moments)
        return Hand(PEOPLE, calendar, day, last)

    def _share(self) -> None:
        """Share something of a neighbour's, or of a colleague's."""
        stage, dice = self._stage, self._dice
        at = max(self._hand.draw(dice), stage.calendar.begins + DAY)
        voice = self._who.account("voice")
        if voice is not None and dice.chance(0.2):
            shared = stage.feeds[voice.id].before(at, dice)
        else:
            partner = dice.pick(stage.partners[self._who.main.network])
            book = stage.book(stage.language)
            text = book.say("partner_says", dice, book.talk(dice, org=self._who.brand))
            said_at = at - dice.whole(600, 40_000) * SECOND
            shared = stage.line(partner, said_at, text, ("statement",), language=stage.language)
        if shared is None:
            return
        line = stage.line(self._who.main, at, "", shared=shared, language=stage.language)
        family = shared.is_ours
        stage.ledger.told.append(Told(self._who, line, "share", shares_family=family))
        stage.clause("sharing our own family" if family else "sharing others")
