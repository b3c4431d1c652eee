"""What happens while somebody waits: reminders, neighbours, a like of ours, a machine."""

from dataclasses import replace

from twoway.practice.clock import DAY, MINUTE, SECOND
from twoway.practice.exchange import Exchange, Open
from twoway.practice.lines import Line

# Endings that concern one line only; a second one beside it would have to wait on.
_OF_ONE_LINE = ("deleted", "edited", "no_answer_needed")
# Room for a reminder that is neither a piece of the call nor written while we typed.
_ROOM = 45 * MINUTE


def pass_time(scene: Open) -> Open:
    """Let something happen, or nothing; none of it ends the wait."""
    play, fate, call, dice = scene.play, scene.wait.fate, scene.call, scene.play.dice
    ends = fate.at if fate.at is not None else call.at + int(dice.between(1, 6)) * DAY
    gap = ends - call.at
    if fate.by in _OF_ONE_LINE or gap < _ROOM or scene.wait.since != call.at:
        return scene
    if dice.chance(0.1):
        return replace(
            scene, call=_reminds(play, call, _within(call.at, gap, dice.between(0.4, 0.7)))
        )
    if dice.chance(0.06) and fate.by != "community":
        _neighbour(play, call, _within(call.at, gap, 0.3))
    elif dice.chance(0.015):
        play.stage.likes_it(play.account, call, _within(call.at, gap, 0.25))
        play.stage.clause("a like never answers a call")
    elif play.who.account("bot") and dice.chance(0.06) and not play.is_flat:
        return replace(scene, call=_bot(play, call))
    return scene


def _within(at: int, gap: int, part: float) -> int:
    return at + int(gap * part) // SECOND * SECOND


def _reminds(play: Exchange, call: Line, at: int) -> Line:
    """Let the person ask again; return the line that an answer goes to."""
    tired = play.dice.chance(0.25) and not play.has_been_answered
    reminder = play.goes_on(
        at, ("complaint",) if tired else ("question",), call,
        text=play.say("never_answer" if tired else "reminder"), says_never_answer=tired,
    )  # fmt: skip
    play.stage.clause("a reminder never restarts the clock")
    return call if play.dice.chance(0.3) else reminder


def _neighbour(play: Exchange, call: Line, at: int) -> None:
    other = play.somebody_else(call)
    text = play.say(play.dice.pick(("member", "member_agrees", "member_asks")))
    play.member_says(at, other, text, ("question",) if text.endswith("?") else ("statement",), call)
    play.stage.clause("another member's word does not settle")


def _bot(play: Exchange, call: Line) -> Line:
    """Let an account marked automatic reply at once; thanking it closes nothing."""
    bot = play.who.account("bot")
    assert bot is not None  # noqa: S101 - by its caller
    asks = play.dice.chance(0.4)
    line = play.stage.line(
        bot, call.at + play.dice.whole(2, 50) * SECOND, play.say("instant_ask" if asks else "instant"),
        ("asks",) if asks else (), parent=call, automatic=True, client="autoreply", language=play.book.language,
    )  # fmt: skip
    play.tells(line, "reply", (play.person,), is_machine=True)
    play.stage.clause("an account marked automatic never settles")
    at = line.at + play.dice.whole(60, 300) * SECOND
    if asks:
        play.stage.clause("what a machine asked was asked")
        return play.replies(at, ("statement",), line, text=play.say("told_ready"), call="answer")
    if play.dice.chance(0.4):
        play.replies(at, ("closer",), line)
        play.stage.clause("thanks to a machine close nothing")
    return call
