"""Members among themselves below our posts: seen by us, and never our turn."""

from twoway.practice.clock import SECOND
from twoway.practice.plots.afterwards import receive
from twoway.practice.scenes.cue import FRIENDLY, Cue, scene


@scene("members", 60)
def two_chat_below_our_post(cue: Cue) -> None:
    """One says something to us, another to them; perhaps they go back and forth."""
    account = cue.account()
    original = cue.original(account)
    if original is None:
        return
    play = cue.meet(account, original)
    opening = play.comments(cue.at, FRIENDLY.draw(cue.dice), original)
    other = play.somebody_else(original)
    at = cue.at + cue.dice.whole(240, 6000) * SECOND
    asks = cue.dice.chance(0.4)
    reply = play.member_says(
        at,
        other,
        play.say("member_asks" if asks else "member_agrees"),
        ("question",) if asks else ("statement",),
        opening,
    )
    cue.stage.clause("community talk")
    if cue.dice.chance(0.5):
        at += cue.dice.whole(1000, 6000) * SECOND
        back = play.member_says(at, play.person, play.say("member_replies"), ("statement",), reply)
        if cue.dice.chance(0.25) and not play.is_flat:
            play.member_says(
                at + 1200 * SECOND, other, play.say("member_replies"), ("statement",), back
            )
    if cue.dice.chance(0.7):
        receive(play, opening)


@scene("members", 12)
def another_replies_below_a_question(cue: Cue) -> None:
    """A member answers a question put to us and nobody thanks them: it waits on."""
    original = cue.original(cue.who.main)
    if original is None:
        return
    play = cue.meet(thread=original)
    call = play.comments(cue.at, ("question",), original)
    wait = play.waits(call, undisturbed=True)
    other = play.somebody_else(original)
    at = cue.at + cue.dice.whole(200, 4000) * SECOND
    help_ = play.member_says(at, other, play.say("member"), ("statement",), call)
    cue.stage.clause("another member's answer does not settle")
    if cue.dice.chance(0.3):
        third = play.somebody_else(original)
        play.talk.bound["other"] = other.first
        play.member_says(at + 900 * SECOND, third, play.say("another_thanks"), ("closer",), help_)
        cue.stage.clause("somebody else thanks the member")
    if wait.fate.answer_at is not None:
        symbol = "say_sorry" if "complaint" in wait.kinds else "say_answer"
        play.answers(wait.fate.answer_at, call, symbol, wait=wait)


@scene("members", 10)
def our_name_rides_along(cue: Cue) -> None:
    """Somebody names us kindly, another replies to them: the name was copied, not typed."""
    play = cue.meet()
    line = play.mentions(cue.at, ("statement",))
    other = play.somebody_else(line)
    play.member_says(
        cue.at + cue.dice.whole(300, 9000) * SECOND,
        other,
        play.say("member_agrees"),
        ("statement",),
        line,
    )
    cue.stage.clause("a copied name addresses nobody")
