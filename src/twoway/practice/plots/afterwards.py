"""What people do once they have their answer."""

from collections.abc import Iterator

from twoway.practice.clock import MINUTE
from twoway.practice.dice import Urn
from twoway.practice.exchange import Exchange, Open
from twoway.practice.fates import follow_up_lag
from twoway.practice.lines import Edition, Line

# Talks end; nobody here asks a fifth time.
DEEPEST = 2
CODAS = Urn(
    {"nothing": 36.0, "thanks": 33, "like": 10, "asks on": 8, "still": 7, "warm": 5, "edits": 1}
)


def react(play: Exchange, answer: Line, depth: int, not_before: int = 0) -> Iterator[Open]:
    """Let the person react to an answer, or not."""
    dice = play.dice
    at = max(answer.at + follow_up_lag(dice), not_before + 2 * MINUTE)
    coda = CODAS.draw(dice)
    if coda == "thanks":
        play.replies(at, ("closer",), answer)
        play.stage.clause("a closer after an answer")
        if answer.parent is not None and answer.piece_of is None and dice.chance(0.04):
            answer.deleted_at = play.later(at, 4000)
            play.stage.clause("our answer deleted after they thanked us")
    elif coda == "like":
        play.stage.likes_it(play.person, answer, at)
    elif coda == "warm":
        receive(play, play.replies(at, ("praise",), answer, text=play.say("thanks_warm")))
    elif coda == "edits" and not answer.is_private and not play.is_flat and not answer.is_original:
        _edits(play, answer, at)
    elif depth <= DEEPEST and coda in ("asks on", "still"):
        kinds, symbol = (("question",), "also") if coda == "asks on" else (("complaint",), "still")
        yield go_on_asking(play, play.replies(at, kinds, answer, text=play.say(symbol)), depth)


def go_on_asking(play: Exchange, call: Line, depth: int, *, at_once: bool = True) -> Open:
    """Open the next wait of a talk; one that comes days later comes at any hour, like a fresh one."""
    return Open(play, play.waits(call, follow_up=at_once), call, depth + 1)


def _edits(play: Exchange, answer: Line, at: int) -> None:
    """Turn a thank-you into a question by an edit: it waits from the edit."""
    line = play.replies(at, ("closer",), answer)
    edited_at = play.later(at, 20)
    line.editions.append(Edition(edited_at, line.text, line.kinds))
    line.text = f"{line.text} {play.say('edit_addition')}"
    line.kinds = ("closer", "question")
    heard = play.stage.ledger.heard[-1]
    heard.kinds, heard.call, heard.before_edit = line.kinds, "answer", heard.call
    play.stage.clause("an edit adds a call")
    wait = play.waits(line, since=edited_at, follow_up=True, undisturbed=True)
    if wait.fate.answer_at is not None:
        play.answers(wait.fate.answer_at, line, "say_answer", wait=wait)


def receive(play: Exchange, line: Line) -> None:
    """Let the organisation take a friendly word as it does: reply, like, share, or nothing."""
    warmth, dice = play.who.character.warmth, play.dice
    may_share = not (play.is_flat or line.is_private)
    play.expects(line, warmth.reply + warmth.like + (warmth.share if may_share else 0.0))
    roll = dice.roll()
    at = play.who.presence.after(line.at, 3 + dice.around(warmth.median, 1.0))
    if roll < warmth.reply:
        _replies_kindly(play, line, at)
    elif roll < warmth.reply + warmth.like:
        play.stage.likes_it(play.account, line, at)
        _settled(play, line, at, "like")
    elif roll < warmth.reply + warmth.like + warmth.share and may_share:
        share(play, line, at)


def _replies_kindly(play: Exchange, line: Line, at: int) -> None:
    short = play.dice.chance(0.3)
    play.answers(at, line, "thanks_reply" if short else "warm_reply", ("thanks",) if short else ())
    play.stage.clause("thanks of ours are a kind word" if short else "an answer is a kind word")


def share(play: Exchange, line: Line, at: int) -> None:
    """Show all what somebody said to us: a plain share, or a quote with a word of our own."""
    if play.dice.chance(0.3):
        text = play.stage.fresh_reply(play.who, line, lambda: play.say("quote_praise_ours"))
        quote = play.stage.line(
            play.account, at, text, ("featuring",), quoted=line, language=play.book.language
        )
        play.tells(quote, "quote", (play.person,), is_featuring=True)
        play.settles(at, quote)
        play.stage.clause("a quote is a kind word")
        return
    shared = play.stage.line(play.account, at, "", shared=line, language=play.book.language)
    play.tells(shared, "share", (), is_featuring=True)
    _settled(play, line, at, "share")


def _settled(play: Exchange, line: Line, at: int, by: str) -> None:
    kindness = play.thanked_for(line)
    kindness.settled_at, kindness.settled_by = at, by  # type: ignore[assignment]
    play.stage.clause(f"a {by} is a kind word")
