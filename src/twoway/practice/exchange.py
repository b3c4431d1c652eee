"""One person and one organisation in one thread: the beats that scenes are made of.

A beat writes a line and, in the same breath, the facts it makes true. At most one wait of an
exchange is open at a time, so that nobody has to work out afterwards what an answer settled.
"""

from dataclasses import dataclass
from typing import Any

from twoway.core.posts import Nesting
from twoway.practice.cast import Organisation, OwnAccount, Person, Writer
from twoway.practice.clock import MINUTE, SECOND
from twoway.practice.dice import Dice
from twoway.practice.facts import Call, Class, Heard, Kindness, Talk, Told, Wait
from twoway.practice.lines import Line
from twoway.practice.stage import Stage

Kinds = tuple[str, ...]
# Two posts of one author no further apart than this are pieces of one; scenes stay clear of it.
PIECES = 15 * MINUTE
CALLS = ("question", "complaint", "request")
_KIND_WORDS = ("praise", "story", "statement")
_SYMBOLS = {
    "question": "say_question", "complaint": "say_complaint", "request": "say_request",
    "closer": "thanks",
}  # fmt: skip


class Exchange:
    """A talk between `person` and `who`, and what of theirs has not been answered yet."""

    def __init__(
        self, stage: Stage, who: Organisation, person: Person, dice: Dice,
        account: OwnAccount | None = None, *, crisis: bool = False,
    ) -> None:  # fmt: skip
        self.stage = stage
        self.who = who
        self.person = person
        self.dice = dice
        self.account = account or who.main
        self.is_flat = self.account.is_flat
        self.book, self.talk = stage.begin_talk(who, person, dice, crisis=crisis)
        self.away: Told | None = None
        self.has_been_answered = False
        self._unanswered: list[Heard] = []
        self._unthanked: list[Kindness] = []

    def say(self, symbol: str) -> str:
        return self.book.say(symbol, self.dice, self.talk)

    # What the person writes.

    def says(
        self, at: int, kinds: Kinds, how: str, *, text: str | None = None, below: Line | None = None,
        call: Call | None = None, private: bool = False, **more: Any,
    ) -> Line:  # fmt: skip
        """Write a line of the person that is addressed to the organisation."""
        private = private or (below is not None and below.is_private)
        line = self.stage.line(
            self.person, at, self.words(kinds) if text is None else text, kinds, parent=below,
            nesting=self._nesting(private=private), is_private=private,
            language=self.book.language, **more,
        )  # fmt: skip
        self.hears(line, kinds, "private" if private else how, call or call_of(kinds))
        return line

    def hears(self, line: Line, kinds: Kinds, how: str, call: Call) -> Heard:
        """Note that a line is addressed to the organisation."""
        below = line.parent if line.parent is not None and line.parent.is_original else None
        heard = Heard(self.who, line, how, kinds, call, below_original=below)
        self.stage.ledger.heard.append(heard)
        self._unanswered.append(heard)
        if call == "kind_word":
            kindness = Kindness(self.who, line, kinds, line.at, is_private=line.is_private)
            self.stage.ledger.kindnesses.append(kindness)
            self._unthanked.append(kindness)
        if self.away is not None and {"closer", "praise"} & set(kinds) and not line.is_private:
            self._has_outcome(line.at)
        return heard

    def comments(self, at: int, kinds: Kinds, original: Line, **more: Any) -> Line:
        """Let the person comment directly below a post of the organisation."""
        return self.says(at, kinds, "flat" if self.is_flat else "reply", below=original, **more)

    def mentions(
        self,
        at: int,
        kinds: Kinds,
        *,
        text: str | None = None,
        also: tuple[Writer, ...] = (),
        **more: Any,
    ) -> Line:
        """Let the person name the organisation, in a post of their own or below somebody else's."""
        text = self.words(kinds) if text is None else text
        names = " ".join(f"@{who.handle}" for who in (self.account, *also))
        text = f"{names} {text}" if self.dice.chance(0.7) else f"{text} {names}"
        mentions = [(self.account, True), *((who, True) for who in also)]
        return self.says(at, kinds, "mention", text=text, mentions=mentions, **more)

    def replies(self, at: int, kinds: Kinds, to: Line, **more: Any) -> Line:
        """Let the person answer a post of the organisation."""
        return self.says(at, kinds, "reply", below=to.root if self.is_flat else to, **more)

    def goes_on(self, at: int, kinds: Kinds, own: Line, **more: Any) -> Line:
        """Let the person write again below their own post; in a flat thread simply again."""
        return self.says(at, kinds, "goes_on", below=own.root if self.is_flat else own, **more)

    def words(self, kinds: Kinds) -> str:
        """Return words for kinds, the first with an opening and a tail."""
        first, *others = kinds
        spoken = [self.say(_SYMBOLS.get(first, first)), *(self.say(kind) for kind in others)]
        text = " ".join(spoken)
        return text.lower() if self.dice.chance(0.09) else text

    # How the organisation comes back to them.

    def waits(
        self,
        line: Line,
        kinds: Kinds | None = None,
        *,
        since: int | None = None,
        follow_up: bool = False,
        undisturbed: bool = False,
    ) -> Wait:
        """Let the person wait for an answer to `line`; what becomes of it is drawn now."""
        since = line.at if since is None else since
        calls = tuple(kind for kind in (kinds or line.kinds) if kind in CALLS)
        fate = self.stage.laws[self.who.name].draw(
            self.dice,
            calls,
            since,
            popular=self.person.popular,
            undisturbed=undisturbed or line.is_private,
        )
        wait = Wait(
            self.who,
            self.person,
            line,
            since,
            calls,
            fate,
            is_private=line.is_private,
            is_follow_up=follow_up,
            is_disturbed=not (undisturbed or line.is_private),
        )
        self.stage.ledger.waits.append(wait)
        return wait

    def answers(  # noqa: PLR0913 - one answer in every way there is; most callers name three
        self, at: int, to: Line, symbol: str, kinds: Kinds = (), *, wait: Wait | None = None,
        by: OwnAccount | None = None, also: tuple[Writer, ...] = (), unnamed: bool = False,
    ) -> Line:  # fmt: skip
        """Write a reply of the organisation; it answers all that the person wrote so far.

        In a flat thread it names the person, who need not be the last one to have spoken.
        """
        named = (self.person, *also) if self.is_flat and not unnamed else also
        line = self._replies_with(
            by or self.account, at, to, symbol, kinds, handles="".join(f"@{who.handle} " for who in named),
            mentions=[(who, True) for who in named],
        )  # fmt: skip
        told = self.tells(line, "reply", (self.person, *also), wait=wait)
        self.settles(at, line, wait)
        if "taken_private" in kinds:
            self.away = told
        return line

    def tells(
        self,
        line: Line,
        what: Class,
        to: tuple[Writer, ...],
        *,
        wait: Wait | None = None,
        **more: Any,
    ) -> Told:
        """Note what a post of the organisation is and whom it speaks to."""
        told = Told(
            self.who,
            line,
            what,
            to,
            answers_complaint=wait is not None and "complaint" in wait.kinds,
            **more,
        )
        self.stage.ledger.told.append(told)
        if what == "reply":
            self.stage.keep_reply(self.who, line)
        return told

    def settles(self, at: int, answer: Line, wait: Wait | None = None) -> None:
        """Note that an answer reached the person, and that it ended their wait."""
        self.has_been_answered = True
        for heard in self._unanswered:
            heard.answered_at = at
        for kindness in self._unthanked:
            kindness.settled_at, kindness.settled_by = at, "answer"
        self._unanswered, self._unthanked = [], []
        if self.away is not None and not answer.is_private:
            self._has_outcome(at)
        if wait is not None:
            wait.ended_at, wait.answer = at, answer
            wait.ended_by = "taken_private" if "taken_private" in answer.kinds else "answer"

    def is_over(self, at: int, line: Line | None = None) -> None:
        """Note that what the person wrote so far, or only `line`, calls for nothing any more."""
        for heard in self._unanswered:
            if heard.gone_at is None and line in (None, heard.line):
                heard.gone_at = at

    def is_corrected(self, line: Line, kinds: Kinds) -> None:
        """Note that a teammate says what a line is; its reading stays as it was."""
        heard = next(heard for heard in self._unanswered if heard.line is line)
        heard.kinds, heard.call, line.corrected = kinds, call_of(kinds), kinds

    def thanked_for(self, line: Line) -> Kindness:
        """Return the call for a kind word that `line` is, which a like or share settles now."""
        kindness = next(kindness for kindness in self._unthanked if kindness.line is line)
        self._unthanked.remove(kindness)
        return kindness

    def expects(self, line: Line, chance: float) -> None:
        """Note how likely a friendly line is to get a kind word."""
        for kindness in self._unthanked:
            if kindness.line is line:
                kindness.chance = chance

    def _replies_with(
        self,
        account: OwnAccount,
        at: int,
        to: Line,
        symbol: str,
        kinds: Kinds,
        *,
        handles: str,
        mentions: list[tuple[Writer, bool]],
    ) -> Line:
        name, sign = self.stage.signature(self.who, account, self.dice)
        text = self.say(symbol)
        if symbol != "canned":
            text = self.stage.fresh_reply(self.who, to, lambda: self.say(symbol))
        return self.stage.line(
            account, at, handles + text + sign, kinds, nesting=self._nesting(private=to.is_private), is_private=to.is_private,
            parent=to.root if self.is_flat and not to.is_private else to, language=self.book.language,
            signature=name, sign=sign, mentions=mentions,
        )  # fmt: skip

    def _nesting(self, *, private: bool) -> Nesting:
        return "chat" if private else "flat" if self.is_flat else "threaded"

    def _has_outcome(self, at: int) -> None:
        if self.away is not None and self.away.outcome_at is None:
            self.away.outcome_at = at

    # What other members do.

    def somebody_else(self, thread: Line) -> Person:
        """Return a member who has not written in the thread yet, known to the talk as `other`."""
        other = self.stage.somebody(self.person.network, self.dice, thread.root)
        self.talk.bound["other"] = other.first
        return other

    def member_says(self, at: int, by: Person, text: str, kinds: Kinds, to: Line) -> Line:
        """Let a member write to the member who wrote `to`; names above ride along."""
        if self.is_flat:
            names, parent = [(to.by, True)], to.root
        else:
            names, parent = [(who, False) for who, _ in to.mentions if who is not by], to
        handles = "".join(f"@{who.handle} " for who, _ in names)
        line = self.stage.line(
            by, at, handles + text, kinds, parent=parent, nesting="flat" if self.is_flat else "threaded",
            language=self.book.language, mentions=names,
        )  # fmt: skip
        self.stage.ledger.talks.append(Talk(self.who, line, to.by, to))
        return line

    def later(self, at: int, median: float, spread: float = 0.9) -> int:
        """Return a moment some minutes on: at least three, `median` as a rule."""
        return at + int(180 + self.dice.around(median, spread) * 60) * SECOND

    def another_day(self, at: int) -> int:
        """Return a moment of one of the next days, when people write."""
        return self.stage.people_write.on(
            self.stage.calendar.day(at) + self.dice.whole(1, 2), self.dice
        )


@dataclass(frozen=True, slots=True)
class Open:
    """A wait that is still to be played, and the person's line that an answer would go to."""

    play: Exchange
    wait: Wait
    call: Line
    depth: int = 0
    quiet: bool = False

    @property
    def at(self) -> int:
        """When it ends; only asked where it does."""
        assert self.wait.fate.at is not None  # noqa: S101 - by its caller
        return self.wait.fate.at


def call_of(kinds: Kinds) -> Call:
    """Return what kinds call for where nothing else bears on it."""
    if "spam" in kinds:
        return "nothing"
    if any(kind in CALLS for kind in kinds):
        return "answer"
    if "unsure" in kinds:
        return "unsure"
    return "kind_word" if any(kind in _KIND_WORDS for kind in kinds) else "nothing"
