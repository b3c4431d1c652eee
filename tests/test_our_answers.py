"""What the model makes of answers that it was not trained on: those of a practice world."""

from twoway.language import Utterance, read
from twoway.practice import build
from twoway.practice.lines import as_post

# Four in a hundred are meant as a promise; some more say in passing that they will keep an eye on it.
MOST_PROMISES = 0.15


def answers():
    world = build(3, posts=3000, setting="museum")
    ours = {account.id for who in world.organisations for account in who.accounts}
    for line in world.lines():
        post = as_post(line, world.ends)
        if post.author in ours and post.parent is not None:
            yield post.text, set(line.kinds)


def test_plain_answers_are_no_promises_and_questions_back_are_seen():
    told = list(answers())
    readings = read([Utterance(text=text, is_reply=True) for text, _ in told])
    held = [{kind.name for kind in reading.ours if kind.holds} for reading in readings]
    assert sum("promise" in kinds for kinds in held) < MOST_PROMISES * len(told)
    asked = [kinds for kinds, (_, meant) in zip(held, told, strict=True) if "asks" in meant]
    assert sum("asks" in kinds for kinds in asked) > 0.85 * len(asked)
