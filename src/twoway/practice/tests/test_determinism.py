"""The same seed makes the same world, on every machine, in every version and every run."""

import subprocess
import sys
from hashlib import blake2b

import pytest

from twoway.practice import World, build
from twoway.practice.dice import Dice, Urn


def digest(world: World) -> str:
    """Return a digest of everything a reader of the world would hand over, readings included."""
    found = blake2b(digest_size=8)
    for post, readings in world.posts():
        found.update(repr((post, [sorted(reading.words) for reading in readings])).encode())
        found.update(repr([(r.theirs, r.ours, r.text_key, r.signature) for r in readings]).encode())
    for record in (*world.accounts(), *world.reactions(), *world.follows(), *world.coverage()):
        found.update(repr(record).encode())
    return found.hexdigest()


def test_dice_roll_what_they_have_always_rolled():
    # Of Python only random() is promised to stay; whoever changes the dice changes every world.
    dice = Dice(7, "test")
    assert [dice.whole(1, 6) for _ in range(8)] == [3, 5, 6, 2, 2, 5, 6, 3]
    assert [round(dice.around(10, 0.5), 6) for _ in range(3)] == [10.398324, 32.519971, 15.27045]
    assert "".join(dice.pick("abcdef") for _ in range(6)) == "ebcdcd"


def test_streams_of_other_seeds_are_others():
    assert Dice(7, "a").roll() != Dice(7, "b").roll() != Dice(8, "b").roll()


def test_urns_draw_by_weight():
    urn = Urn({"often": 9.0, "seldom": 1.0})
    dice = Dice(1, "urn")
    assert urn.part("often") == 0.9
    assert 850 < sum(urn.draw(dice) == "often" for _ in range(1000)) < 940


def test_same_seed_same_world_and_another_one_is_another():
    assert digest(build(3, posts=900)) == digest(build(3, posts=900)) != digest(build(4, posts=900))


@pytest.mark.slow
def test_python_hashes_have_no_say():
    # Sets and dictionaries come in another order in every process, unless something sorts them.
    command = "import runpy, sys; m = runpy.run_path(sys.argv[1]); print(m['digest'](m['build'](3, posts=900)))"
    answers = {
        subprocess.run(
            [sys.executable, "-c", command, __file__], env={"PYTHONHASHSEED": seed}, capture_output=True,
            text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(answers) == 1
