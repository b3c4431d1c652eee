"""Past conversations like a new one, kept in a file."""

import pytest

from twoway.language.similar import Similar

PAST = (
    (1, "The night bus did not come, how do I get my money back?"),
    (2, "Do you have the blue jacket in size M?"),
    (3, "My ticket machine ate ten euros"),
)


@pytest.fixture
def index():
    return Similar(PAST)


def test_finds_what_was_asked_before_and_the_words_both_have(index):
    (first, *_) = index.find("night bus never came, can I get my money back")
    assert first.post == 1
    assert {"night", "bus", "money"} <= set(first.shared)


def test_what_is_like_nothing_finds_nothing(index):
    assert index.find("Schöne Ausstellung!") == []
    assert Similar([]).find("anything") == []


def test_is_the_same_after_a_night_on_disk(index, tmp_path):
    index.save(tmp_path / "similar.npz")
    loaded = Similar.load(tmp_path / "similar.npz")
    assert loaded.find("blue jacket?") == index.find("blue jacket?") != []


def test_grows_and_forgets(index, tmp_path):
    grown = index.with_more([(4, "Lost my grey cat near the harbour"), (2, "Is the pool heated?")])
    assert [match.post for match in grown.find("grey cat at the harbour")] == [4]
    assert grown.find("blue jacket") == []
    left = grown.without({4})
    assert left.find("grey cat at the harbour") == []
    assert len(left) == 3
    left.save(tmp_path / "similar.npz")
    assert b"harbour" not in (tmp_path / "similar.npz").read_bytes()


@pytest.mark.parametrize("content", [None, b"", b"torn", b"PK\x03\x04"])
def test_no_file_or_a_torn_one_is_made_anew(tmp_path, content):
    if content is not None:
        (tmp_path / "similar.npz").write_bytes(content)
    assert Similar.load(tmp_path / "similar.npz") is None


def test_an_empty_index_and_odd_texts_survive(tmp_path):
    for posts in ([], [(1, "a\0b"), (-5, "")]):
        Similar(posts).save(tmp_path / "similar.npz")
        assert len(Similar.load(tmp_path / "similar.npz")) == len(posts)
