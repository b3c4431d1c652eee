"""Ends of a wait that are not our doing: withdrawn, solved by others, marked, deleted, edited away."""

from collections.abc import Callable, Iterator

from twoway.practice.clock import SECOND
from twoway.practice.exchange import Open
from twoway.practice.lines import Edition
from twoway.practice.plots.afterwards import DEEPEST, go_on_asking

# These end every open call of the person on the branch, the others one post only.
_ALL_OF_THEM = ("withdrawal", "community")


def end(scene: Open) -> Iterator[Open]:
    """End the wait as was drawn."""
    by = scene.wait.fate.by
    assert by is not None  # noqa: S101 - by its caller
    scene.wait.ended_at, scene.wait.ended_by = scene.at, by
    scene.play.is_over(scene.at, None if by in _ALL_OF_THEM else scene.wait.line)
    yield from _ENDS[by](scene)


def _withdraw(scene: Open) -> Iterator[Open]:
    play = scene.play
    if play.dice.chance(0.15) and scene.depth <= DEEPEST:
        anew = play.goes_on(
            scene.at, ("withdrawal", "question"), scene.call, text=play.say("withdrawal_question")
        )
        play.stage.clause("a withdrawal that asks something else")
        yield go_on_asking(play, anew, DEEPEST)
        return
    play.goes_on(scene.at, ("withdrawal",), scene.call, text=play.say("withdrawal"))
    play.stage.clause("a withdrawal")


def _ask_around(scene: Open) -> Iterator[Open]:
    """Let a member answer and the person thank them."""
    play, call = scene.play, scene.call
    other = play.somebody_else(call)
    helped_at = call.at + (scene.at - call.at) // 2 // SECOND * SECOND
    help_ = play.member_says(helped_at, other, play.say("member"), ("statement",), call)
    warmly = play.dice.chance(0.1)
    text = play.say("praise_member" if warmly else "thanks_member")
    play.member_says(scene.at, play.person, text, ("praise",) if warmly else ("closer",), help_)
    play.stage.clause("praise for a member settles" if warmly else "thanks to a member settle")
    yield from ()


def _mark(scene: Open) -> Iterator[Open]:
    scene.play.stage.marks_it(
        scene.wait.line, "no_answer_needed", scene.at, "answered on the phone"
    )
    scene.play.stage.clause("no answer needed")
    yield from ()


def _delete(scene: Open) -> Iterator[Open]:
    scene.wait.line.deleted_at = scene.at
    scene.play.stage.clause("their post deleted")
    yield from ()


def _edit(scene: Open) -> Iterator[Open]:
    """Let the person turn the call into something that asks for nothing."""
    play, line = scene.play, scene.wait.line
    line.editions.append(Edition(scene.at, line.text, line.kinds))
    line.text, line.kinds = play.say("edited_solved"), ("withdrawal",)
    heard = next(fact for fact in reversed(play.stage.ledger.heard) if fact.line is line)
    heard.kinds, heard.call, heard.before_edit = line.kinds, "nothing", "answer"
    play.stage.clause("an edit takes the call away")
    yield from ()


_ENDS: dict[str, Callable[[Open], Iterator[Open]]] = {
    "withdrawal": _withdraw, "community": _ask_around, "no_answer_needed": _mark, "deleted": _delete,
    "edited": _edit,
}  # fmt: skip
