"""Who lives in the town of a practice network, and how fast its clocks run."""

from dataclasses import dataclass

from twoway.practice.cast import SMALL, Person
from twoway.practice.clock import MINUTE
from twoway.practice.dice import Dice, Urn
from twoway.practice.grammar import Phrases, organisations, phrases

LANGUAGES = Urn({"en": 0.7, "de": 0.12, "es": 0.06, "fr": 0.06, "it": 0.03, "pt": 0.03})
# How many of those who write have written before.
KNOWN_FACES = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """One organisation and the people around it.

    `speed` is how many minutes of theirs pass in a minute of ours; `a_day` how many of them begin
    a conversation in a day of theirs.
    """

    seed: int
    setting: str = "transport"
    speed: float = 60.0
    a_day: float = 40.0

    @property
    def organisation(self) -> dict[str, str]:
        """Who we are here: name, handle, site, biography, brand."""
        return dict(organisations(self.setting)[0])

    def after(self, minutes: float) -> int:
        """Return how long some minutes of theirs last, in µs of ours."""
        return int(minutes * MINUTE / self.speed)

    def book(self, language: str) -> Phrases:
        """Return the words that people of a language use here."""
        return phrases(language, self.setting)

    def newcomer(self, number: int) -> Person:
        """Return the person who came as the `number`th: always the same one."""
        dice = Dice(self.seed, "person", number)
        names = self.book("en").lists
        first = dice.pick(names["first"])[0]
        surname = dice.pick(names["last_front"])[0] + dice.pick(names["last_back"])[0]
        known = dice.chance(0.08)
        return Person(
            id=f"person-{number}", network="practice",
            handle=f"{first}{dice.pick(('.', '_', ''))}{surname}{number}".lower(),
            name=first if dice.chance(0.2) else f"{first} {surname}", first=first,
            followers=int(dice.around(21_000, 0.8)) if known else min(int(dice.around(120, 1.0)), 9 * SMALL),
            role="well known" if known else "ordinary", language=LANGUAGES.draw(dice), mood=dice.normal(),
        )  # fmt: skip
