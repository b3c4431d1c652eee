"""Where scenes put their lines and facts; one stage is one world while it is being made."""

from collections.abc import Callable
from typing import Any, Literal

from twoway.core.posts import Nesting
from twoway.core.reactions import Mark
from twoway.practice.cast import Organisation, OwnAccount, Person, Population, Writer
from twoway.practice.clock import PEOPLE, Calendar, Hand
from twoway.practice.dice import Dice
from twoway.practice.facts import Ledger, Told
from twoway.practice.fates import Fates
from twoway.practice.feed import Feed
from twoway.practice.grammar import Phrases, Talk, languages, phrases
from twoway.practice.lines import Line, bare_words_of
from twoway.practice.memory import Memory
from twoway.practice.wording import look

MarkKind = Literal["no_answer_needed", "promise_kept", "corrected_kind"]

# Attempts to say something new before an organisation is allowed to sound like itself.
ATTEMPTS = 7


class Stage:
    """Lines, reactions, marks and facts of a world, and who and what scenes may use."""

    def __init__(
        self, calendar: Calendar, setting: str, language: str, drift: float = 0.0, prefix: str = ""
    ) -> None:
        self.calendar = calendar
        self.prefix = prefix
        self.setting = setting
        self.language = language
        self.drift = drift
        self.people_write = Hand(PEOPLE, calendar, 0, calendar.days - 1)
        self.lines: list[Line] = []
        self.likes: list[tuple[Writer, Line, int]] = []
        self.marks: list[tuple[Line, Mark]] = []
        self.ledger = Ledger()
        self.populations: dict[str, Population] = {}
        self.partners: dict[str, list[Person]] = {}
        self.organisations: list[Organisation] = []
        self.laws: dict[str, Fates] = {}
        self.feeds: dict[str, Feed] = {}
        self.originals: dict[str, Memory] = {}
        self.replies: dict[str, Memory] = {}

    def join(self, who: Organisation) -> None:
        """Let an organisation take part."""
        self.organisations.append(who)
        self.laws[who.name] = Fates(who.character, who.presence, self.calendar, self.drift)
        self.originals[who.name] = Memory()
        self.replies[who.name] = Memory()
        self.feeds.update({account.id: Feed() for account in who.accounts})

    # Lines and what is done to them.

    def line(
        self,
        by: Writer,
        at: int,
        text: str,
        kinds: tuple[str, ...] = (),
        *,
        nesting: Nesting = "threaded",
        **more: Any,
    ) -> Line:
        """Put a line on the stage."""
        line = Line(
            f"{self.prefix}{len(self.lines) + 1:07d}", by, at, text, kinds, nesting=nesting, **more
        )
        self.lines.append(line)
        line.root.present.add(by.id)
        return line

    def announces(self, who: Organisation, line: Line, to: tuple[Writer, ...] = ()) -> Told:
        """Note an original: a post of the organisation that begins a thread of its own."""
        line.is_original = True
        told = Told(who, line, "original", to)
        self.ledger.told.append(told)
        self.originals[who.name].keep(look(line.text).numbers())
        return told

    def likes_it(self, who: Writer, line: Line, at: int) -> None:
        self.likes.append((who, line, at))

    def marks_it(self, line: Line, kind: MarkKind, at: int, value: str | None = None) -> None:
        """Let a teammate decide about a post."""
        mark = Mark(
            network=line.by.network, post=line.id, kind=kind, marked_at=at, value=value, by="Maeve"
        )
        self.marks.append((line, mark))

    def clause(self, name: str) -> None:
        """Count that a clause of the turn rule was played."""
        self.ledger.clauses[name] = self.ledger.clauses.get(name, 0) + 1

    # Who is there, and how they speak.

    def somebody(self, network: str, dice: Dice, thread: Line | None = None) -> Person:
        """Return somebody who has not written in the thread yet: one conversation each."""
        population = self.populations[network]
        person = population.anyone(dice)
        while thread is not None and person.id in thread.present:
            person = population.anyone(dice)
        return person

    def book(self, language: str) -> Phrases:
        return phrases(language if language in languages() else self.language, self.setting)

    def begin_talk(
        self, who: Organisation, person: Person, dice: Dice, *, crisis: bool = False
    ) -> tuple[Phrases, Talk]:
        """Open the phrase book of somebody's language and begin to talk."""
        book = self.book(person.language)
        staff = who.character.staff
        bound = {
            "name": person.first, "org": who.brand,
            "staff": dice.pick(staff).partition(" ")[0] if staff else "",
        }  # fmt: skip
        return book, book.talk(dice, crisis=crisis, **bound)

    def signature(
        self, who: Organisation, account: OwnAccount, dice: Dice
    ) -> tuple[str | None, str]:
        """Return who signs and what stands at the end of the text, where anybody signs."""
        character = who.character
        if (
            not character.staff
            or account.person_name is not None
            or not dice.chance(character.signs)
        ):
            return None, ""
        first, _, last = dice.pick(character.staff).partition(" ")
        initials = first[0] + last[0]
        name = first if "{first}" in character.signature else initials
        return name, " " + character.signature.format(initials=initials, first=first)

    # Saying something new.

    def fresh_original(self, who: Organisation, make: Callable[[], str]) -> str:
        """Return a text unlike all the organisation told everybody before, if it can."""
        memory = self.originals[who.name]
        return _fresh(make, lambda text: memory.is_fresh(look(text).numbers()))

    def fresh_reply(self, who: Organisation, to: Line, make: Callable[[], str]) -> str:
        """Return a text unlike all the organisation answered before, if it can."""
        memory = self.replies[who.name]
        trial = Line("", to.by, to.at, "", parent=to)
        return _fresh(make, lambda text: memory.is_fresh(bare_words_of(trial, text)))

    def keep_reply(self, who: Organisation, line: Line) -> None:
        self.replies[who.name].keep(bare_words_of(line, line.text))


def _fresh(make: Callable[[], str], is_fresh: Callable[[str], bool]) -> str:
    text = make()
    for _ in range(ATTEMPTS):
        if is_fresh(text):
            break
        text = make()
    return text
