"""Answers that move the talk to a private channel, and what becomes of it there and in public."""

from collections.abc import Iterator

from twoway.practice.clock import MINUTE
from twoway.practice.exchange import Exchange, Open
from twoway.practice.fates import follow_up_lag
from twoway.practice.lines import Line
from twoway.practice.plots.afterwards import DEEPEST, go_on_asking


def take_private(scene: Open) -> Iterator[Open]:
    """Ask the person to write elsewhere, or say that we have."""
    play, dice = scene.play, scene.play.dice
    asked = dice.chance(0.7)
    away = play.answers(
        scene.at, scene.call, "go_private" if asked else "went_private",
        ("taken_private", "asks") if asked else ("taken_private",), wait=scene.wait,
    )  # fmt: skip
    play.stage.clause("taken private")
    at = away.at + follow_up_lag(dice)
    if dice.chance(0.55) and not play.is_flat:
        yield _go_on_in_private(play, away, at)
    yield from _come_back(play, scene, away, play.another_day(at))


def _come_back(play: Exchange, scene: Open, away: Line, at: int) -> Iterator[Open]:
    """Let something be seen in public afterwards, mostly nothing."""
    roll = play.dice.roll()
    if roll < 0.14:
        play.replies(at, ("closer",), away)
        play.stage.clause("thanks in public after a private exchange")
    elif roll < 0.2:
        play.answers(play.who.presence.after(at, 10), scene.call, "say_kept")
        play.stage.clause("a public answer after a private exchange")
    elif roll < 0.3 and scene.depth <= DEEPEST:
        play.stage.clause("back in public")
        call = play.replies(at, ("complaint",), away, text=play.say("still"))
        yield go_on_asking(play, call, DEEPEST, at_once=False)


def _go_on_in_private(play: Exchange, away: Line, at: int) -> Open:
    """Go on where nobody else reads; a chat of its own with its own clock."""
    chat = Exchange(play.stage, play.who, play.person, play.dice, play.account)
    play.stage.clause("a private exchange")
    if "asks" in away.kinds:
        first = chat.says(
            at, ("request",), "private", private=True, mentions=[(play.account, True)]
        )
        return go_on_asking(chat, first, DEEPEST)
    opening = play.stage.line(
        play.account, away.at + 2 * MINUTE, chat.say("say_ask"), ("asks",), nesting="chat", is_private=True,
        mentions=[(play.person, True)], language=chat.book.language,
    )  # fmt: skip
    first = chat.says(at + 2 * MINUTE, ("request",), "private", below=opening)
    return go_on_asking(chat, first, DEEPEST)
