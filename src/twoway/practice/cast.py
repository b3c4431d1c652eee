"""Who writes in a practice world: people of every sort, and the accounts of the organisations."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from twoway.practice.characters import Character
from twoway.practice.clock import Presence
from twoway.practice.dice import Dice, Urn
from twoway.practice.grammar import Phrases

# Roles and how often one of them writes, beside the once of an ordinary person.
ROLES = {"ordinary": 0.74, "regular": 0.14, "advocate": 0.05, "well known": 0.05, "automatic": 0.02}
ACTIVITY = {"ordinary": 1.0, "regular": 9.0, "advocate": 6.0, "well known": 1.5, "automatic": 0.0}
# Small accounts stay below, popular ones above: nobody stands near the median in between.
SMALL, POPULAR = 240, 420


@dataclass(slots=True, eq=False)
class Writer:
    """Anybody with an account. `name` is the display name, `first` what one is called."""

    id: str
    network: str
    handle: str
    name: str
    first: str
    followers: int = 0
    automatic: bool = False


@dataclass(slots=True, eq=False)
class Person(Writer):
    """Somebody outside; `popular` is above or below the median of followers for good."""

    role: str = "ordinary"
    popular: bool = False
    language: str = "en"
    mood: float = 0.0


@dataclass(slots=True, eq=False)
class OwnAccount(Writer):
    """An account of an organisation: main, service, voice (a named person), bot or page."""

    part: str = "main"
    person_name: str | None = None
    is_flat: bool = False


@dataclass(slots=True, eq=False)
class Organisation:
    """One organisation with its accounts; the first is the main one."""

    name: str
    character: Character
    accounts: list[OwnAccount]
    presence: Presence
    site: str
    brand: str
    profile: dict[str, str] = field(default_factory=dict)

    @property
    def main(self) -> OwnAccount:
        return self.accounts[0]

    def account(self, part: str) -> OwnAccount | None:
        return next((account for account in self.accounts if account.part == part), None)


class Population:
    """The people of one network, drawn by how much they write."""

    def __init__(
        self,
        network: str,
        size: int,
        dice: Dice,
        book: Phrases,
        foreign: dict[str, float],
        prefix: str,
    ) -> None:
        self._prefix = prefix
        self._network = network
        self._sort = "person" if network == "practice" else "reader"
        self._dice = dice
        self._book = book
        self._languages = Urn({book.language: 1.0 - sum(foreign.values()), **foreign})
        self._roles = Urn(ROLES)
        self._handles: dict[str, int] = {}
        self.people: list[Person] = []
        weights: dict[int, float] = {}
        for place in range(max(size, 12)):
            person = self._born(self._roles.draw(dice))
            if (activity := ACTIVITY[person.role]) > 0:
                weights[place] = activity * dice.around(1.0, 0.8)
        self._urn = Urn(weights)
        self.automatic = [person for person in self.people if person.automatic]
        self.spammers = [self._born("spammer") for _ in range(max(3, size // 60))]

    def anyone(self, dice: Dice) -> Person:
        """Return somebody who writes here, a newcomer now and then."""
        if dice.chance(0.16):
            return self._born("newcomer")
        return self.people[self._urn.draw(dice)]

    def others(self, dice: Dice, *known: Person) -> Iterator[Person]:
        """Hand out people who are not among `known`, each once."""
        met = set(map(id, known))
        while True:
            person = self.anyone(dice)
            if id(person) not in met:
                met.add(id(person))
                yield person

    def _born(self, role: str) -> Person:
        dice = self._dice
        say = self._book.lists
        first = dice.pick(say["first"])[0]
        surname = dice.pick(say["last_front"])[0] + dice.pick(say["last_back"])[0]
        popular = dice.chance(0.5) or role == "well known"
        person = Person(
            id=f"{self._prefix}{self._sort}-{len(self.people) + 1}", network=self._network, handle=self._handle(first, surname),
            name=first if dice.chance(0.25) else f"{first} {surname}", first=first,
            followers=_followers(dice, role, popular=popular), automatic=role == "automatic", role=role,
            popular=popular, language=self._book.language if role == "spammer" else self._languages.draw(dice), mood=dice.normal(),
        )  # fmt: skip
        self.people.append(person)
        return person

    def _handle(self, first: str, surname: str) -> str:
        style = self._dice.whole(0, 4)
        first, surname = first.lower(), surname.lower()
        plain = (
            first + surname,
            f"{first}_{surname[:1]}",
            f"{first}.{surname}",
            surname + first[:1],
            f"{first}_{surname}",
        )[style]
        taken = self._handles[plain] = self._handles.get(plain, 0) + 1
        return plain if taken == 1 else f"{plain}{taken}"


def _followers(dice: Dice, role: str, *, popular: bool) -> int:
    if role == "well known":
        return int(min(dice.around(24_000, 0.9), 900_000)) + POPULAR
    if popular:
        return POPULAR + int(dice.around(500, 0.9))
    return min(int(dice.around(90, 0.8)), SMALL)
