"""Somebody needs an answer, in every place where that can be said."""

from twoway.practice.clock import MINUTE, SECOND
from twoway.practice.exchange import Exchange
from twoway.practice.facts import Talk
from twoway.practice.lines import Edition
from twoway.practice.plots import play_out
from twoway.practice.scenes.cue import Cue, call_to, scene


@scene("call", 78)
def turns_to_us(cue: Cue) -> None:
    """Below a post of ours, or in one that names us."""
    play, call = call_to(cue, cue.kinds())
    play_out(play, play.waits(call), call)


@scene("call", 4)
def names_us_in_the_middle(cue: Cue) -> None:
    """In the middle of somebody else's thread, our name typed anew."""
    stage, dice = cue.stage, cue.dice
    play = cue.meet()
    stranger = stage.somebody(play.person.network, dice)
    while stranger is play.person:
        stranger = stage.somebody(play.person.network, dice)
    root = stage.line(
        stranger, cue.at - dice.whole(300, 20_000) * SECOND, play.say("offside"), ("statement",),
        language=play.book.language,
    )  # fmt: skip
    call = play.mentions(cue.at, cue.kinds(), below=root)
    stage.clause("named in the middle of a thread")
    play_out(play, play.waits(call), call)


@scene("call", 2)
def replies_to_what_we_do_not_have(cue: Cue) -> None:
    """Below a post that nobody handed us; it names us itself."""
    play = cue.meet()
    call = play.mentions(cue.at, cue.kinds(), lost_parent=f"gone-{cue.dice.whole(10**6, 10**7)}")
    cue.stage.clause("a parent that we do not have")
    play_out(play, play.waits(call), call)


@scene("call", 4)
def quotes_us_with_a_question(cue: Cue) -> None:
    original = cue.original(cue.who.main)
    if original is None:
        return
    play = cue.meet()
    text = play.say("quote_question")
    call = play.says(cue.at, ("question",), "quote", text=text, quoted=original)
    cue.stage.clause("a question in a quote of ours")
    play_out(play, play.waits(call), call)


@scene("call", 4)
def writes_in_private(cue: Cue) -> None:
    play = cue.meet()
    call = play.says(cue.at, cue.kinds(), "private", private=True, mentions=[(play.account, True)])
    cue.stage.clause("a private message")
    play_out(play, play.waits(call), call)


@scene("call", 4)
def says_it_in_two_pieces(cue: Cue) -> None:
    """First the story, then the question; one post, waiting since the first half."""
    play = cue.meet()
    wait_kinds = cue.kinds()
    named_late = cue.dice.chance(0.5)
    first = (
        cue.stage.line(
            play.person, cue.at, play.say("opening"), ("statement",), language=play.book.language
        )
        if named_late
        else play.mentions(cue.at, ("statement",), text=play.say("opening"), call="answer")
    )
    wait = play.waits(first, wait_kinds, undisturbed=True)
    gap = 12 * MINUTE if wait.fate.at is None else min(12 * MINUTE, (wait.fate.at - cue.at) // 2)
    text = play.words(wait_kinds)
    second = cue.stage.line(
        play.person, cue.at + max(int(gap * cue.dice.between(0.1, 0.95)) // SECOND, 20) * SECOND,
        f"@{play.account.handle} {text}" if named_late else text, wait_kinds, parent=first, piece_of=first,
        mentions=[(play.account, True)] if named_late else [], language=play.book.language,
    )  # fmt: skip
    if named_late:
        play.hears(first, ("statement", *wait_kinds), "mention", "answer")
        cue.stage.clause("named only in the second piece")
    else:
        cue.stage.ledger.heard[-1].kinds = ("statement", *wait_kinds)
        cue.stage.clause("pieces of theirs are one post")
    play_out(play, wait, second)


@scene("call", 4)
def goes_on_from_a_remark(cue: Cue) -> None:
    """A remark to us, and the question to it three quarters of an hour later."""
    play = cue.meet()
    remark = play.mentions(cue.at - cue.dice.whole(30, 90) * MINUTE, ("statement",))
    call = play.goes_on(cue.at, cue.kinds(), remark)
    cue.stage.clause("goes on from their own post")
    play_out(play, play.waits(call), call)


@scene("call", 2)
def asks_after_a_post_that_did_not_name_us(cue: Cue) -> None:
    """Opened to the world, named us below: our answer to either covers it."""
    play = cue.meet()
    remark = cue.stage.line(
        play.person, cue.at - cue.dice.whole(30, 90) * MINUTE, play.say("offside"), ("statement",),
        language=play.book.language,
    )  # fmt: skip
    call = play.mentions(cue.at, cue.kinds(), below=remark)
    cue.stage.clause("named below a post that was not for us")
    play_out(play, play.waits(call), call)


@scene("call", 3)
def asks_again_while_we_type(cue: Cue) -> None:
    """A second question comes while the answer to the first is being typed: it waits on."""
    play, call = call_to(cue, cue.kinds())
    wait = play.waits(call)
    if wait.fate.by != "answer" or wait.fate.at is None or wait.fate.at - call.at < 25 * MINUTE:
        play_out(play, wait, call)
        return
    symbol = "say_sorry" if "complaint" in wait.kinds else "say_answer"
    play.answers(wait.fate.at, call, symbol, wait=wait)
    second = play.goes_on(
        wait.fate.at - cue.dice.whole(60, 170) * SECOND, ("question",), call, text=play.say("also")
    )
    cue.stage.clause("asked while we typed")
    play_out(play, play.waits(second, follow_up=True), second)


@scene("call", 2.5)
def asks_in_two_branches(cue: Cue) -> None:
    """Two calls of one person in two places below one post; each branch has its own answer."""
    original = cue.original(cue.who.main)
    if original is None:
        return
    play = cue.meet(thread=original)
    call = play.comments(cue.at, cue.kinds(), original)
    wait = play.waits(call, undisturbed=True)
    if wait.fate.answer_at is None:
        return
    answer = play.answers(wait.fate.answer_at, call, "say_answer", wait=wait)
    other = play.comments(play.later(answer.at, 60), cue.kinds(), original)
    cue.stage.clause("two branches of one person")
    play_out(play, play.waits(other, follow_up=True), other)


@scene("call", 2)
def named_in_the_answer_to_another(cue: Cue) -> None:
    """Two ask the same; our answer to one names the other, and both have it."""
    original = cue.original(cue.who.main)
    if original is None or original.at > cue.at - 45 * MINUTE:
        return
    play = cue.meet(thread=original)
    kinds = cue.kinds()
    call = play.comments(cue.at, kinds, original)
    wait = play.waits(call, undisturbed=True)
    other = cue.meet(thread=original)
    while other.person.popular != play.person.popular:
        other = cue.meet(thread=original)
    second = other.comments(cue.soon(-1.5, 1.5), kinds, original)
    also = other.waits(second, undisturbed=True)
    also.fate = wait.fate
    if wait.fate.answer_at is None:
        return
    symbol = "say_sorry" if "complaint" in kinds else "say_answer"
    if wait.fate.answer_at - cue.at < 8 * MINUTE:
        other.answers(wait.fate.answer_at, second, symbol, wait=also)
        play.answers(wait.fate.answer_at, call, symbol, wait=wait)
        return
    play.talk.bound["other"] = other.person.first
    answer = play.answers(wait.fate.answer_at, call, "say_also", wait=wait, also=(other.person,))
    other.settles(answer.at, answer, also)
    cue.stage.clause("named in our answer to another")


@scene("call", 2)
def names_two_rivals(cue: Cue) -> None:
    """One post to two organisations: two conversations, and the clock of each runs by itself."""
    stage, dice = cue.stage, cue.dice
    rivals = [who for who in stage.organisations if who is not cue.who]
    if not rivals:
        return
    play = cue.meet()
    rival = dice.pick(rivals)
    call = play.mentions(cue.at, cue.kinds(), also=(rival.main,))
    theirs = Exchange(stage, rival, play.person, dice)
    theirs.talk = play.talk
    theirs.hears(call, call.kinds, "mention", "answer")
    stage.clause("two organisations named at once")
    for side, other in ((play, theirs), (theirs, play)):
        wait = side.waits(call, undisturbed=True)
        if wait.fate.answer_at is not None:
            answer = side.answers(wait.fate.answer_at, call, "say_answer", wait=wait)
            stage.ledger.talks.append(Talk(other.who, answer, play.person, call))


@scene("call", 1.5)
def turns_to_both_of_our_accounts(cue: Cue) -> None:
    sister = cue.who.account("service")
    if sister is None:
        return
    play = cue.meet()
    call = play.mentions(cue.at, cue.kinds(), also=(sister,))
    cue.stage.clause("two accounts of ours named at once")
    play_out(play, play.waits(call), call)


@scene("call", 1)
def mends_a_typo(cue: Cue) -> None:
    """An edit that changes nothing about the call restarts nothing."""
    play, call = call_to(cue, ("question",))
    wait = play.waits(call, undisturbed=True)
    call.editions.append(
        Edition(play.later(call.at, 6), call.text.replace("e", "ee", 1), call.kinds)
    )
    cue.stage.clause("an edit that changes no kind")
    play_out(play, wait, call)


@scene("instant", 1)
def a_machine_answers_everybody(cue: Cue) -> None:
    """The same words to three or more within a minute each: a machine, and nobody is settled."""
    if cue.soon(60, 60) > cue.stage.calendar.ends:
        return
    words = cue.stage.book(cue.stage.language)
    plays = [call_to(cue_at, cue_at.kinds(), account=cue.who.main) for cue_at in _in_a_row(cue)]
    text = words.say("instant", cue.dice, plays[0][0].talk)
    for play, call in plays:
        copy = cue.stage.line(
            cue.who.main,
            call.at + cue.dice.whole(4, 58) * SECOND,
            text,
            parent=call,
            language=words.language,
        )
        play.tells(copy, "reply", (play.person,), is_machine=True)
        play_out(play, play.waits(call, undisturbed=True), call)
    cue.stage.clause("instant copies never settle")


def _in_a_row(cue: Cue) -> list[Cue]:
    return [
        Cue(cue.stage, cue.who, cue.soon(0, 40), cue.dice, cue.is_crisis)
        for _ in range(cue.dice.whole(4, 7))
    ]
