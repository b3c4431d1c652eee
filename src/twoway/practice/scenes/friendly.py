"""Praise, stories, remarks, thanks: what calls for a kind word, or for nothing."""

from twoway.practice.clock import MINUTE, SECOND
from twoway.practice.exchange import Exchange
from twoway.practice.lines import Line
from twoway.practice.plots import play_out
from twoway.practice.plots.afterwards import receive
from twoway.practice.scenes.cue import FRIENDLY, Cue, scene


@scene("kind", 44)
def says_something_below_our_post(cue: Cue) -> None:
    account = cue.account()
    original = cue.original(account)
    if original is None:
        names_us_kindly(cue)
        return
    play = cue.meet(account, original)
    receive(play, play.comments(cue.at, FRIENDLY.draw(cue.dice), original))


@scene("kind", 26)
def answers_our_invitation(cue: Cue) -> None:
    """Below something we asked everybody, even a mere hello is worth a kind word."""
    account = cue.account()
    original = cue.original(account, invitation=True)
    if original is None:
        return
    play = cue.meet(account, original)
    if cue.dice.chance(0.12):
        line = play.comments(
            cue.at, ("closer",), original, text=play.say("hello_again"), call="kind_word"
        )
    else:
        kinds = ("story",) if cue.dice.chance(0.3) else ("statement",)
        line = play.comments(cue.at, kinds, original)
    cue.stage.clause("below an invitation")
    receive(play, line)


@scene("kind", 18)
def names_us_kindly(cue: Cue) -> None:
    play = cue.meet()
    receive(play, play.mentions(cue.at, FRIENDLY.draw(cue.dice)))


@scene("kind", 8)
def quotes_us_with_words(cue: Cue) -> None:
    original = cue.original(cue.who.main)
    if original is None:
        return
    play = cue.meet()
    praise = cue.dice.chance(0.5)
    line = play.says(
        cue.at, ("praise",) if praise else ("statement",), "quote",
        text=play.say("quote_praise" if praise else "quote_statement"), quoted=original,
    )  # fmt: skip
    cue.stage.clause("a quote with words of their own")
    receive(play, line)


@scene("kind", 5)
def thanks_us_out_of_nowhere(cue: Cue) -> None:
    """Before any post of ours a thank-you counts as praise."""
    play = cue.meet()
    line = play.mentions(cue.at, ("closer",), call="kind_word")
    cue.stage.clause("a closer before any post of ours")
    receive(play, line)


@scene("kind", 12)
def waves_below_our_post(cue: Cue) -> None:
    """An emoji or a good morning below a post of ours asks for nothing."""
    original = cue.original(cue.who.main, invitation=False)
    if original is None:
        return
    play = cue.meet(thread=original)
    play.comments(cue.at, ("closer",), original, text=play.say("hello_again"))
    cue.stage.clause("a closer below our post")


@scene("kind", 6)
def praises_while_a_complaint_is_open(cue: Cue) -> None:
    """A like for the praise is for the praise, never for the complaint."""
    play = cue.meet()
    complaint = play.mentions(cue.at, ("complaint",))
    wait = play.waits(complaint, undisturbed=True)
    at = cue.at + 25 * MINUTE
    if wait.fate.at is None or wait.fate.at > at + 40 * MINUTE:
        praise = play.goes_on(at, ("praise",), complaint)
        cue.stage.clause("praise while a complaint is open")
        if cue.dice.chance(cue.who.character.warmth.like):
            kindness = play.thanked_for(praise)
            kindness.settled_at, kindness.settled_by = at + 10 * MINUTE, "like"
            cue.stage.likes_it(play.account, praise, at + 10 * MINUTE)
    play_out(play, wait, complaint, quiet=True)


@scene("kind", 3)
def praises_in_two_pieces(cue: Cue) -> None:
    """Our like of the second piece is a like of the whole."""
    play = cue.meet()
    first = play.mentions(cue.at, ("praise",))
    second = cue.stage.line(
        play.person, cue.at + cue.dice.whole(40, 400) * SECOND, play.say("story"), ("story",), parent=first,
        piece_of=first, language=play.book.language,
    )  # fmt: skip
    cue.stage.ledger.heard[-1].kinds = ("praise", "story")
    play.expects(first, cue.who.character.warmth.like)
    if cue.dice.chance(cue.who.character.warmth.like):
        at = cue.who.presence.after(second.at, 20)
        kindness = play.thanked_for(first)
        kindness.settled_at, kindness.settled_by = at, "like"
        cue.stage.likes_it(play.account, second, at)
    cue.stage.clause("a like of a piece is a like of the whole")


@scene("kind", 2)
def shares_us_without_a_word(cue: Cue) -> None:
    original = cue.original(cue.who.main)
    if original is None:
        return
    person = cue.stage.somebody(original.by.network, cue.dice)
    cue.stage.line(person, cue.at, "", shared=original)
    cue.stage.clause("a plain share asks nothing")


@scene("kind", 2)
def is_kind_in_private(cue: Cue) -> None:
    play = cue.meet()
    line = play.says(cue.at, ("praise",), "private", private=True, mentions=[(play.account, True)])
    cue.stage.clause("praise in private")
    receive(play, line)


@scene("joins", 1)
def we_join_a_stranger(cue: Cue) -> None:
    """We write below somebody who neither named us nor wrote to us, and they answer or not."""
    stage, dice = cue.stage, cue.dice
    play = cue.meet()
    root = stage.line(
        play.person, cue.at - dice.whole(1200, 40_000) * SECOND, play.say("offside"), ("statement",),
        language=play.book.language,
    )  # fmt: skip
    line = play.answers(cue.who.presence.after(cue.at, 5), root, "join")
    stage.ledger.told[-1].is_unprompted = True
    stage.clause("we join unprompted")
    _reacts(play, line.at + dice.whole(900, 9000) * SECOND, line)


def _reacts(play: Exchange, at: int, line: Line) -> None:
    roll = play.dice.roll()
    if roll < 0.35:
        play.replies(at, ("closer",), line)
    elif roll < 0.5:
        call = play.replies(at, ("question",), line, text=play.say("also"))
        play_out(play, play.waits(call, follow_up=True), call)
    elif roll < 0.65:
        receive(play, play.replies(at, ("praise",), line, text=play.say("thanks_warm")))
