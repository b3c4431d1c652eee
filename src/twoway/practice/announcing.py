"""What an organisation tells everybody: its originals, their repeats, second pieces and self-threads."""

from dataclasses import dataclass

from twoway.core.posts import Link, Media
from twoway.practice.cast import Organisation, OwnAccount, Writer
from twoway.practice.clock import DAY, SECOND, Hand
from twoway.practice.dice import Dice, Urn
from twoway.practice.facts import Told
from twoway.practice.grammar import Talk
from twoway.practice.lines import Line
from twoway.practice.stage import Stage

_KINDS: dict[str, tuple[str, ...]] = {"question": ("question", "invitation")}
# What people ask stands under "question".
_SYMBOLS = {"question": "invitation"}
# What may carry a link to the own site, and how often; one of own_link always does.
_LINKS = {"own_link": 1.0, "offer": 0.45, "launch": 0.4, "information": 0.2}
# Of originals, how many quote an earlier one, and how many a colleague goes on below.
_QUOTES_ITSELF = 0.012
_COLLEAGUE = 0.05
# How far back somebody looks for something to say again.
_REMEMBERED = 80
_PAGES = ("news", "offers", "timetable", "about", "help", "journal", "today", "plans")


@dataclass(frozen=True, slots=True)
class Draft:
    """An original before it has a time: its words, what it does, what hangs on it."""

    text: str
    kinds: tuple[str, ...]
    links: tuple[Link, ...] = ()
    named: Writer | None = None
    poll: tuple[str, ...] = ()
    quoted: Line | None = None


class Announcer:
    """Writes the originals of one organisation."""

    def __init__(self, stage: Stage, who: Organisation, dice: Dice) -> None:
        self._stage = stage
        self._who = who
        self._dice = dice
        self._book = stage.book(stage.language)
        self._what = Urn(dict(who.character.what))
        self._site = f"https://{who.site}"

    def announce(self, account: OwnAccount, count: int) -> None:
        """Write so many originals over the whole time, and what belongs to them."""
        lines: list[Line] = []
        for at in self._moments(count):
            draft = self._draft(account.network)
            if lines and self._dice.chance(self._who.character.repeats):
                draft = self._repeat(at, lines) or draft
            elif lines and self._dice.chance(_QUOTES_ITSELF) and not account.is_flat:
                draft = self._quote_itself(lines)
            lines.append(self._post(account, at, draft))
        self._stage.feeds[account.id].open(lines, self._dice)
        for line in lines:
            self._go_on(line)

    def report_outage(self, account: OwnAccount, moments: list[int]) -> None:
        """Say what everybody wants to know while nothing works."""
        for at in moments:
            text = self._stage.fresh_original(
                self._who, lambda: self._book.say("outage", self._dice, self._talk())
            )
            self._post(account, at, Draft(text, ("information",)))

    def _talk(self) -> Talk:
        return self._book.talk(self._dice, org=self._who.brand)

    def _moments(self, count: int) -> list[int]:
        """Draw moments by the organisation's rhythm; some follow within minutes of the one before."""
        calendar, character, dice = self._stage.calendar, self._who.character, self._dice
        hand = Hand(character.rhythm, calendar, 0, calendar.days - 1)
        moments = sorted(hand.draw(dice) for _ in range(count))
        for place in range(1, len(moments)):
            if dice.chance(character.rapid):
                moments[place] = moments[place - 1] + dice.whole(25, 280) * SECOND
        return sorted(moments)

    def _draft(self, network: str) -> Draft:
        what, dice = self._what.draw(self._dice), self._dice
        if dice.chance(self._who.character.link_only):
            return self._only_a_link()
        if what == "featuring":
            return self._feature(network)
        poll: tuple[str, ...] = ()
        symbol = _SYMBOLS.get(what, what)
        if what == "question" and dice.chance(0.15):
            symbol = "poll"
            talk = self._talk()
            choices = {self._book.say("poll_choices", dice, talk) for _ in range(4)}
            poll = tuple(sorted(choices))
        text = self._stage.fresh_original(
            self._who, lambda: self._book.say(symbol, dice, self._talk())
        )
        kinds = _KINDS.get(what, (what,))
        links: tuple[Link, ...] = ()
        if dice.chance(_LINKS.get(what, 0.0)):
            links = (self._link(),)
            kinds = tuple(dict.fromkeys((*kinds, "own_link")))
            text = f"{text} {links[0].address}"
        return Draft(self._named(text), kinds, links, poll=poll)

    def _named(self, text: str) -> str:
        """Put the own name in front, as some never tire of doing, and a tag behind."""
        if self._dice.chance(self._who.character.names_brand):
            text = f"{self._who.brand}: {text}"
        if self._dice.chance(0.18):
            text = f"{text} {self._book.say('tags', self._dice, self._talk()).lower()}"
        return text

    def _link(self) -> Link:
        page = f"{self._dice.pick(_PAGES)}/{self._dice.whole(100, 99_999)}"
        return Link(f"{self._site}/{page}")

    def _only_a_link(self) -> Draft:
        """A link with next to no words, or with nothing but its own title."""
        link = self._link()
        if self._dice.chance(0.3):
            title = self._stage.fresh_original(
                self._who, lambda: self._book.say("own_link", self._dice, self._talk())
            )
            return Draft(f"{title} {link.address}", ("own_link",), (Link(link.address, title),))
        return Draft(
            f"{self._book.say('short', self._dice, self._talk())} {link.address}".strip(),
            ("own_link",),
            (link,),
        )

    def _feature(self, network: str) -> Draft:
        partner = self._dice.pick(self._stage.partners[network])

        def make() -> str:
            talk = self._book.talk(self._dice, org=self._who.brand, mention=f"@{partner.handle}")
            return self._book.say("featuring", self._dice, talk)

        return Draft(self._stage.fresh_original(self._who, make), ("featuring",), named=partner)

    def _repeat(self, at: int, lines: list[Line]) -> Draft | None:
        """Say again what was said in the last weeks, to the letter or nearly."""
        recent = [
            line
            for line in lines[-_REMEMBERED:]
            if at - line.at < 25 * DAY and len(line.text) > 60 and not line.poll
        ]
        if not recent:
            return None
        old = self._dice.pick(recent)
        text = old.text
        if self._dice.chance(0.35):
            text = f"{text} {self._book.say('again', self._dice, self._talk())}"
        named = next((who for who, _ in old.mentions), None)
        return Draft(text, old.kinds, tuple(old.links), named)

    def _quote_itself(self, lines: list[Line]) -> Draft:
        text = self._stage.fresh_original(
            self._who, lambda: self._book.say("self_quote", self._dice, self._talk())
        )
        self._stage.clause("a quote of oneself is an original")
        return Draft(text, ("information",), quoted=self._dice.pick(lines[-30:]))

    def _post(self, account: OwnAccount, at: int, draft: Draft) -> Line:
        dice = self._dice
        image = dice.chance(0.35)
        line = self._stage.line(
            account, at, draft.text, draft.kinds, nesting="flat" if account.is_flat else "threaded",
            links=list(draft.links), poll=draft.poll, language=self._stage.language,
            media=(Media("image", None if dice.chance(0.4) else draft.text[:60]),) if image else (),
            mentions=[(draft.named, True)] if draft.named else [],
            client=dice.pick(("web", "planner", "phone")), quoted=draft.quoted, counts=_seen(account, dice),
        )  # fmt: skip
        self._stage.announces(self._who, line, (draft.named,) if draft.named else ())
        return line

    def _go_on(self, line: Line) -> None:
        """Add a second piece within minutes, or another thought within hours, ours or a colleague's."""
        dice, character = self._dice, self._who.character
        voice = self._who.account("voice")
        if line.nesting == "flat":
            return
        if dice.chance(character.in_pieces) and len(line.bare) > 40:
            more = self._below(line, line.by, "second_piece", dice.whole(30, 240))
            more.piece_of = line
            self._stage.clause("pieces of ours are one post")
        elif dice.chance(character.continues):
            more = self._below(line, line.by, "thread_on", dice.whole(1300, 15_000))
            self._stage.ledger.told.append(Told(self._who, more, "self_thread"))
            self._stage.clause("a reply to oneself is no dialogue")
        elif voice is not None and line.by is not voice and dice.chance(_COLLEAGUE):
            more = self._below(line, voice, "colleague", dice.whole(600, 15_000))
            self._stage.ledger.told.append(Told(self._who, more, "self_thread"))
            self._stage.clause("two of ours talk below our own post")

    def _below(self, line: Line, by: Writer, symbol: str, seconds: int) -> Line:
        text = self._stage.fresh_original(
            self._who, lambda: self._book.say(symbol, self._dice, self._talk())
        )
        return self._stage.line(
            by,
            line.at + seconds * SECOND,
            text,
            ("information",),
            parent=line,
            language=self._stage.language,
        )


def _seen(account: OwnAccount, dice: Dice) -> dict[str, int]:
    """Return likes and shares that the network counts without saying whose they are."""
    likes = dice.around(account.followers * 0.0015, 1.1)
    return {"like": int(likes), "share": int(likes * dice.between(0.02, 0.2))}
