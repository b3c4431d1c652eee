"""After an upgrade what is stored comes to what the rule of now says of it."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

import book
import one
from twoway.collection.records import Deletion
from twoway.core import turns
from twoway.core.readings import Kind
from twoway.desk import clock
from twoway.desk.inbox import counts, services
from twoway.desk.inbox.ingest import judge_next_anew, receive, rejudging, rereading
from twoway.desk.inbox.learned import Reader
from twoway.desk.inbox.models import Box, Conversation, Post, Rejudging
from twoway.desk.inbox.queries import Filters, list_for_observer
from twoway.desk.inbox.readings import kept
from twoway.desk.inbox.search.asking import ask, page
from twoway.desk.inbox.tests import book_delivered as delivered
from twoway.desk.inbox.tests.conftest import read
from twoway.desk.inbox.turning import judging
from twoway.language import MODEL

pytestmark = pytest.mark.django_db

CASES = Path(book.__file__).parent
FEW = book.read(CASES / "doubts.json")
MANY = [
    case
    for name in ("conversations.json", "clauses.json", "situations.json")
    for case in book.read(CASES / name)
]
NAMES = {f"person{number}" for number in range(7)}


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    """Take two posts in a step, so that there are several."""
    monkeypatch.setattr(rejudging, "POSTS", 2)


@contextmanager
def an_older_rule():
    """Judge as long ago: nothing was ever open or promised, and a kind word due for ever."""

    def deaf(one):
        return replace(one, turn="nobody", since=None, open=(), maybe=(), promised=False)

    def conversations(situation, wanted):
        found = turns.conversations(situation, wanted)
        return replace(found, conversations=tuple(map(deaf, found.conversations)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "turns", SimpleNamespace(conversations=conversations))
        patch.setattr(rejudging, "JUDGED_BY", "turn rule 0")
        yield


def ask_long_ago(desk):
    """Have seven people ask a desk that does not hear them, as it has noted."""
    with an_older_rule():
        for name in sorted(NAMES):
            desk.asks(f"Is {name} welcome?", author=name)
        walk()
    assert boxes(desk) == dict.fromkeys(NAMES, Box.SETTLED)


def walk():
    """Judge to the end; return the steps."""
    return list(iter(judge_next_anew, None))


def boxes(desk):
    rows = Conversation.objects.filter(organisation=desk.organisation)
    return dict(rows.values_list("person__accounts__remote_id", "box"))


def test_what_an_older_rule_judged_is_right_after_the_walk(museum):
    ask_long_ago(museum)
    services.tag(museum.vera, museum.talk("person3").pk, "hall")
    steps = walk()
    assert boxes(museum) == dict.fromkeys(NAMES, Box.OURS)
    assert (steps[-1].done, steps[-1].moved, steps[-1].has_ended) == (7, 7, True)
    assert len(steps) > 3
    assert len(list_for_observer(museum.vera, Filters(tag="hall")).rows) == 1
    assert counts.recount(museum.organisation.pk) == 0
    assert walk() == []


@pytest.mark.parametrize("case", FEW, ids=lambda case: case["id"])
def test_cases_come_out_right_whatever_they_were_judged_by(case):
    deliver_and_walk(case)


@pytest.mark.slow
def test_the_whole_book_comes_out_right_whatever_it_was_judged_by():
    for case in MANY:
        deliver_and_walk(case)


def deliver_and_walk(case):
    channels = delivered.world(case)
    organisation, now = channels[0].organisation, one.situation(case).now
    with an_older_rule():
        for record in Random(case["id"]).sample(records := delivered.records(case), len(records)):
            receive(channels[0], [record], delivered.read, now=now)
        delivered.decide(case, channels[0])
    while judge_next_anew(now) is not None:
        pass
    assert delivered.state(organisation) == delivered.expected(case), case["id"]
    assert counts.recount(organisation.pk) == 0


def test_the_newest_come_first_and_whoever_is_killed_goes_on_from_there(museum):
    ask_long_ago(museum)
    judge_next_anew()
    heard = {name for name, box in boxes(museum).items() if box == Box.OURS}
    assert heard == {"person6", "person5"}
    steps = walk()
    assert steps[0].before == 2
    assert steps[-1].moved == 7


def test_a_step_that_is_killed_leaves_nothing_half_done(museum, monkeypatch):
    ask_long_ago(museum)
    with monkeypatch.context() as patch:
        patch.setattr(rejudging.hooks, "announce", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            judge_next_anew()
    assert boxes(museum) == dict.fromkeys(NAMES, Box.SETTLED)
    assert Rejudging.objects.get().done == 0
    walk()
    assert boxes(museum) == dict.fromkeys(NAMES, Box.OURS)


def test_what_another_process_has_judged_meanwhile_is_left_to_it(museum, monkeypatch):
    ask_long_ago(museum)
    prepare = rereading.prepare

    def overtaken(*given):
        monkeypatch.setattr(rereading, "prepare", prepare)
        judge_next_anew()
        return prepare(*given)

    monkeypatch.setattr(rereading, "prepare", overtaken)
    step = judge_next_anew()
    assert (step.before, step.done, step.moved) == (0, 0, 0)
    assert Rejudging.objects.get().done == 2
    walk()
    assert Rejudging.objects.get().moved == 7


def test_what_is_delivered_meanwhile_is_neither_lost_nor_undone(museum):
    ask_long_ago(museum)
    judge_next_anew()
    asked = Post.objects.get(account__remote_id="person0")
    museum.take(museum.post("museum", "You are.", parent=asked.remote_id, parent_author="person0"))
    museum.asks("And I?", author="late")
    services.assign(museum.vera, museum.talk("person1").pk, museum.vera.pk)
    walk()
    expected = dict.fromkeys(NAMES, Box.OURS) | {"person0": Box.SETTLED, "late": Box.OURS}
    assert boxes(museum) == expected
    assert museum.talk("person1").assignee == museum.vera
    assert counts.recount(museum.organisation.pk) == 0


def test_threads_that_are_joined_meanwhile_are_judged_as_one(museum, monkeypatch):
    root = museum.post("museum", "The whale hall is open.")
    with an_older_rule():
        museum.asks("Is it warm there?", parent=root.id, root=root.id)
        museum.asks("And loud?", parent=root.id)
        walk()
    prepare = rereading.prepare

    def joined(*given):
        found = prepare(*given)
        monkeypatch.setattr(rereading, "prepare", prepare)
        museum.take(root)
        return found

    monkeypatch.setattr(rereading, "prepare", joined)
    walk()
    assert (museum.talk().box, len(museum.talk().open_posts)) == (Box.OURS, 2)


def test_a_fresh_desk_has_nothing_to_do(museum):
    assert walk() == []
    museum.asks("Are you open?")
    assert walk() == []
    assert Rejudging.objects.get().threads == 0


def test_a_desk_of_before_is_walked_through_once(museum):
    museum.asks("Are you open?")
    version = museum.talk().version
    (*_, last) = walk()
    assert (last.done, last.moved) == (1, 0)
    assert museum.talk().version == version
    assert walk() == []


def test_organisations_are_judged_apart(museum, neighbour):
    ask_long_ago(museum)
    ask_long_ago(neighbour)
    (*_, last) = walk()
    assert boxes(museum) == boxes(neighbour) == dict.fromkeys(NAMES, Box.OURS)
    assert last.moved == 7
    assert set(Rejudging.objects.values_list("organisation", "threads", "moved")) == {
        (museum.organisation.pk, 7, 7),
        (neighbour.organisation.pk, 7, 7),
    }


def test_a_rule_that_is_newer_still_begins_again(museum, monkeypatch):
    ask_long_ago(museum)
    judge_next_anew()
    monkeypatch.setattr(rejudging, "JUDGED_BY", "turn rule 99")
    assert walk()[-1].done == 7


def newer(utterances):
    """Read by a newer model, to which everything is a complaint."""
    for reading in read(utterances):
        yield replace(reading, theirs=(Kind("complaint", 0.9, holds=True),))


@contextmanager
def a_newer_model():
    newest = "twoway-language 99"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rereading.language, "MODEL", newest)
        patch.setattr(rereading, "reader_of", lambda _: Reader(newer, f"{newest} local 3"))
        patch.setattr(rejudging, "JUDGED_BY", newest)
        yield


def test_a_newer_model_reads_anew_what_is_still_a_matter(museum):
    museum.asks("Is the moss hall warm?")
    with a_newer_model():
        walk()
    post = Post.objects.get()
    assert museum.talk().kind == "complaint"
    assert kept(post.reading).model == "twoway-language 99 local 3"
    assert page(ask("moss"), ["kcomplaint"], None, 5) == [post.pk]
    assert page(ask("moss"), ["kquestion"], None, 5) == []


def test_a_newer_model_reads_every_text_that_stood(museum):
    said = museum.asks("Nice hall")
    museum.take(replace(said, text="Nice hall.", observed_at=said.said_at + clock.HOUR))
    with a_newer_model():
        walk()
    assert (museum.talk().box, museum.talk().since) == (Box.OURS, said.said_at)


def test_a_long_thread_is_read_anew_in_parts(museum, monkeypatch):
    asked = museum.asks("Is it warm?")
    for _ in range(4):
        museum.asks("Is it?", parent=asked.id, root=asked.id)
    monkeypatch.setattr(rereading, "AT_ONCE", 2)
    with a_newer_model():
        steps = walk()
    assert [step.done for step in steps] == [0, 0, 1, 1]
    assert all("99" in reading for reading in Post.objects.values_list("reading", flat=True))
    assert museum.talk().kind == "complaint"


def test_what_is_settled_and_old_stays_as_it_was_read(museum):
    museum.at -= 30 * clock.DAY
    museum.asks("A lovely hall, long ago")
    with a_newer_model():
        walk()
    assert "99" not in Post.objects.get().reading
    assert museum.talk().box == Box.SETTLED


def test_what_was_deleted_has_no_words_to_read(museum):
    asked = museum.asks("Is the hall warm?")
    museum.asks("Is it?", parent=asked.id, root=asked.id)
    museum.take(Deletion("practice", asked.id, museum.at + 1))
    with a_newer_model():
        walk()
    assert "99" not in Post.objects.get(remote_id=asked.id).reading


def test_a_correction_outlives_a_newer_model(museum):
    museum.asks("Nice hall, is it not?")
    services.correct_kind(museum.vera, Post.objects.get().pk, ["praise"])
    with a_newer_model():
        walk()
    assert museum.talk().box == Box.SETTLED


def test_what_a_team_taught_and_took_back_is_not_read_anew(museum):
    museum.asks("Is the hall warm?")
    taught = Post.objects.get()
    reading = taught.reading.replace(MODEL, f"{MODEL} local 3")
    Post.objects.filter(pk=taught.pk).update(reading=reading)
    walk()
    assert Post.objects.get(pk=taught.pk).reading == reading
