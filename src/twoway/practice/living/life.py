"""What becomes of a plan once it is due: somebody writes, waits, loses patience, thanks, goes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from twoway.practice.cast import Person
from twoway.practice.dice import Dice, Urn
from twoway.practice.grammar import Talk
from twoway.practice.living.plans import (
    About,
    Deed,
    Likes,
    Plan,
    Says,
    Sight,
    Standing,
    TakesBack,
    What,
)
from twoway.practice.living.town import Town

# What people begin with, by how often, and the symbol that says it.
BEGINS: Final = Urn(
    {
        "question": 0.34, "complaint": 0.24, "request": 0.10, "praise": 0.10, "story": 0.06,
        "statement": 0.08, "spam": 0.03, "private question": 0.05,
    }
)  # fmt: skip
_SYMBOLS = {"question": "say_question", "complaint": "say_complaint", "request": "say_request"}
CALLS = frozenset(_SYMBOLS)
# After an answer, by how often.
AFTERWARDS: Final = Urn(
    {"thanks": 0.42, "thanks and asks": 0.16, "it did not help": 0.14, "likes": 0.16, "nothing": 0.12}
)  # fmt: skip
# Median waits in minutes of theirs: before one asks whether anybody is there; before one reacts.
PATIENCE, REACTION, VISIT = 95.0, 9.0, 25.0
REMINDERS = 2
_SIGNED: Final = re.compile(r"(?:[-–—^/]\s?|\bI am |\bich bin )([A-ZÄÖÜ][\w]{1,19})\s*$")


def happens(plan: Plan, sight: Sight, town: Town, dice: Dice) -> Iterator[Deed]:
    """Hand over what follows from a plan that is due: deeds, and plans for later."""
    yield from _BECOMES[plan.what](plan, sight, town, dice)


def answered(post: Standing, to: Standing, town: Town, dice: Dice) -> Iterator[Plan]:
    """Hand over what a person means to do now that the organisation answered `to` with `post`."""
    after = town.after(dice.around(REACTION, 0.7))
    yield Plan(what="reacts", after=after, person=to.author, post=post.id, about=to.about)


def published(post: str, town: Town, dice: Dice) -> Iterator[Plan]:
    """Hand over who will come by a new original of the organisation, and when."""
    for _ in range(dice.whole(0, 3)):
        yield Plan(what="visits a post", after=town.after(dice.around(VISIT, 0.9)), post=post)


def _arrives(plan: Plan, sight: Sight, town: Town, dice: Dice) -> Iterator[Deed]:
    """Let the person of the plan begin something, below a post of ours or in one of their own."""
    person = sight.somebody(plan.person)
    begins = BEGINS.draw(dice)
    kind = begins.removeprefix("private ")
    talk = _Talk(person, town, dice)
    text = talk.words(kind)
    original = _recent(sight, dice)
    is_private = begins.startswith("private")
    names = () if is_private or (original and kind != "spam") else (town.organisation["handle"],)
    then: tuple[Plan, ...] = ()
    if kind in CALLS:
        then = tuple(talk.while_waiting(is_public=not is_private))
    yield Says(
        person=person, text=_naming(text, names, dice), kinds=(kind,), names=names, is_private=is_private,
        below=None if is_private or names or original is None else original.id,
        about=talk.about, then=then,
    )  # fmt: skip


def _loses_patience(plan: Plan, sight: Sight, town: Town, dice: Dice) -> Iterator[Deed]:
    """Let somebody who waited in vain ask again, give up, or say that nobody ever answers."""
    call = sight.post(plan.post)
    if call is None or sight.answered(plan.person, plan.post):
        return
    talk = _Talk(sight.somebody(plan.person), town, dice, plan.about)
    if dice.chance(0.03):
        yield TakesBack(post=call.id)
    elif dice.chance(0.12):
        yield talk.below(call, talk.say("withdrawal"), "withdrawal")
    else:
        symbol = "never_answer" if plan.turns and dice.chance(0.5) else "reminder"
        later = town.after(dice.around(2 * PATIENCE, 0.5))
        again = replace(plan, after=later, turns=plan.turns + 1, post="")
        then = (again,) if again.turns < REMINDERS else ()
        yield talk.below(call, talk.say(symbol), "question", then)


def _reacts(plan: Plan, sight: Sight, town: Town, dice: Dice) -> Iterator[Deed]:
    """Let the person react to an answer of ours: say what was asked, thank, ask on, or go."""
    answer = sight.post(plan.post)
    if answer is None:
        return
    talk = _Talk(sight.somebody(plan.person), town, dice, plan.about, staff=_signature(answer.text))
    then = tuple(talk.while_waiting(is_public=not answer.is_private))
    match "tells" if "?" in answer.text else AFTERWARDS.draw(dice):
        case "tells":
            yield talk.below(answer, talk.say("told_ready"), "statement", then)
        case "thanks":
            symbol = "thanks_warm" if dice.chance(0.3) else "thanks"
            yield talk.below(answer, talk.say(symbol), "closer")
        case "thanks and asks":
            yield talk.below(answer, talk.say("also"), "question", then)
        case "it did not help":
            yield talk.below(answer, talk.say("still"), "complaint", then)
        case "likes":
            yield Likes(person=talk.person, post=answer.id)


def _is_helped(plan: Plan, sight: Sight, town: Town, dice: Dice) -> Iterator[Deed]:
    """Let another member answer somebody who waits, who may then thank that member."""
    call = sight.post(plan.post)
    if call is None or sight.answered(plan.person, plan.post):
        return
    member = _passer_by(town, dice)
    talk = _Talk(sight.somebody(plan.person), town, dice, plan.about, other=member.first)
    after = town.after(dice.around(REACTION, 0.7))
    thanks = replace(plan, what="thanks another", after=after, about=talk.about, post="")
    then = (thanks,) if dice.chance(0.5) else ()
    said = talk.below(call, talk.say("member"), "statement", then)
    yield replace(said, person=member)


def _thanks_another(plan: Plan, sight: Sight, town: Town, dice: Dice) -> Iterator[Deed]:
    tip = sight.post(plan.post)
    if tip is not None:
        talk = _Talk(sight.somebody(plan.person), town, dice, plan.about)
        yield talk.below(tip, talk.say("thanks_member"), "closer")


def _visits(plan: Plan, sight: Sight, town: Town, dice: Dice) -> Iterator[Deed]:
    """Let somebody come by an original of ours: like it, or say something below."""
    post = sight.post(plan.post)
    if post is None:
        return
    person = _passer_by(town, dice)
    if dice.chance(0.5):
        yield Likes(person=person, post=post.id)
        return
    kind = "statement" if "?" in post.text else dice.pick(("question", "praise", "statement"))
    talk = _Talk(person, town, dice)
    then = tuple(talk.while_waiting(is_public=True)) if kind in CALLS else ()
    yield talk.below(post, talk.words(kind), kind, then)


_BECOMES: Final[dict[What, Callable[[Plan, Sight, Town, Dice], Iterator[Deed]]]] = {
    "arrives": _arrives,
    "loses patience": _loses_patience,
    "reacts": _reacts,
    "is helped by another": _is_helped,
    "thanks another": _thanks_another,
    "visits a post": _visits,
}


class _Talk:
    """A person who speaks: about a topic of their own, or the one that they spoke of before."""

    def __init__(
        self, person: Person, town: Town, dice: Dice, about: About | None = None, **names: str
    ) -> None:
        self.person, self._town, self._dice = person, town, dice
        self._book = town.book(person.language)
        topics = self._book.topics
        self._topic = dice.whole(0, len(topics) - 1) if about is None else about.topic % len(topics)
        known = {"org": town.organisation["name"], "name": person.first, "staff": "", "other": ""}
        bound = about.bound if about is not None else {}
        self._talk = Talk(topics[self._topic], {**known, **bound, **names})

    @property
    def about(self) -> About:
        return About(topic=self._topic, bound=dict(self._talk.bound))

    def say(self, symbol: str) -> str:
        return self._book.say(symbol, self._dice, self._talk)

    def words(self, kind: str) -> str:
        text = self.say(_SYMBOLS.get(kind, kind))
        return text.lower() if self._dice.chance(0.06) else text

    def below(self, post: Standing, text: str, kind: str, then: tuple[Plan, ...] = ()) -> Says:
        """Say something below a post, in private where that is private."""
        return Says(
            person=self.person, text=text, kinds=(kind,), below=post.id, is_private=post.is_private,
            about=self.about, then=then,
        )  # fmt: skip

    def while_waiting(self, *, is_public: bool) -> Iterator[Plan]:
        """Hand over what may happen as long as nobody answers."""
        after = self._town.after(self._dice.around(PATIENCE, 0.6))
        waits = Plan(what="loses patience", after=after, person=self.person.id, about=self.about)
        yield waits
        if is_public and self._dice.chance(0.12):
            minutes = self._dice.around(PATIENCE / 3, 0.6)
            yield replace(waits, what="is helped by another", after=self._town.after(minutes))


def _naming(text: str, names: tuple[str, ...], dice: Dice) -> str:
    named = " ".join(f"@{name}" for name in names)
    return f"{named} {text}".strip() if dice.chance(0.7) else f"{text} {named}".strip()


def _recent(sight: Sight, dice: Dice) -> Standing | None:
    """Return a recent original of ours half the time: the other half begin a post of their own."""
    lately = sight.lately()
    return dice.pick(lately) if lately and dice.chance(0.5) else None


def _passer_by(town: Town, dice: Dice) -> Person:
    """Return somebody who has not written yet, by a number of their own."""
    return town.newcomer(1_000_000 + dice.whole(0, 999_999))


def _signature(text: str) -> str:
    found = _SIGNED.search(text)
    return found[1] if found else ""
