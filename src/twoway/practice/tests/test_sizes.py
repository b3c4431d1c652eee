"""A world has the size, the length and the cast that was asked for."""

import pytest

from twoway.practice import build
from twoway.practice.clock import DAY
from twoway.practice.grammar import settings


@pytest.mark.parametrize("posts", [1_000, 3_000])
def test_about_as_many_posts_as_asked(posts):
    assert abs(len(list(build(2, posts=posts).lines())) - posts) < posts * 0.03


@pytest.mark.parametrize("organisations", [1, 2, 7])
def test_any_number_of_organisations(organisations):
    world = build(2, posts=1_200, organisations=organisations)
    names = [who.name for who in world.organisations]
    assert len(set(names)) == organisations
    assert (
        len({account.id for who in world.organisations for account in who.accounts})
        >= organisations
    )


@pytest.mark.parametrize("days", [30, 240])
def test_any_length(days):
    world = build(2, posts=1_000, days=days)
    assert abs(world.ends - world.begins - days * DAY) < DAY


@pytest.mark.parametrize("setting", settings())
def test_every_setting_can_be_played(setting):
    world = build(2, posts=1_000, setting=setting)
    assert len(world.organisations) == 5
    assert len(list(world.lines())) > 950


def test_there_are_five_settings():
    assert settings() == ("museum", "shop", "telecoms", "town_hall", "transport")


def test_worlds_of_other_numbers_share_no_id():
    one, other = (build(2, posts=500, number=number) for number in (0, 1))
    for things in (lambda w: w.lines(), lambda w: w.accounts()):
        assert {thing.id for thing in things(one)}.isdisjoint(thing.id for thing in things(other))
    assert {who.name for who in one.organisations}.isdisjoint(
        who.name for who in other.organisations
    )
