"""Lists, the conversation page, the person's page: what stands where, and why."""

import pytest

from twoway.core.accounts import Account
from twoway.desk import clock
from twoway.desk.inbox import queries, services
from twoway.desk.inbox.models import Box
from twoway.desk.inbox.order import Facts, in_words, weigh
from twoway.desk.inbox.queries import Filters, looking
from twoway.desk.people.queries import people_for_observer
from twoway.desk.team.access import NotThere
from twoway.language import Utterance, read

pytestmark = pytest.mark.django_db


def names(page):
    return [row.account.remote_id for row in page.rows]


def test_whoever_waits_longest_comes_first_but_for_good_reasons(museum):
    museum.asks("Are you open?", author="first")
    museum.asks("Are you open?", author="second")
    museum.asks("It is broken!", author="angry")
    page = queries.list_for_observer(museum.omar, Filters())
    assert names(page) == ["angry", "first", "second"]
    assert [row.reasons for row in page.rows] == [["complaint"], ["question"], ["question"]]


def test_reach_and_patience_are_told(museum):
    museum.take(Account(network="practice", id="jonas", handle="jonas", followers=41_000))
    asked = museum.asks("Are you open?")
    museum.at += clock.HOUR
    museum.take(museum.post("jonas", "Hello?", asked))
    (row,) = queries.list_for_observer(museum.omar, Filters()).rows
    assert row.reasons == ["41,000 followers", "2 posts unanswered", "question"]
    assert row.last.text == "Hello?"


@pytest.mark.parametrize(
    ("text", "is_urgent"),
    [
        ("Are you open tomorrow?", False),
        ("What time is the last bus to Harwick tonight?", False),
        ("Two hours late and nobody at the gate. Unacceptable!", False),
        ("My kettle started burning. What should I do?", True),
        ("Charged twice again, unbelievable. I want my money back today!", True),
    ],
)
def test_urgent_is_said_of_danger_and_of_several_reasons_not_of_a_word_of_time(text, is_urgent):
    (reading,) = read([Utterance(text=text)])
    kinds = frozenset(kind.name for kind in reading.theirs if kind.holds)
    _, reasons = weigh(Facts(kinds=kinds, urgency=reading.urgency))
    assert ("urgent" in in_words(reasons)) == is_urgent, (reading.urgency, kinds)


def test_what_is_said_in_a_second_piece_speaks_for_it_too(museum):
    asked = museum.asks("Are you open?")
    museum.at += clock.MINUTE
    museum.take(museum.post("jonas", "It is broken!", asked))
    (row,) = queries.list_for_observer(museum.omar, Filters()).rows
    assert row.reasons == ["complaint"]


def test_pages_follow_each_other_without_gaps(museum):
    for n in range(7):
        museum.asks("Are you open?", author=f"a{n}")
    seen, after = [], None
    while True:
        page = queries.list_for_observer(museum.omar, Filters(), after, size=3)
        seen += names(page)
        if page.next is None:
            break
        after = page.next
    assert seen == [f"a{n}" for n in range(7)]
    torn = queries.list_for_observer(museum.omar, Filters(), "nonsense.x", size=3)
    assert names(torn) == ["a0", "a1", "a2"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["jonas", "mia", "张伟"]),
        ({"assignee": "mine"}, ["jonas"]),
        ({"assignee": "nobody"}, ["mia", "张伟"]),
        ({"kind": "question"}, ["jonas", "mia", "张伟"]),
        ({"kind": "complaint"}, []),
        ({"language": "zh"}, ["张伟"]),
        ({"tag": "hall"}, ["mia"]),
        ({"tag": "hall", "assignee": "mine"}, []),
        ({"tag": "no such tag"}, []),
        ({"box": Box.SETTLED}, ["kim"]),
        ({"box": "kind_word"}, ["kim"]),
    ],
)
def test_filters(museum, filters, found):
    museum.asks("Are you open?")
    museum.asks("Is the hall warm?", author="mia")
    museum.asks("鲸鱼馆几点开门?", author="张伟")
    museum.asks("What a lovely hall", author="kim")
    services.assign(museum.vera, museum.talk().pk, museum.vera.pk)
    services.tag(museum.vera, museum.talk("mia").pk, "hall")
    assert names(queries.list_for_observer(museum.vera, Filters(**filters))) == found


def test_filter_by_channel_finds_what_spans_it(museum):
    cafe = museum.connect("cafe")
    asked = museum.asks("When do you open?")
    museum.asks("And the cakes?", author="mia", us="cafe")
    museum.asks("And you?", us="cafe", parent=asked.id, parent_author="jonas")
    of_museum = queries.list_for_observer(museum.omar, Filters(channel=museum.channel.pk))
    of_cafe = queries.list_for_observer(museum.omar, Filters(channel=cafe.pk))
    assert names(of_museum) == ["jonas"]
    assert sorted(names(of_cafe)) == ["jonas", "mia"]
    assert queries.counts_for_observer(museum.omar, cafe.pk)[Box.OURS].all == 2
    assert queries.counts_for_observer(museum.omar)[Box.OURS].all == 2


@pytest.mark.parametrize("also", [{}, {"kind": "question"}, {"assignee": "nobody"}])
def test_page_by_page_a_channel_shows_once_what_spans_it(museum, monkeypatch, also):
    monkeypatch.setattr(looking, "PROBED", 0)
    monkeypatch.setattr(looking, "LOOKED_THROUGH", 1)
    museum.connect("cafe")
    for author in ("mia", "kim", "jonas", "张伟"):
        asked = museum.asks("When do you open?", author=author)
        if author != "kim":
            museum.asks("And you?", author=author, us="cafe", parent=asked.id, parent_author=author)
    filters, after, found = Filters(channel=museum.channel.pk, **also), None, []
    while True:
        page = queries.list_for_observer(museum.omar, filters, after=after, size=1)
        found += names(page)
        if (after := page.next) is None:
            break
    assert found == ["mia", "kim", "jonas", "张伟"]


def test_the_conversation_shows_the_exchange_and_the_thread_around_it(museum):
    root = museum.post("museum", "The whale hall is open.")
    museum.take(root)
    asked = museum.asks("Is it warm there?", parent=root.id, parent_author="museum", root=root.id)
    museum.answers(asked, "It is.")
    museum.take(museum.post("kim", "I was there, lovely.", asked))
    talk = queries.talk_for_observer(museum.omar, museum.talk().pk)
    assert [post.text for post in talk.exchange] == ["Is it warm there?", "It is."]
    assert [post.text for post in talk.above] == ["The whale hall is open."]
    assert [post.text for post in talk.around.posts] == ["I was there, lovely."]
    assert talk.around.next is None
    assert queries.thread_for_observer(museum.omar, museum.talk().pk).posts


def test_a_person_has_one_history(museum):
    museum.asks("Are you open?")
    museum.at += clock.HOUR
    museum.asks("And on Sunday?")
    talk = museum.talk()
    shown = queries.history_for_observer(museum.omar, talk.person_id, size=1)
    assert [row.last.text for row in shown.rows] == ["And on Sunday?"]
    older = queries.history_for_observer(museum.omar, talk.person_id, shown.next, size=1)
    assert [row.last.text for row in older.rows] == ["Are you open?"]
    assert older.next is None
    assert len(queries.talk_for_observer(museum.omar, talk.pk).elsewhere) == 1


def test_worth_joining_names_us_without_asking(museum):
    museum.take(museum.post("kim", "Met friends at the Museum today."))
    museum.take(museum.post("lea", "Rain again."))
    (found,) = queries.worth_joining_for_observer(museum.omar)
    assert (found.post.text, found.why) == (
        "Met friends at the Museum today.",
        "names us without asking us",
    )


def test_another_organisation_sees_nothing(museum, neighbour):
    museum.asks("Are you open?")
    talk = museum.talk()
    assert queries.list_for_observer(neighbour.ada, Filters()).rows == []
    assert queries.counts_for_observer(neighbour.ada) == {}
    assert queries.search_for_observer(neighbour.ada, "open").hits == []
    for ask in (queries.talk_for_observer, queries.thread_for_observer):
        with pytest.raises(NotThere):
            ask(neighbour.ada, talk.pk)
    with pytest.raises(NotThere):
        queries.history_for_observer(neighbour.ada, talk.person_id)
    with pytest.raises(NotThere):
        queries.post_for_observer(neighbour.ada, talk.last_post)


@pytest.mark.parametrize("words", ["jör", "JOR", "@jorg", "jorg_100%"])
def test_people_are_found_by_the_beginning_of_name_or_handle(museum, words):
    for number, (handle, name) in enumerate([("jorg_100%_whale", "Jörg"), ("mia", "Mia")]):
        museum.take(Account(network="practice", id=f"a{number}", handle=handle, name=name))
    found = people_for_observer(museum.omar, words)
    assert [person.name for person in found] == ["Jörg"]


def test_several_filters_look_through_a_part_at_a_time(museum, monkeypatch):
    monkeypatch.setattr(looking, "PROBED", 0)
    monkeypatch.setattr(looking, "LOOKED_THROUGH", 2)
    museum.asks("鲸鱼馆几点开门?", author="张伟")
    for nth in range(5):
        museum.asks("Are you open?", author=f"guest{nth}")
    filters = Filters(channel=museum.channel.pk, language="zh")
    page = queries.list_for_observer(museum.omar, filters)
    found, pages = names(page), 1
    while page.next is not None:
        page = queries.list_for_observer(museum.omar, filters, page.next)
        found, pages = [*found, *names(page)], pages + 1
    assert found == ["张伟"]
    assert pages == 4


def test_a_tag_with_filters_follows_what_becomes_of_its_conversations(museum):
    museum.asks("Are you open?")
    museum.asks("Is the hall warm?", author="mia")
    for who in ("jonas", "mia"):
        services.tag(museum.vera, museum.talk(who).pk, "hall")
    services.assign(museum.vera, museum.talk("mia").pk, museum.vera.pk)
    of_vera = Filters(tag="hall", assignee="mine", kind="question", channel=museum.channel.pk)
    assert names(queries.list_for_observer(museum.vera, of_vera)) == ["mia"]
    assert names(queries.list_for_observer(museum.omar, of_vera)) == []
    services.no_answer_needed(museum.vera, museum.talk("mia").pk, "said on the phone")
    assert names(queries.list_for_observer(museum.vera, of_vera)) == []
    settled = Filters(box=Box.SETTLED, tag="hall", assignee="mine")
    assert names(queries.list_for_observer(museum.vera, settled)) == ["mia"]


def test_a_further_channel_with_filters_follows_what_becomes_of_its_conversations(museum):
    cafe = museum.connect("cafe")
    asked = museum.asks("When do you open?")
    museum.asks("And you?", us="cafe", parent=asked.id, parent_author="jonas")
    both = [museum.channel.pk, cafe.pk]
    for also in ({"assignee": "nobody"}, {"kind": "question"}, {"language": "en"}):
        for channel in both:
            assert names(queries.list_for_observer(museum.vera, Filters(channel=channel, **also)))
    services.assign(museum.vera, museum.talk().pk, museum.vera.pk)
    for channel in both:
        mine, nobody = (Filters(channel=channel, assignee=who) for who in ("mine", "nobody"))
        assert names(queries.list_for_observer(museum.vera, mine)) == ["jonas"]
        assert names(queries.list_for_observer(museum.vera, nobody)) == []
    services.no_answer_needed(museum.vera, museum.talk().pk, "said on the phone")
    for channel in both:
        settled = Filters(box=Box.SETTLED, channel=channel, assignee="mine", language="en")
        assert names(queries.list_for_observer(museum.vera, settled)) == ["jonas"]


def test_whatever_leaves_least_is_looked_through(museum, monkeypatch):
    monkeypatch.setattr(looking, "LOOKED_THROUGH", 3)
    museum.asks("鲸鱼馆几点开门?", author="张伟")
    for nth in range(5):
        museum.asks("Are you open?", author=f"guest{nth}")
    page = queries.list_for_observer(
        museum.omar, Filters(channel=museum.channel.pk, language="zh", kind="question")
    )
    assert (names(page), page.next) == (["张伟"], None)
