"""Answers of ours in all the ways there are, with the questions and promises they carry."""

from collections.abc import Callable, Iterator

from twoway.core.posts import Link
from twoway.practice.clock import SECOND
from twoway.practice.dice import Urn
from twoway.practice.exchange import PIECES, Exchange, Open
from twoway.practice.facts import Wait
from twoway.practice.fates import follow_up_lag
from twoway.practice.lines import Line
from twoway.practice.plots.afterwards import DEEPEST, go_on_asking, react

WAYS = Urn(
    {"plain": 84.0, "pieces": 4, "sister": 6, "quote": 2, "link": 1.5, "redone": 1.5, "deleted": 1}
)


def answer(scene: Open) -> Iterator[Open]:
    """Answer at the time drawn, in a way of the organisation's own."""
    play, character = scene.play, scene.play.who.character
    way = "plain" if play.is_flat or scene.wait.is_private else WAYS.draw(play.dice)
    if way != "plain":
        yield from _WAYS[way](scene)
    elif play.dice.chance(character.asks):
        yield from _ask_back(scene)
    elif play.dice.chance(character.promises):
        yield from _promise(scene)
    else:
        yield from react(play, _plainly(scene), scene.depth)


def _plainly(scene: Open) -> Line:
    return scene.play.answers(
        scene.at, scene.call, _symbol(scene.play, scene.wait), wait=scene.wait
    )


def _symbol(play: Exchange, wait: Wait) -> str:
    if play.dice.chance(play.who.character.canned):
        return "canned"
    return "say_sorry" if "complaint" in wait.kinds else "say_answer"


def _by_a_sister(scene: Open) -> Iterator[Open]:
    """Let another account of the same organisation answer: it is one conversation."""
    play = scene.play
    sister = play.who.account(play.dice.pick(("service", "voice")))
    if sister is not None:
        play.stage.clause("one conversation over several accounts")
    symbol = _symbol(play, scene.wait)
    yield from react(
        play, play.answers(scene.at, scene.call, symbol, wait=scene.wait, by=sister), scene.depth
    )


def _in_pieces(scene: Open) -> Iterator[Open]:
    play, first = scene.play, _plainly(scene)
    text = play.stage.fresh_reply(play.who, first, lambda: play.say("second_piece"))
    second = play.stage.line(
        first.by, first.at + play.dice.whole(40, 600) * SECOND, text + first.sign, parent=first, piece_of=first,
        language=first.language, signature=first.signature, sign=first.sign,
    )  # fmt: skip
    play.stage.keep_reply(play.who, second)
    play.stage.clause("pieces of ours are one post")
    yield from react(play, second, scene.depth, not_before=second.at + PIECES)


def _by_a_quote(scene: Open) -> Iterator[Open]:
    """Answer for all to see, in a post that quotes the call."""
    play = scene.play
    text = play.stage.fresh_reply(play.who, scene.call, lambda: play.say("quote_answer"))
    quote = play.stage.line(
        play.account,
        scene.at,
        text,
        ("information",),
        quoted=scene.call,
        language=play.book.language,
    )
    play.tells(quote, "quote", (play.person,), wait=scene.wait, is_featuring=True)
    play.settles(scene.at, quote, scene.wait)
    play.stage.clause("a quote answers")
    yield from react(play, quote, scene.depth)


def _by_a_link(scene: Open) -> Iterator[Open]:
    """Answer for all to see, in an original that links to the call."""
    play, call = scene.play, scene.call
    address = f"https://{call.by.network}.example/@{call.by.handle}/{call.id}"
    text = play.stage.fresh_original(play.who, lambda: play.say("link_answer"))
    original = play.stage.line(
        play.account, scene.at, f"{text} {address}", ("information",), language=play.book.language,
        links=[Link(address, leads_to=call.id)],
    )  # fmt: skip
    told = play.stage.announces(play.who, original, (play.person,))
    told.answers_complaint = "complaint" in scene.wait.kinds
    play.settles(scene.at, original, scene.wait)
    play.stage.clause("a link answers")
    yield from react(play, original, scene.depth)


def _redone(scene: Open) -> Iterator[Open]:
    """Write the answer anew, then take the first one away: the person was never without."""
    play, first = scene.play, _plainly(scene)
    at = first.at + play.dice.whole(180, 900) * SECOND
    symbol = "say_sorry" if "complaint" in scene.wait.kinds else "say_answer"
    anew = play.answers(at, scene.call, symbol, wait=None)
    first.deleted_at = at + play.dice.whole(20, 200) * SECOND
    play.stage.clause("an answer deleted when a better one stood")
    yield from react(play, anew, scene.depth, not_before=first.deleted_at)


def _deleted(scene: Open) -> Iterator[Open]:
    """Take the answer away before the person reacted: they wait again, since then."""
    play, call, first = scene.play, scene.call, _plainly(scene)
    if call.parent is not None or call is not scene.wait.line:
        yield from react(play, first, scene.depth)
        return
    first.deleted_at = play.later(first.at, 50)
    again = play.waits(
        call, scene.wait.kinds, since=first.deleted_at, follow_up=True, undisturbed=True
    )
    play.stage.clause("our answer deleted begins a new wait")
    if again.fate.answer_at is not None:
        play.answers(again.fate.answer_at, call, _symbol(play, again), wait=again)


_WAYS: dict[str, Callable[[Open], Iterator[Open]]] = {
    "pieces": _in_pieces, "sister": _by_a_sister, "quote": _by_a_quote, "link": _by_a_link,
    "redone": _redone, "deleted": _deleted,
}  # fmt: skip


def _ask_back(scene: Open) -> Iterator[Open]:
    """Answer with a question; whatever comes back calls for an answer."""
    play, dice = scene.play, scene.play.dice
    question = play.answers(scene.at, scene.call, "say_ask", ("asks",), wait=scene.wait)
    at = question.at + follow_up_lag(dice)
    if dice.chance(0.72) and scene.depth <= DEEPEST:
        reply = play.replies(
            at, ("statement",), question, text=play.say("told_ready"), call="answer"
        )
        play.stage.clause("said in reply to our question")
        yield go_on_asking(play, reply, scene.depth)
    elif dice.chance(0.3):
        play.replies(at, ("closer",), question)
        play.stage.clause("a closer in reply to our question")
    elif dice.chance(0.1):
        play.replies(at, ("spam",), question, text=play.say("spam"))
        play.stage.clause("spam in reply to our question")
    elif dice.chance(0.4) and not (question.is_private or play.is_flat):
        other = Exchange(play.stage, play.who, play.somebody_else(question), dice, play.account)
        other.replies(at, ("statement",), question, text=play.say("member_agrees"))
        play.stage.clause("another member replies to our question")


def _promise(scene: Open) -> Iterator[Open]:
    play, dice = scene.play, scene.play.dice
    promise = play.answers(scene.at, scene.call, "say_promise", ("promise",), wait=scene.wait)
    if dice.chance(0.06):
        play.replies(
            play.later(promise.at, 300), ("withdrawal",), promise, text=play.say("withdrawal")
        )
        play.stage.clause("a withdrawal ends a promise")
    elif dice.chance(0.05):
        play.stage.marks_it(promise, "promise_kept", play.later(promise.at, 600))
        play.stage.clause("a mark ends a promise")
    elif dice.chance(0.2) and scene.depth <= DEEPEST:
        at = play.another_day(promise.at)
        again = play.replies(at, ("question",), promise, text=play.say("reminder"))
        play.stage.clause("asked again while a promise is open")
        yield go_on_asking(play, again, DEEPEST, at_once=False)
    elif dice.chance(play.who.character.keeps):
        at = play.who.presence.after(play.later(promise.at, 900), 20)
        _keep(play, promise, scene.call, at)
    else:
        play.stage.clause("a promise broken")


def _keep(play: Exchange, promise: Line, call: Line, at: int) -> None:
    """Report back, below the promise or below what the person wrote."""
    if play.dice.chance(0.5) or promise.is_private or play.is_flat:
        play.answers(at, call, "say_kept")
        play.stage.clause("a promise kept")
        return
    text = play.stage.fresh_reply(play.who, promise, lambda: play.say("say_kept"))
    kept = play.stage.line(
        promise.by, at, text + promise.sign, parent=promise, language=play.book.language,
        signature=promise.signature, sign=promise.sign,
    )  # fmt: skip
    play.tells(kept, "reply", (play.person,))
    play.stage.clause("a promise kept below the promise")
