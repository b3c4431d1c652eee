"""Odd posts: spam, crowds of names, unclear remarks, hostile emoji, machines of others."""

from twoway.core.posts import Link
from twoway.practice.exchange import Exchange
from twoway.practice.plots import play_out
from twoway.practice.scenes.cue import Cue, call_to, scene


@scene("spam", 1)
def advertises(cue: Cue) -> None:
    """Spam is spam, whatever else it seems to ask."""
    account = cue.account()
    original = cue.original(account)
    if original is None:
        account = cue.who.main
    spammer = cue.dice.pick(cue.stage.populations[account.network].spammers)
    play = Exchange(cue.stage, cue.who, spammer, cue.dice, account)
    link = cue.dice.pick(play.book.lists["spam_link"])[0]
    text = f"{play.say('spam')} {link}"
    kinds = ("spam", "question") if "?" in text else ("spam",)
    if original is not None and spammer.id not in original.present:
        play.comments(cue.at, kinds, original, text=text, links=[Link(link)])
    elif not account.is_flat:
        play.mentions(cue.at, kinds, text=text, links=[Link(link)])
    cue.stage.clause("spam")


@scene("odd", 30)
def is_unclear(cue: Cue) -> None:
    """Neither sure to call for an answer nor sure not to."""
    play, line = call_to(cue, ("unsure",), account=cue.who.main)
    wait = play.waits(line, undisturbed=True)
    wait.is_sure = False
    if wait.fate.answer_at is not None and cue.dice.chance(0.5):
        play.answers(wait.fate.answer_at, line, "say_answer", wait=wait)
    cue.stage.clause("unsure")


@scene("odd", 6)
def is_unclear_until_a_teammate_says(cue: Cue) -> None:
    """A correction counts as if it had always been so."""
    marked_at = cue.soon(20, 300)
    if marked_at > cue.stage.calendar.ends:
        return
    play, line = call_to(cue, ("unsure",), account=cue.who.main)
    play.is_corrected(line, ("question",))
    cue.stage.marks_it(line, "corrected_kind", marked_at, "question")
    cue.stage.clause("a teammate's correction wins")
    play_out(play, play.waits(line, ("question",), undisturbed=True), line)


@scene("odd", 24)
def is_hostile(cue: Cue) -> None:
    """A clown below our post is a complaint."""
    original = cue.original(cue.who.main)
    if original is None:
        return
    play = cue.meet(thread=original)
    call = play.comments(cue.at, ("complaint",), original, text=play.say("hostile"))
    cue.stage.clause("a hostile emoji")
    play_out(play, play.waits(call), call)


@scene("odd", 14)
def names_a_crowd(cue: Cue) -> None:
    """Five names at once call for nothing."""
    play = cue.meet()
    others = [cue.stage.somebody(play.person.network, cue.dice, None) for _ in range(9)]
    crowd = tuple({other.id: other for other in others if other is not play.person}.values())[:4]
    if len(crowd) < 4 or play.person.language != cue.stage.language:
        return
    play.mentions(cue.at, ("question",), text=play.say("crowd"), also=crowd, call="nothing")
    cue.stage.clause("five names at once")


@scene("odd", 6)
def names_a_crowd_below_our_post(cue: Cue) -> None:
    """Five names in a direct reply to a post of ours: we are asked all the same."""
    original = cue.original(cue.who.main)
    if original is None:
        return
    play = cue.meet(thread=original)
    others = [cue.stage.somebody(play.person.network, cue.dice, original) for _ in range(9)]
    crowd = list({other.id: other for other in others if other is not play.person}.values())[:4]
    names = " ".join(f"@{who.handle}" for who in crowd)
    call = play.comments(
        cue.at, ("question",), original, text=f"{names} @{play.account.handle} {play.words(('question',))}",
        mentions=[(play.account, True), *((who, True) for who in crowd)],
    )  # fmt: skip
    cue.stage.clause("five names in a direct reply")
    play_out(play, play.waits(call), call)


@scene("odd", 8)
def a_bot_names_us(cue: Cue) -> None:
    """What somebody else's machine writes is not addressed to anybody."""
    population = cue.stage.populations[cue.who.main.network]
    if not population.automatic:
        return
    bot = cue.dice.pick(population.automatic)
    text = f"@{cue.who.main.handle} {cue.dice.pick(cue.stage.book(cue.stage.language).lists['bot'])[0]}"
    cue.stage.line(
        bot, cue.at, text, ("statement",), mentions=[(cue.who.main, True)], automatic=True, client="botkit",
        language=cue.stage.language,
    )  # fmt: skip
    cue.stage.clause("a bot is not a person")


@scene("odd", 10)
def shares_our_answer_to_another(cue: Cue) -> None:
    """Passing something of ours on makes no conversation."""
    original = cue.original(cue.who.main)
    if original is None:
        return
    person = cue.stage.somebody(original.by.network, cue.dice)
    cue.stage.line(person, cue.at, "", shared=original, language=cue.stage.language)
    cue.stage.likes_it(person, original, cue.at + 60_000_000)
    cue.stage.clause("a plain share asks nothing")
