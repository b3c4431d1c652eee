"""Lets the people of the practice network do what is due, and tells what they did."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from twoway.networks.practice.store import OURS, Change
from twoway.practice.cast import Person
from twoway.practice.clock import HOUR
from twoway.practice.dice import Dice
from twoway.practice.living.life import happens
from twoway.practice.living.plans import Deed, Likes, Plan, Says, TakesBack
from twoway.practice.living.town import Town

# How far behind its plans the network may be before it takes itself to have been asleep.
ASLEEP: Final = 6 * HOUR
# One look lets so many things happen at most; the next look goes on.
AT_ONCE: Final = 200
WHILE_WAITING: Final = ("loses patience", "is helped by another", "thanks another")
"""What settles or takes back a call without the organisation; nothing of it in patient weather."""


def wake(change: Change, now: int) -> None:
    """Let everything happen that is due by now (µs UTC)."""
    town = change.town
    earliest = change.earliest()
    if earliest is not None and now - earliest > town.after(ASLEEP / 60_000_000):
        change.postpone(now - earliest)
    for _ in range(AT_ONCE):
        due = change.due(now)
        if due is None:
            return
        number, at, plan = due
        play(change, plan, at, Dice(town.seed, "plan", number, at))


def play(change: Change, plan: Plan, at: int, dice: Dice) -> None:
    """Carry out one plan; who arrives is followed by the next one."""
    town = change.town
    if plan.what in WHILE_WAITING and change.fact("weather", {}).get("patient"):
        return
    if plan.what == "arrives":
        change.intend(arrival(change, dice), at)
    for deed in happens(plan, change, town, dice):
        do(change, deed, at)


def arrival(change: Change, dice: Dice) -> Plan:
    """Return the plan of the next person who begins something."""
    minutes = 24 * 60 / change.town.a_day * dice.around(0.8, 0.7)
    who = change.newcomer()
    return Plan(what="arrives", after=change.town.after(minutes), person=who.id)


def do(change: Change, deed: Deed, at: int) -> str | None:
    """Carry out one deed and tell everybody; returns the id of the post that it made."""
    match deed:
        case Says():
            return _say(change, deed, at)
        case Likes():
            change.passes_by(deed.person)
            if change.like(deed.person.id, deed.post):
                change.tell(at, {"like": {"by": by(deed.person), "post": deed.post}})
        case TakesBack():
            if change.take_down(deed.post, at):
                change.tell(at, {"gone": deed.post})
        case Plan():
            change.intend(deed, at)
    return None


def _say(change: Change, deed: Says, at: int) -> str:
    person = change.passes_by(deed.person)
    root = f"chat-{person.id}" if deed.is_private else None
    body: dict[str, Any] = {
        "text": deed.text, "kinds": deed.kinds, "private": deed.is_private, "names": deed.names,
        "quotes": deed.quotes, "about": {"topic": deed.about.topic, "bound": dict(deed.about.bound)},
    }  # fmt: skip
    below = deed.below
    spoke_to = change.author_of(below)
    post = change.add(at=at, author=person.id, body=body, below=below, spoke_to=spoke_to, root=root)
    tell_post(change, post, at, by(person), body, below)
    for plan in deed.then:
        change.intend(replace(plan, post=plan.post or post), at)
    return post


def tell_post(
    change: Change,
    post: str,
    at: int,
    author: dict[str, Any],
    body: dict[str, Any],
    below: str | None,
) -> None:
    """Tell everybody of a new post, as the network words it."""
    root = change.root_of(post)
    change.tell(
        at,
        {
            "post": {
                "id": post, "by": author, "text": body["text"], "private": body["private"], "at": at,
                "below": below, "below_by": change.author_of(below),
                "root": root if root != post else None, "root_by": change.author_of(root) if root else None,
                "quotes": body.get("quotes"), "quotes_by": change.author_of(body.get("quotes")),
                "earlier": list(body.get("earlier", ())),
                "names": list(_named(change.town, body.get("names", ()))),
            }
        },
    )  # fmt: skip


def by(person: Person) -> dict[str, Any]:
    """Return a person as the network words it."""
    return {
        "id": person.id,
        "handle": person.handle,
        "name": person.name,
        "followers": person.followers,
    }


def _named(town: Town, handles: tuple[str, ...]) -> Iterator[str]:
    ours = town.organisation["handle"]
    for handle in handles:
        yield OURS if handle == ours else f"@{handle}"
