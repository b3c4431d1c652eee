"""What the practice network does when a channel asks it something."""

import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from twoway.connectors.errors import GiveUp, Reconnect, TryLater, Unknown
from twoway.connectors.interface import (
    Action,
    Delete,
    FollowAccount,
    Key,
    Message,
    React,
    Say,
    Sent,
    Vote,
)  # fmt: skip
from twoway.connectors.interface import (
    Change as Edit,
)
from twoway.networks.practice.history import DAYS, begin, ourselves
from twoway.networks.practice.living import tell_post, wake
from twoway.networks.practice.store import OURS, Change, Store
from twoway.practice.cast import Person
from twoway.practice.clock import DAY
from twoway.practice.dice import Dice
from twoway.practice.living.life import answered, published
from twoway.practice.living.plans import Plan
from twoway.practice.living.town import Town

CHARACTERS: Final = 500


class Server:
    """One practice network; every method is one visit, and lets the people do what is due first."""

    def __init__(self, file: Path, town: Town) -> None:
        self.town = town
        self._store = Store(file, town)

    def events(self, after: int, limit: int, now: int) -> list[tuple[int, int, str]]:
        """Return what happened since event number `after`: (number, µs UTC, JSON)."""
        begin(self._store, now)
        with self._store.changing() as change:
            _weather(change)
            wake(change, now)
            return change.events(after, limit)

    def begun(self) -> int:
        """Return since when everything that happened here is told (µs UTC)."""
        with self._store.changing() as change:
            return int(change.fact("begun", 0)) - DAYS * DAY

    def prove(self) -> dict[str, Any]:
        """Return who we are here."""
        with self._store.changing() as change:
            _weather(change)
            return ourselves(self.town)

    def person(self, handle: str) -> Person | None:
        """Return who is called so: handles end with the number somebody came as."""
        number = re.search(r"[0-9]{1,9}$", handle)
        found = self.town.newcomer(int(number[0])) if number else None
        return found if found is not None and found.handle == handle else None

    def set_weather(self, **weather: object) -> None:
        """Choose what goes wrong from now on, as real networks do.

        `down`, `revoked`, `busy` (seconds), `refuses` (a reason), `loses_answers` (how many),
        `forgets_keys`, `slow` (seconds before and after a post stands); nothing at all for a fine day.
        `patient` is no trouble: whoever waits only waits, and takes nothing back.
        """
        with self._store.changing() as change:
            change.remember("weather", weather)

    def do(self, action: Action, key: Key, now: int) -> Sent:
        """Do what is asked, once for a key."""
        with self._store.changing() as change:
            weather = _weather(change)
            known = None if weather.get("forgets_keys") else change.done(key.text)
            if known is not None:
                return Sent(**known, is_repeat=True)
            time.sleep(weather.get("slow", 0))
            sent = _do(change, action, now)
            kept = {"id": sent.id, "address": sent.address, "sent_at": sent.sent_at}
            if change.done(key.text) is None:
                change.keep_done(key.text, now, kept)
            lost = int(weather.get("loses_answers", 0))
            if lost:
                change.remember("weather", {**weather, "loses_answers": lost - 1})
        time.sleep(weather.get("slow", 0))
        if lost:
            raise Unknown("The practice network's answer was lost on the way.")
        return sent

    def look_up(self, action: Action, key: Key) -> Sent | None:
        """Return what stands of a send: by its key, or by its words where keys are forgotten."""
        with self._store.changing() as change:
            if not _weather(change).get("forgets_keys"):
                known = change.done(key.text)
                return None if known is None else Sent(**known, is_repeat=True)
            if isinstance(action, Say | Message):
                found = change.said(action.text, key.made_at)
                if found is not None:
                    return Sent(id=found[0], sent_at=found[1], is_repeat=True)
        return None


def _weather(change: Change) -> Mapping[str, Any]:
    weather: Mapping[str, Any] = change.fact("weather", {})
    if weather.get("down"):
        raise TryLater("The practice network is down. It was told to be.")
    if weather.get("revoked"):
        raise Reconnect("The practice network no longer knows this channel. Connect it again.")
    if "busy" in weather:
        raise TryLater("The practice network asks for a pause.", weather["busy"])
    return weather


def _do(change: Change, action: Action, now: int) -> Sent:
    refused = change.fact("weather", {}).get("refuses")
    if refused:
        raise GiveUp("The practice network refuses this. It says: {said}", said=str(refused))
    match action:
        case Say():
            return _say(change, action, now)
        case Message():
            below = change.last_of(f"chat-{action.to}", action.to)
            return _speak(change, now, action.text, to=action.to, private=True, below=below)
        case React():
            return _react(change, action, now)
        case Edit():
            return _edit(change, action, now)
        case Delete():
            if change.take_down(action.post, now):
                change.tell(now, {"gone": action.post})
            return Sent(id=action.post, sent_at=now)
        case FollowAccount():
            change.tell(now, {"follow": {"by": OURS, "whom": action.account, "undo": action.undo}})
            return Sent(id=action.account, sent_at=now)
        case Vote():
            raise GiveUp("The practice network has no polls.")


def _say(change: Change, action: Say, now: int) -> Sent:
    below = action.answers
    standing = change.post(below) if below else None
    if below and standing is None:
        raise GiveUp("The post was deleted meanwhile; nothing was sent.")
    private = standing.is_private if standing else False
    if private and action.visibility not in (None, "private"):
        raise GiveUp("A private message is never answered in public; nothing was sent.")
    to = standing.author if standing else None
    if to == OURS and standing is not None:
        to = change.author_of(standing.below)
    return _speak(
        change, now, action.text, to=to, private=private, below=below, names=action.to,
        quotes=action.quotes,
    )  # fmt: skip


def _speak(  # noqa: PLR0913 - a post has so many sides
    change: Change, now: int, text: str, *, to: str | None, private: bool, below: str | None = None,
    names: tuple[str, ...] = (), quotes: str | None = None,
) -> Sent:  # fmt: skip
    if len(text) > CHARACTERS:
        raise GiveUp(
            "The text has {length} characters; {most} fit. Nothing was sent.",
            length=len(text),
            most=CHARACTERS,
        )
    body: dict[str, Any] = {"text": text, "private": private, "names": names, "quotes": quotes}
    root = f"chat-{to}" if private else None
    post = change.add(at=now, author=OURS, body=body, below=below, spoke_to=to, root=root)
    tell_post(change, post, now, ourselves(change.town), body, below)
    for plan in _follows(change, post, below):
        change.intend(plan, now)
    return Sent(id=post, address=f"https://practice.example/{post}", sent_at=now)


def _follows(change: Change, post: str, below: str | None) -> Iterator[Plan]:
    """Hand over who will react to what we said."""
    dice = Dice(change.town.seed, "after", post)
    said, to = change.post(post), change.post(below) if below else None
    if said is not None and to is not None and to.author != OURS:
        yield from answered(said, to, change.town, dice)
    elif below is None and said is not None and not said.is_private:
        yield from published(post, change.town, dice)


def _react(change: Change, action: React, now: int) -> Sent:
    if change.post(action.post) is None:
        raise GiveUp("The post was deleted meanwhile.")
    word = action.kind
    own = OURS if word == "like" else f"{OURS} shares"
    done = change.unlike(own, action.post) if action.undo else change.like(own, action.post)
    if done:
        change.tell(
            now,
            {word: {"by": ourselves(change.town), "post": action.post, "undo": action.undo}},
        )
    return Sent(id=action.post, sent_at=now)


def _edit(change: Change, action: Edit, now: int) -> Sent:
    body = change.body_of(action.post)
    if body is None or change.author_of(action.post) != OURS:
        raise GiveUp("Only posts of ours that still stand can be changed.")
    earlier = [*body.get("earlier", ()), {"until": now, "text": body["text"]}]
    changed = {**body, "text": action.text, "earlier": earlier}
    change.replace_body(action.post, changed)
    said = change.post(action.post)
    assert said is not None  # noqa: S101 - it was there a line ago, in the same transaction
    tell_post(
        change,
        action.post,
        change.said_at(action.post),
        ourselves(change.town),
        changed,
        said.below,
    )
    return Sent(id=action.post, sent_at=now)
