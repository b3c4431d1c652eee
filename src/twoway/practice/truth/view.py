"""The facts of one organisation inside one window, as the measures of the audit look at them."""

from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from twoway.practice.cast import Organisation
from twoway.practice.clock import DAY
from twoway.practice.facts import Heard, Kindness, Talk, Told, Wait
from twoway.practice.lines import Line, bare_words_of
from twoway.practice.wording import look
from twoway.practice.world import World


class View:
    """One organisation between two moments; the second is the end of the world."""

    def __init__(
        self, world: World, who: Organisation, begins: int, *, parameters: bool = True
    ) -> None:
        self.world = world
        self.wants_parameters = parameters
        self.who = who
        self.begins = begins
        self.ends = world.ends
        self._zone = ZoneInfo(world.zone)

    def holds(self, moment: int) -> bool:
        return self.begins <= moment <= self.ends

    def local(self, moment: int) -> datetime:
        return datetime.fromtimestamp(moment / 1e6, UTC).astimezone(self._zone)

    @cached_property
    def told(self) -> list[Told]:
        """Own posts in the window, public, in the order of time."""
        found = [
            told
            for told in self.world.ledger.told
            if told.who is self.who and self.holds(told.line.at) and not told.line.is_private
        ]
        return sorted(found, key=lambda told: told.line.at)

    @cached_property
    def originals(self) -> list[Told]:
        return [told for told in self.told if told.what == "original"]

    @cached_property
    def replies(self) -> list[Told]:
        return [told for told in self.told if told.what == "reply"]

    @cached_property
    def all_heard(self) -> list[Heard]:
        """Everything addressed to the organisation, at any time, private or not."""
        return [heard for heard in self.world.ledger.heard if heard.who is self.who]

    @cached_property
    def heard(self) -> list[Heard]:
        """What was addressed to it in public in the window."""
        return [h for h in self.all_heard if self.holds(h.line.at) and not h.line.is_private]

    @cached_property
    def waits(self) -> list[Wait]:
        """Sure public intervals that begin in the window."""
        return [
            wait
            for wait in self.world.ledger.waits
            if wait.who is self.who
            and wait.is_sure
            and not wait.is_private
            and self.holds(wait.since)
        ]

    @cached_property
    def kindnesses(self) -> list[Kindness]:
        """Public posts of the window that call for a kind word."""
        return [
            kindness
            for kindness in self.world.ledger.kindnesses
            if kindness.who is self.who and not kindness.is_private and self.holds(kindness.since)
        ]

    @cached_property
    def talks(self) -> list[Talk]:
        """Posts of members to members below posts of ours in the window."""
        return [
            talk
            for talk in self.world.ledger.talks
            if talk.who is self.who
            and talk.line.root.by in self.who.accounts
            and self.holds(talk.line.at)
        ]

    @cached_property
    def pieces(self) -> dict[Line, list[Line]]:
        """The later pieces of a line."""
        found: dict[Line, list[Line]] = {}
        for line in self.world.lines():
            if line.piece_of is not None:
                found.setdefault(line.piece_of, []).append(line)
        return found

    def whole(self, line: Line) -> list[Line]:
        """Return a line with its later pieces."""
        return [line, *self.pieces.get(line, ())]

    def words(self, line: Line) -> frozenset[int]:
        """Return the words of a line and its later pieces."""
        return frozenset().union(*(look(piece.text).numbers() for piece in self.whole(line)))

    def bare_words(self, line: Line) -> frozenset[int]:
        """Return the words of a line and its later pieces, names and signatures left out."""
        return frozenset().union(*(bare_words_of(piece, piece.text) for piece in self.whole(line)))

    @cached_property
    def weeks(self) -> dict[str, set[tuple[int, int]]]:
        """The local ISO weeks in which each person wrote to us."""
        found: dict[str, set[tuple[int, int]]] = {}
        for heard in self.heard:
            year, week, _ = self.local(heard.line.at).isocalendar()
            found.setdefault(heard.line.by.id, set()).add((year, week))
        return found

    def days(self) -> list[str]:
        """Return the local dates that the window touches."""
        first, last = (
            self.local(self.begins).date().toordinal(),
            self.local(self.ends).date().toordinal(),
        )
        return [str(n) for n in range(first, last + 1)]

    @property
    def length(self) -> int:
        return (self.ends - self.begins) // DAY
