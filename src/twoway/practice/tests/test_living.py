"""The people of a practice town: what follows from a plan that is due."""

from dataclasses import replace

import pytest

from twoway.practice.dice import Dice
from twoway.practice.grammar import settings
from twoway.practice.living.life import answered, happens, published
from twoway.practice.living.plans import About, Likes, Plan, Says, Standing, TakesBack
from twoway.practice.living.town import Town

TOWN = Town(seed=3, speed=60)
ROLLS = range(200)


class Street:
    """What one person sees: the posts that stand, and whether they were answered."""

    def __init__(self, *posts, is_answered=False):
        self.posts = {post.id: post for post in posts}
        self.is_answered = is_answered

    def post(self, post):
        return self.posts.get(post)

    def answered(self, person, post):
        del person, post
        return self.is_answered

    def lately(self):
        return [post for post in self.posts.values() if post.is_ours]

    def somebody(self, person):
        return TOWN.newcomer(int(person.rpartition("-")[2]))


def standing(name="7", *, author="person-4", text="Where is the bus?", ours=False, private=False):
    return Standing(
        id=name, author="us" if ours else author, text=text, kinds=("question",),
        is_private=private, is_ours=ours, about=About(topic=1),
    )  # fmt: skip


def follows(plan, street):
    return [list(happens(plan, street, TOWN, Dice(1, roll))) for roll in ROLLS]


def said(many):
    return [deed for deeds in many for deed in deeds if isinstance(deed, Says)]


def test_who_arrives_begins_below_a_post_of_ours_or_names_us():
    ours = standing("1", ours=True)
    for one in said(follows(Plan(what="arrives", after=0, person="person-9"), Street(ours))):
        assert one.is_private or one.below == "1" or one.names == ("larkway",)


def test_who_asks_means_to_come_back_and_who_praises_does_not():
    for one in said(follows(Plan(what="arrives", after=0, person="person-9"), Street())):
        means = [plan.what for plan in one.then]
        if one.kinds[0] in ("question", "complaint", "request"):
            assert means[0] == "loses patience"
        else:
            assert means == []


def test_who_waits_in_vain_asks_again_withdraws_or_deletes():
    plan = Plan(what="loses patience", after=0, person="person-4", post="7")
    deeds = [deed for deeds in follows(plan, Street(standing())) for deed in deeds]
    assert {type(deed) for deed in deeds} == {Says, TakesBack}
    assert {one.kinds[0] for one in deeds if isinstance(one, Says)} == {"question", "withdrawal"}
    assert all(one.below == "7" for one in deeds if isinstance(one, Says))


@pytest.mark.parametrize("what", ["loses patience", "is helped by another"])
@pytest.mark.parametrize("street", [Street(standing(), is_answered=True), Street()])
def test_who_was_answered_or_took_it_back_waits_no_more(what, street):
    plan = Plan(what=what, after=0, person="person-4", post="7")
    assert not any(follows(plan, street))


def test_nobody_loses_patience_for_ever():
    street = Street(standing())
    for roll in ROLLS:
        plan = Plan(what="loses patience", after=0, person="person-4", post="7")
        for depth in range(10):
            again = [
                p
                for one in said([happens(plan, street, TOWN, Dice(2, roll, depth))])
                for p in one.then
            ]
            if not again:
                break
            plan = replace(again[0], post="7")
        assert depth < 3


def test_a_question_of_ours_is_told_what_it_asks():
    ours = standing("8", ours=True, text="Hi! Which day was that? – Ana")
    plan = Plan(what="reacts", after=0, person="person-4", post="8", about=About(topic=1))
    for one in said(follows(plan, Street(ours))):
        assert (one.below, one.kinds) == ("8", ("statement",))


def test_an_answer_is_thanked_asked_on_or_found_wanting():
    ours = standing("8", ours=True, text="It is mended. – Ana")
    plan = Plan(what="reacts", after=0, person="person-4", post="8", about=About(topic=1))
    deeds = [deed for deeds in follows(plan, Street(ours)) for deed in deeds]
    kinds = {one.kinds[0] for one in deeds if isinstance(one, Says)}
    assert kinds == {"closer", "question", "complaint"}
    assert any(isinstance(one, Likes) for one in deeds)


def test_in_private_everything_stays_private():
    ours = standing("8", ours=True, text="It is mended. – Ana", private=True)
    plan = Plan(what="reacts", after=0, person="person-4", post="8")
    assert all(one.is_private for one in said(follows(plan, Street(ours))))


def test_speed_makes_the_same_wait_shorter():
    slow, fast = Town(seed=3, speed=1), Town(seed=3, speed=120)
    to, ours = standing(), standing("8", ours=True)
    waits = [next(answered(ours, to, town, Dice(1))).after for town in (slow, fast)]
    assert waits[0] // 120 == waits[1]


def test_an_original_draws_a_few_and_not_the_whole_town():
    counts = {len(list(published("1", TOWN, Dice(5, roll)))) for roll in ROLLS}
    assert counts <= {0, 1, 2, 3}
    assert len(counts) > 2


@pytest.mark.parametrize("setting", settings())
def test_every_setting_has_words_for_everybody(setting):
    town = Town(seed=3, setting=setting)
    for number in range(60):
        plan = Plan(what="arrives", after=0, person=f"person-{number}")
        for deed in happens(plan, Street(standing("1", ours=True)), town, Dice(number)):
            assert "{" not in deed.text
            assert deed.text.strip()
