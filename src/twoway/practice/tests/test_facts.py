"""The script and the pure turn rule say the same of every wait: two roads, one answer."""

from collections import Counter

import pytest

from twoway.core.turns import Held, Situation, conversations
from twoway.practice import World, build
from twoway.practice.cast import Organisation
from twoway.practice.lines import Line, as_it_stands, as_post


def _situation(world: World, who: Organisation, network: str) -> Situation:
    ours = frozenset(account.id for account in who.accounts if account.network == network)
    lines = [line for line in world.lines() if line.by.network == network and _is_seen(line, ours)]
    return Situation(
        posts=tuple(as_post(line, world.ends) for line in lines),
        kinds={line.id: _history(line, world.ends) for line in lines}, ours=ours, now=world.ends,
        automatic=frozenset(a.id for a in world.accounts() if a.automatic and a.network == network),
        likes=tuple(like for like in world.reactions() if like.network == network),
        marks=tuple(mark for line, mark in world.stage.marks if line.by.network == network),
    )  # fmt: skip


def _is_seen(line: Line, ours: frozenset[str]) -> bool:
    """Leave out private messages to rivals, which an organisation never sees."""
    if not line.is_private:
        return True
    return any(
        {one.by.id, *(who.id for who, _ in one.mentions)} & ours for one in (line, line.root)
    )


def _history(line: Line, ends: int) -> tuple[Held, ...]:
    gone, _, kinds = as_it_stands(line, ends)
    times = [line.at, *(edition.replaced_at for edition in gone)]
    versions = [*(edition.kinds for edition in gone), kinds]
    return tuple(Held(at, frozenset(kinds)) for at, kinds in zip(times, versions, strict=True))


def _places(world: World):
    for who in world.organisations:
        for network in sorted({account.network for account in who.accounts}):
            yield who, network


def _waits(
    world: World, who: Organisation, network: str, *, sure: bool
) -> Counter[tuple[object, ...]]:
    return Counter(
        (wait.person.id, wait.since, wait.ended_at, "withdrawal" if wait.ended_by == "edited" else wait.ended_by)
        for wait in world.ledger.waits
        if wait.who is who and wait.person.network == network and wait.is_sure is sure
    )  # fmt: skip


def _assert_rule_agrees(world: World) -> None:
    for who, network in _places(world):
        judged = conversations(_situation(world, who, network))
        sure = Counter(
            (c.person, wait.since, wait.until, wait.by)
            for c in judged.conversations
            for wait in c.intervals
        )
        unsure = Counter(
            (c.person, wait.since, wait.until, wait.by)
            for c in judged.conversations
            for wait in c.maybe_waits
        )
        assert sure == _waits(world, who, network, sure=True)
        assert unsure == _waits(world, who, network, sure=False)
        talks = {
            talk.line.id
            for talk in world.ledger.talks
            if talk.who is who and talk.line.by.network == network
        }
        assert set(judged.community) == talks


def test_the_rule_finds_every_wait_of_the_script():
    _assert_rule_agrees(build(1, posts=3_000))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_the_rule_finds_every_wait_of_many_scripts(seed):
    _assert_rule_agrees(build(seed))
