"""What is found by which words; the same on both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.desk import clock
from twoway.desk.inbox import queries
from twoway.desk.inbox.queries import Narrowed
from twoway.desk.inbox.search import asking
from twoway.desk.inbox.search.asking import ask
from twoway.desk.inbox.search.index import month
from twoway.desk.inbox.search.tokens import LONGEST, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("Café, naïve!", ["cafe", "naive"]),
        ("snake_case #tag @who", ["snake", "case", "tag", "who"]),
        ("鲸鱼馆几点", ["鲸鱼", "鱼馆", "馆几", "几点"]),
        ("A鲸B", ["a", "鲸", "b"]),
        ("ｆｕｌｌ ﬁne", ["full", "fine"]),
        ("", []),
    ],
)
def test_tokens(text, found):
    assert tokens(text) == found


@given(st.text(max_size=200))
def test_any_text_has_plain_tokens(text):
    assert all(token.isalnum() and 0 < len(token) <= LONGEST for token in tokens(text))


@given(st.text(max_size=100))
def test_any_question_can_be_asked(text):
    asked = ask(text)
    assert all(token.isalnum() for token in (*asked.words, *asked.beginnings))


@pytest.fixture(params=[1, asking.WALKED])
def walked(request, monkeypatch):
    """Let PostgreSQL find posts by its index, and by reading the newest."""
    monkeypatch.setattr(asking, "WALKED", request.param)


@pytest.fixture
def said(museum, walked):  # noqa: ARG001  found in both ways
    for text in (
        "When does the whale hall open?",
        "The hall was cold.",
        "鲸鱼馆几点开门",
        "Strahlend schön!",
        "the open hall",
    ):
        museum.asks(text, author=f"a{len(text)}")
    return museum


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("hall", ["the open hall", "The hall was cold.", "When does the whale hall open?"]),
        ("HALL open", ["the open hall", "When does the whale hall open?"]),
        ('"whale hall"', ["When does the whale hall open?"]),
        ('"hall open"', ["When does the whale hall open?"]),
        ("几点", ["鲸鱼馆几点开门"]),
        ("stra*", ["Strahlend schön!"]),
        ("s*", []),
        ("schon", ["Strahlend schön!"]),
        ("whale cold", []),
        ("", []),
        ("' or 1=1 -- \" ( :*", []),
    ],
)
def test_words(said, words, found):
    hits = queries.search_for_observer(said.omar, words).hits
    assert [hit.post.text for hit in hits] == found
    assert all(hit.conversation for hit in hits)


@pytest.mark.django_db
def test_narrowing(said):
    def search(words="", **narrowed):
        hits = queries.search_for_observer(said.omar, words, Narrowed(**narrowed)).hits
        return [hit.post.text for hit in hits]

    assert search("hall", kind="question") == ["When does the whale hall open?"]
    assert search(language="zh") == ["鲸鱼馆几点开门"]
    assert search("hall", channel=said.channel.pk + 1) == []
    assert search("hall", is_ours=True) == []
    assert search("hall", person=said.talk("a13").person_id) == ["the open hall"]
    assert len(search("hall", month=month(said.at))) in {1, 2, 3}
    assert search(kind="complaint") == ["Strahlend schön!"]


@pytest.mark.django_db
@pytest.mark.usefixtures("walked")
def test_pages_of_hits_go_back_in_time(museum):
    for n in range(5):
        museum.asks(f"Whale {n}?", author=f"a{n}")
        museum.at -= 40 * clock.DAY
    seen, before = [], None
    while True:
        found = queries.search_for_observer(museum.omar, "whale", before=before, size=2)
        seen += [hit.post.text for hit in found.hits]
        if found.next is None:
            break
        before = found.next
    assert seen == [f"Whale {n}?" for n in range(5)]
