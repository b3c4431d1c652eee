"""What happened before we came: three weeks in which some were answered, and some still wait."""

from dataclasses import replace
from typing import Any, Final

from twoway.networks.practice.living import arrival, do, tell_post
from twoway.networks.practice.store import OURS, Change, Store
from twoway.practice.clock import DAY, HOUR, MINUTE
from twoway.practice.dice import Dice
from twoway.practice.grammar import Talk
from twoway.practice.living.life import CALLS, answered, happens, published
from twoway.practice.living.plans import Deed, Plan, Says, Standing
from twoway.practice.living.town import Town

DAYS: Final = 21
# How many began a conversation; how many of those who asked were answered, and how soon (minutes).
TALKS: Final = 56
ANSWERED, LATELY_ANSWERED = 0.78, 0.25
LATELY: Final = 30 * HOUR
MEDIAN_ANSWER: Final = 170.0
VOICES: Final = ("Maeve", "Tom", "Priya")
ORIGINALS: Final = ("daily_life", "invitation", "information", "daily_life", "offer", "own_link")


def begin(store: Store, now: int) -> None:
    """Give a new network its past, and let the first people set out; once."""
    with store.changing() as change:
        if change.fact("begun") is None:
            _live_through(change, now)
            change.remember("begun", now)


def _live_through(change: Change, now: int) -> None:
    dice = Dice(change.town.seed, "history")
    happenings: list[tuple[int, int, Plan | str]] = []
    for place in range(TALKS):
        at = now - int(DAYS * DAY * (1 - (place + dice.roll()) / TALKS) ** 1.3) - 4 * MINUTE
        happenings.append((at, place, Plan(what="arrives", after=0, person=change.newcomer().id)))
    for place in range(DAYS * 2 // 3):
        at = now - DAYS * DAY + int((place + dice.roll() * 0.6) * 1.5 * DAY)
        happenings.append((at, TALKS + place, ORIGINALS[place % len(ORIGINALS)]))
    past = _Past(change, now, dice)
    for at, _, what in sorted(happenings, key=lambda one: one[:2]):
        past.until(at)
        if isinstance(what, Plan):
            past.does(what, at)
        else:
            past.publishes(what, at)
    past.until(now)
    change.intend(arrival(change, dice), now)


class _Past:
    """Plays what follows from what happened, in the order of time, with a team that answers."""

    def __init__(self, change: Change, now: int, dice: Dice) -> None:
        self._change, self._now, self._dice = change, now, dice
        self._town = Town(seed=change.town.seed, setting=change.town.setting, speed=1.0)
        self._book = self._town.book("en")
        self._later: list[tuple[int, int, Plan | Standing]] = []
        self._number = 0

    def until(self, at: int) -> None:
        """Play what comes before a time."""
        while self._later and min(self._later, key=lambda one: one[:2])[0] <= at:
            first = min(self._later, key=lambda one: one[:2])
            self._later.remove(first)
            if isinstance(first[2], Plan):
                self.does(first[2], first[0])
            else:
                self._answers(first[2], first[0])

    def does(self, plan: Plan, at: int) -> None:
        for deed in happens(plan, self._change, self._town, self._dice):
            post = do(self._change, _alone(deed), at)
            if isinstance(deed, Says) and post is not None:
                self._follows(deed, post, at)

    def _follows(self, deed: Says, post: str, at: int) -> None:
        for plan in deed.then:
            self._plan(_of(plan, post), at)
        chance = LATELY_ANSWERED if self._now - at < LATELY else ANSWERED
        standing = self._change.post(post)
        asks = bool(CALLS & set(deed.kinds)) or deed.kinds == ("praise",)
        if standing is not None and asks and self._dice.chance(chance):
            after = int(self._dice.around(MEDIAN_ANSWER, 0.9) * MINUTE)
            self._note(at + after, standing)

    def _answers(self, to: Standing, at: int) -> None:
        if self._change.post(to.id) is None or self._change.answered(to.author, to.id):
            return
        person = self._change.somebody(to.author)
        book = self._town.book(person.language)
        topics = book.topics
        talk = Talk(topics[to.about.topic % len(topics)], {**to.about.bound, "name": person.first})
        symbol = "thanks_reply" if to.kinds == ("praise",) else "say_answer"
        if "complaint" in to.kinds:
            symbol = self._dice.pick(("say_sorry", "say_sorry", "say_promise", "say_ask"))
        text = f"{book.say(symbol, self._dice, talk)} – {self._dice.pick(VOICES)}"
        post = self._speaks(at, text, below=to.id, is_private=to.is_private, to=to.author)
        standing = self._change.post(post)
        if standing is not None:
            for plan in answered(standing, to, self._town, self._dice):
                self._plan(plan, at)

    def publishes(self, symbol: str, at: int) -> None:
        talk = self._book.talk(self._dice, org=self._town.organisation["name"], name="", staff="")
        post = self._speaks(at, self._book.say(symbol, self._dice, talk))
        for plan in published(post, self._town, self._dice):
            self._plan(plan, at)

    def _speaks(
        self,
        at: int,
        text: str,
        *,
        below: str | None = None,
        is_private: bool = False,
        to: str = "",
    ) -> str:
        body: dict[str, Any] = {"text": text, "private": is_private, "names": ()}
        root = f"chat-{to}" if is_private else None
        post = self._change.add(
            at=at, author=OURS, body=body, below=below, spoke_to=to or None, root=root
        )
        tell_post(self._change, post, at, ourselves(self._town), body, below)
        return post

    def _plan(self, plan: Plan, at: int) -> None:
        """Keep a plan; what would fall due after now is left to the living, at their speed."""
        due = at + plan.after
        if due <= self._now:
            self._note(due, plan)
        else:
            left = int((due - self._now) / self._change.town.speed)
            self._change.intend(_of(plan, plan.post, left), self._now)

    def _note(self, at: int, what: Plan | Standing) -> None:
        if at <= self._now:
            self._number += 1
            self._later.append((at, self._number, what))


def ourselves(town: Town) -> dict[str, Any]:
    """Return our account as the network words it."""
    who = town.organisation
    return {"id": OURS, "handle": who["handle"], "name": who["name"], "followers": 4_130}


def _alone(deed: Deed) -> Deed:
    """Return a deed without what follows from it, which the past plans itself."""
    if isinstance(deed, Says):
        return replace(deed, then=())
    return deed


def _of(plan: Plan, post: str, after: int | None = None) -> Plan:
    return replace(plan, post=plan.post or post, after=plan.after if after is None else after)
