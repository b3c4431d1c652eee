"""Flat threads of their own: no nesting, so that names and order say who speaks to whom."""

from twoway.practice.clock import MINUTE
from twoway.practice.facts import Told
from twoway.practice.lines import Line
from twoway.practice.scenes.cue import Cue, scene


@scene("odd", 7)
def answers_without_a_name(cue: Cue) -> None:
    """Nobody else has spoken below that post, so our comment needs no name to be an answer."""
    page = cue.who.account("page")
    if page is None:
        return
    root = _post_of_its_own(cue)
    if cue.dice.chance(0.5):
        at = root.at + cue.dice.whole(20, 60) * MINUTE
        text = cue.stage.fresh_original(cue.who, lambda: _words(cue, "thread_on"))
        more = cue.stage.line(
            page, at, text, ("information",), nesting="flat", parent=root, language=root.language
        )
        cue.stage.ledger.told.append(Told(cue.who, more, "self_thread"))
        cue.stage.clause("a comment of ours that speaks to nobody")
    play = cue.meet(page, root)
    call = play.comments(cue.at, ("question",), root)
    wait = play.waits(call, undisturbed=True)
    if wait.fate.answer_at is not None:
        play.answers(wait.fate.answer_at, call, "say_answer", wait=wait, unnamed=True)
        cue.stage.clause("an answer in a flat thread that names nobody")


@scene("odd", 7)
def names_us_and_a_member(cue: Cue) -> None:
    """A comment that names somebody else is for us all the same when it names us, too."""
    page = cue.who.account("page")
    if page is None:
        return
    root = _post_of_its_own(cue)
    first = cue.meet(page, root)
    first.comments(cue.at - 20 * MINUTE, ("statement",), root)
    play = cue.meet(page, root)
    text = f"@{first.person.handle} @{page.handle} {play.words(('question',))}"
    call = play.says(
        cue.at, ("question",), "mention", text=text, below=root,
        mentions=[(first.person, True), (page, True)],
    )  # fmt: skip
    cue.stage.clause("a flat comment that names us and a member")
    wait = play.waits(call, undisturbed=True)
    if wait.fate.answer_at is not None:
        play.answers(wait.fate.answer_at, call, "say_answer", wait=wait)


def _post_of_its_own(cue: Cue) -> Line:
    """Write an original that no other scene comments on."""
    page = cue.who.account("page")
    assert page is not None  # noqa: S101 - by its callers
    text = cue.stage.fresh_original(cue.who, lambda: _words(cue, "information"))
    at = cue.at - cue.dice.whole(90, 400) * MINUTE
    root = cue.stage.line(
        page, at, text, ("information",), nesting="flat", language=cue.stage.language
    )
    cue.stage.announces(cue.who, root)
    return root


def _words(cue: Cue, symbol: str) -> str:
    book = cue.stage.book(cue.stage.language)
    return book.say(symbol, cue.dice, book.talk(cue.dice, org=cue.who.brand))
