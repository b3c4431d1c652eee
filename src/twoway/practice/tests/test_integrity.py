"""Everything a world hands over fits together."""

from collections import Counter

import pytest

from twoway.core.coverage import STREAMS
from twoway.core.readings import OUR_KINDS, THEIR_KINDS
from twoway.practice import World, build


@pytest.fixture(scope="module")
def posts(world: World):
    return {post.id: post for post, _ in world.posts()}


@pytest.fixture(scope="module")
def accounts(world: World):
    return {(account.network, account.id): account for account in world.accounts()}


def test_ids_are_told_apart(world, posts, accounts):
    assert len(posts) == len(list(world.lines()))
    assert len(accounts) == len(list(world.accounts()))


def test_everybody_named_has_an_account(posts, accounts):
    for post in posts.values():
        named = {post.author, *(mention.account for mention in post.mentions)}
        named |= {post.parent_author, post.root_author, post.quoted_author, post.shared_author} - {
            None
        }
        assert all((post.network, account) in accounts for account in named), post


def test_what_a_post_points_to_is_there_and_older(posts):
    for post in posts.values():
        links = [link.leads_to for link in post.links if link.leads_to]
        targets = [post.parent, post.root, post.quoted, post.shared, *links]
        for target in (target for target in targets if target is not None):
            if target.startswith("gone-"):
                continue
            assert posts[target].said_at < post.said_at or target == post.id, (post, posts[target])
            assert posts[target].network == post.network


def test_nothing_lies_outside_the_time_of_the_world(world, posts):
    for post in posts.values():
        assert world.begins <= post.said_at <= world.ends
        assert post.deleted_at is None or post.said_at < post.deleted_at <= world.ends
        for version in post.earlier:
            assert post.said_at < version.replaced_at <= world.ends
    for reaction in world.reactions():
        assert reaction.reacted_at is not None
        assert posts[reaction.post].said_at < reaction.reacted_at <= world.ends


def test_every_version_has_a_reading(world):
    for post, readings in world.posts():
        assert len(readings) == len(post.earlier) + 1


def test_kinds_are_known_and_on_the_right_side(world):
    ours = {account.id for who in world.organisations for account in who.accounts}
    for post, readings in world.posts():
        for reading in readings:
            names = {
                kind.name for kind in (reading.ours if post.author in ours else reading.theirs)
            }
            assert names <= set(OUR_KINDS if post.author in ours else THEIR_KINDS), post
            assert not (reading.theirs if post.author in ours else reading.ours)


def test_private_stays_private(posts):
    for post in posts.values():
        if post.parent is not None and post.parent in posts:
            assert posts[post.parent].visibility == post.visibility
        assert (post.visibility == "private") == (post.nesting == "chat")


def test_flat_threads_have_no_depth(posts):
    for post in posts.values():
        if post.nesting == "flat" and post.parent is not None:
            assert posts[post.parent].parent is None


def test_all_streams_of_five_organisations_are_covered(world):
    rows = list(world.coverage())
    assert len(world.organisations) == 5
    for who in world.organisations:
        for account in who.accounts:
            streams = {row.stream for row in rows if row.account == account.id and row.is_complete}
            assert streams == set(STREAMS)
    assert {(row.begins, row.ends) for row in rows} == {(world.begins, world.ends)}


def test_less_may_be_covered():
    world = build(
        1, posts=600, covered={"Larkway Buses": "own posts", "Corvane Transit": "sampled"}
    )
    by_account: dict[str, Counter[tuple[str, bool]]] = {}
    for row in world.coverage():
        by_account.setdefault(row.account, Counter())[row.stream, row.is_complete] += 1
    assert {stream for stream, _ in by_account["own-larkway"]} == {
        "originals",
        "replies",
        "shares",
        "profile",
    }
    assert by_account["own-corvane"]["comments", False] == 1
    assert by_account["own-corvane"]["originals", True] == 1
    assert by_account["own-bluequayhelp"]["comments", True] == 1


def test_what_is_not_covered_is_not_there():
    whole = build(1, posts=900)
    part = build(1, posts=900, covered={"Larkway Buses": "own posts", "Corvane Transit": "sampled"})
    ids = {line.id for line in part.lines()}
    missing = Counter(heard.who.name for heard in whole.ledger.heard if heard.line.id not in ids)
    received = Counter(heard.who.name for heard in whole.ledger.heard)
    assert missing["Larkway Buses"] > 0.9 * received["Larkway Buses"]
    assert 0.1 < missing["Corvane Transit"] / received["Corvane Transit"] < 0.5
    assert {line.id for line in whole.lines() if line.is_ours} <= ids
