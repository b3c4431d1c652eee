"""Who is erased is nowhere any more, stays away, and may begin anew; nobody else notices."""

import pytest
from django.core.exceptions import PermissionDenied

from twoway.core.accounts import Account
from twoway.core.posts import Mention
from twoway.core.reactions import Reaction
from twoway.desk.channels import raw
from twoway.desk.clock import HOUR, now
from twoway.desk.inbox.ingest import recount
from twoway.desk.inbox.models import Box, Conversation, Post, Signal
from twoway.desk.insight.models import Audit
from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.states import State
from twoway.desk.people import queries as people
from twoway.desk.people.models import Account as Stored
from twoway.desk.people.models import Person
from twoway.desk.privacy import erasing
from twoway.desk.privacy import queries as privacy
from twoway.desk.privacy.models import Erasure
from twoway.desk.privacy.tests.conftest import HANDLE, ID, WORDS, everything
from twoway.desk.team.access import NotThere
from twoway.desk.team.models import Event
from twoway.desk.team.services import Refused


def turns(museum):
    """Return where everybody's conversations but Jonas' lie, and since when."""
    talks = Conversation.objects.filter(organisation=museum.organisation, person__erased_at=None)
    talks = talks.exclude(person__accounts__remote_id=ID).order_by("pk")
    return list(talks.values_list("pk", "box", "since", "open_posts", "kind", "thread_id"))


def erase(museum, typed=HANDLE):
    erasing.erase(museum.ada, museum.jonas.pk, typed)
    assert erasing.work_on_next()


def test_nothing_of_them_is_left_anywhere(museum):
    before = everything()
    assert all(word in before for word in WORDS)
    erase(museum)
    left = everything()
    assert [word for word in WORDS if word in left] == []


def test_others_keep_their_conversations_and_their_turns(museum):
    before = turns(museum)
    assert before
    erase(museum)
    assert turns(museum) == before
    assert recount(museum.organisation) == 0
    miras = Post.objects.get(organisation=museum.organisation, remote_id=museum.miras.id)
    assert miras.text == "Same question as @… has, and is there tea?"
    above = Post.objects.get(organisation=museum.organisation, remote_id=miras.parent)
    assert (above.text, above.thread_id, above.deleted_at is None) == ("", miras.thread_id, False)


def test_our_answers_stay_without_their_handle(museum):
    erase(museum)
    ours = Post.objects.get(organisation=museum.organisation, remote_id=museum.answered.id)
    assert ours.text == "@… Of course you may."
    entries = Entry.objects.filter(organisation=museum.organisation).order_by("pk")
    assert [(one.text, one.state) for one in entries] == [
        ("@… it is.", State.SENT),
        ("", State.CANCELLED),
    ]


def test_what_only_others_said_stays(museum):
    erase(museum)
    assert [len(items) for items in raw.pages(museum.channel)] == [1]
    assert Audit.objects.filter(organisation=museum.organisation).count() == 1
    assert not Signal.objects.filter(organisation=museum.organisation).exists()


def test_the_next_pull_brings_nothing_back(museum):
    erase(museum)
    before, rows = turns(museum), Post.objects.count()
    for _ in range(2):
        museum.take(*museum.delivered)
        assert [word for word in WORDS if word in everything()] == []
    assert (turns(museum), Post.objects.count()) == (before, rows)
    assert recount(museum.organisation) == 0


def test_others_may_go_on_answering_where_they_stood(museum):
    erase(museum)
    late = museum.post(
        "mira", "I like tea, too?", museum.third, mentions=(Mention("museum"), Mention(ID))
    )
    museum.take(late)
    row = Post.objects.get(organisation=museum.organisation, remote_id=late.id)
    above = Post.objects.get(organisation=museum.organisation, remote_id=row.parent)
    assert (above.text, above.thread_id) == ("", row.thread_id)
    assert [word for word in WORDS if word in everything()] == []


def test_likes_and_words_to_others_do_not_bring_them_back(museum):
    erase(museum)
    at = now() + HOUR
    museum.take(
        museum.post(ID, "Talking to Mira of a teapot", said_at=at, mentions=(Mention("mira"),)),
        Account(network="practice", id=ID, handle=HANDLE, name="Jonas Krell"),
        Reaction(network="practice", account=ID, post=museum.answered.id, kind="like", reacted_at=at),
    )  # fmt: skip
    assert [word for word in WORDS if word in everything()] == []


def test_who_writes_to_us_again_begins_as_new(museum):
    erase(museum)
    fresh = museum.asks("Hello again?", ID, said_at=now() + 1)
    museum.take(Account(network="practice", id=ID, handle=HANDLE, name="Jonas Krell"))
    assert museum.jonas.erased_at is None
    mine = Post.objects.filter(account__person=museum.jonas)
    assert [one.remote_id for one in mine] == [fresh.id]
    assert museum.talk(ID).box == Box.OURS
    museum.take(*museum.delivered)
    assert [one.remote_id for one in mine.all()] == [fresh.id]
    assert "teapot" not in everything()
    assert recount(museum.organisation) == 0


def test_they_can_be_erased_again(museum):
    erase(museum)
    museum.asks("Hello again?", ID, said_at=now() + 1)
    museum.take(
        Account(network="practice", id=ID, handle=HANDLE, name="Jonas Krell", observed_at=now())
    )
    erase(museum)
    assert [word for word in WORDS if word in everything()] == []
    museum.take(*museum.delivered)
    assert not Stored.objects.filter(remote_id=ID).exists()


def test_a_second_erasure_changes_nothing(museum):
    person = museum.jonas.pk
    erase(museum)
    left = everything()
    erasing.erase(museum.ada, person, "whatever")
    assert not erasing.work_on_next()
    assert everything() == left
    assert Person.objects.get(pk=person) not in people.people_for_observer(museum.ada)


@pytest.mark.parametrize(
    "killed_at", ["talks.empty", "posts.empty", "posts.cleanse", "traces.take_out"]
)
def test_what_was_killed_halfway_is_brought_to_an_end(museum, monkeypatch, killed_at):
    def kill(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"twoway.desk.privacy.{killed_at}", kill)
        with pytest.raises(KeyboardInterrupt):
            erase(museum)
    late = museum.post(
        "mira", "Tea?", museum.second, root=museum.first.id, root_author=ID, mentions=(Mention("museum"),)
    )  # fmt: skip
    museum.take(late, *museum.delivered)
    assert not erasing.work_on_next()
    Erasure.objects.update(claimed_at=now() - HOUR)
    assert erasing.work_on_next()
    assert [word for word in WORDS if word in everything()] == []
    assert recount(museum.organisation) == 0
    names = {museum.miras.id, late.id, museum.answered.id}
    places = Post.objects.filter(remote_id__in=names).values_list("thread_id", flat=True)
    assert len(set(places)) == 1
    assert not erasing.work_on_next()


def test_from_the_first_moment_nobody_finds_them_by_a_name(museum):
    person = museum.jonas.pk
    erasing.erase(museum.ada, person, HANDLE)
    assert privacy.erasing_for_observer(museum.vera, person).posts_left > 0
    assert not Person.objects.filter(name__contains="Jonas").exists()
    assert not Stored.objects.filter(remote_id=ID).exists()
    museum.take(*museum.delivered)
    assert not Stored.objects.filter(remote_id=ID).exists()
    assert erasing.work_on_next()
    assert privacy.erasing_for_observer(museum.vera, person) is None
    assert [word for word in WORDS if word in everything()] == []


def test_nobody_comes_with_an_id_that_hides_them_from_erasing(museum):
    hidden = museum.post("erased:jonas", "Can you erase me?", mentions=(Mention("museum"),))
    named = Account(network="practice", id="erased:jonas", handle="@j")
    assert museum.take(hidden, named).rejected == 2


def test_only_an_admin_who_names_them_erases(museum, neighbour):
    person = museum.jonas.pk
    with pytest.raises(PermissionDenied):
        erasing.erase(museum.vera, person, HANDLE)
    with pytest.raises(NotThere):
        erasing.erase(neighbour.ada, person, HANDLE)
    with pytest.raises(Refused, match="not their handle"):
        erasing.erase(museum.ada, person, "@mira@hill.example")
    assert not Erasure.objects.exists()
    assert museum.jonas.name == "Jonas of the drizzle"


def test_nothing_is_erased_while_an_answer_is_on_its_way(museum):
    Entry.objects.filter(remote_id="out-1").update(state=State.SENDING)
    with pytest.raises(Refused, match="on its way"):
        erase(museum)


def test_another_organisation_keeps_what_it_has(museum, neighbour):
    before = turns(neighbour)
    erase(museum)
    assert turns(neighbour) == before
    assert neighbour.jonas.name == "Jonas of the drizzle"
    neighbour.asks("Still here?", ID)
    assert neighbour.talk(ID).box == Box.OURS


def test_the_trail_tells_of_it_without_a_name(museum):
    person = museum.jonas.pk
    erase(museum)
    event = Event.objects.get(action="erased a person")
    assert (event.teammate, event.number, event.details) == (museum.ada, person, {})
