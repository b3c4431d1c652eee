"""A practice world: organisations and the people around them over some months, with known truth."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from twoway.collection.records import Record
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import STREAMS, Coverage, Stream
from twoway.core.posts import Post
from twoway.core.reactions import Reaction
from twoway.core.readings import Reading
from twoway.practice.cast import Organisation, OwnAccount, Person
from twoway.practice.facts import Ledger
from twoway.practice.lines import Line, as_post, as_readings
from twoway.practice.stage import Stage

Covered = Literal["complete", "sampled", "own posts"]
_OWN_STREAMS: tuple[Stream, ...] = ("originals", "replies", "shares", "profile")


@dataclass(frozen=True, slots=True)
class World:
    """A finished world: what a collection would hold of it, and the facts that truth is counted on."""

    stage: Stage
    begins: int
    ends: int
    covered: dict[str, Covered] = field(default_factory=dict)
    has_crisis: bool = True

    @property
    def organisations(self) -> list[Organisation]:
        return self.stage.organisations

    @property
    def ledger(self) -> Ledger:
        return self.stage.ledger

    @property
    def zone(self) -> str:
        return self.stage.calendar.zone

    def lines(self) -> Iterator[Line]:
        """Hand over the lines that were said by the end, in the order of their ids."""
        yield from self.stage.lines

    def posts(self) -> Iterator[tuple[Post, tuple[Reading, ...]]]:
        """Hand over every post with the readings of its versions, the last one last."""
        for line in self.lines():
            yield as_post(line, self.ends), as_readings(line, self.ends)

    def records(self) -> Iterator[Record]:
        """Hand over everything a reader of this world would."""
        yield from self.accounts()
        for line in self.lines():
            yield as_post(line, self.ends)
        yield from self.reactions()
        yield from (mark for line, mark in self.stage.marks)
        yield from self.follows()
        yield from self.coverage()

    def accounts(self) -> Iterator[Account]:
        """Hand over the accounts of everybody who plays a part."""
        for who in self.organisations:
            for account in who.accounts:
                yield _own_account(who, account, self)
        for person in self.people():
            yield Account(
                network=person.network, id=person.id, handle=person.handle, name=person.name,
                followers=person.followers, following=person.followers // 3 + 40, automatic=person.automatic,
                observed_at=self.ends,
            )  # fmt: skip

    def people(self) -> list[Person]:
        """Return everybody outside the organisations who could have written."""
        found = [
            person for population in self.stage.populations.values() for person in population.people
        ]
        return found + [one for some in self.stage.partners.values() for one in some]

    def reactions(self) -> Iterator[Reaction]:
        for who, line, at in self.stage.likes:
            yield Reaction(
                network=line.by.network, account=who.id, post=line.id, kind="like", reacted_at=at
            )

    def follows(self) -> Iterator[Follow]:
        """Hand over who follows whom among those who matter to an organisation."""
        for who in self.organisations:
            main = who.main
            for place, person in enumerate(self.people()):
                if (
                    person.network == main.network
                    and person.role in ("regular", "advocate", "partner")
                    and place % 2
                ):
                    yield Follow(
                        network=main.network,
                        follower=person.id,
                        followed=main.id,
                        seen_at=self.ends,
                    )

    def coverage(self) -> Iterator[Coverage]:
        """State which streams of the organisations are here."""
        for who in self.organisations:
            state = self.covered.get(who.name, "complete")
            for account in who.accounts:
                for stream in _OWN_STREAMS if state == "own posts" else STREAMS:
                    yield Coverage(
                        network=account.network, account=account.id, stream=stream, begins=self.begins, ends=self.ends,
                        is_complete=state != "sampled" or stream in _OWN_STREAMS,
                        how="a practice world shows all that happened" if state == "complete" else f"a practice world, {state}",
                    )  # fmt: skip


def _own_account(who: Organisation, account: OwnAccount, world: World) -> Account:
    profile = who.profile
    named = account.person_name is not None
    return Account(
        network=account.network, id=account.id, handle=account.handle, name=account.name,
        biography=profile.get("biography"), site=f"https://{who.site}", site_links_back="contact" in profile,
        avatar=f"https://{who.site}/logo.png", contact=profile.get("contact", ""), hours=profile.get("hours", ""),
        replies_open=True, messages_open=who.character.name != "broadcaster", followers=account.followers,
        following=account.followers // 20, made_at=_moment(date(2016, 3, 1)), automatic=account.automatic,
        person_name=account.person_name if named else None, observed_at=world.ends,
    )  # fmt: skip


def _moment(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400_000_000
