"""What teammates decide, who may, and what another organisation sees of it: nothing."""

import pytest
from django.core.exceptions import PermissionDenied

from twoway.desk import clock
from twoway.desk.inbox import counts, queries, services
from twoway.desk.inbox.ingest import tick
from twoway.desk.inbox.models import Box, Mark, Note, Post, Presence
from twoway.desk.inbox.services.drafting import STILL_WRITING
from twoway.desk.people.models import Person
from twoway.desk.team.access import NotThere
from twoway.desk.team.models import Event
from twoway.desk.team.services import Refused

pytestmark = pytest.mark.django_db


def test_assigning_moves_the_counts(museum):
    museum.asks("Are you open?")
    services.assign(museum.vera, museum.talk().pk, museum.vera.pk)
    mine = queries.counts_for_observer(museum.vera)[Box.OURS]
    assert (mine.all, mine.mine, mine.nobody) == (1, 1, 0)
    services.assign(museum.vera, museum.talk().pk, None)
    assert queries.counts_for_observer(museum.vera)[Box.OURS].nobody == 1
    assert counts.recount(museum.organisation.pk) == 0


def test_handing_over_tells_the_colleague(museum):
    museum.asks("Are you open?")
    services.hand_over(museum.vera, museum.talk().pk, museum.ada.pk, "You know the hours.")
    (mention,) = queries.mentions_of(museum.ada)
    assert mention.note.text == "You know the hours."
    services.see_mentions(museum.ada, museum.talk().pk)
    assert queries.mentions_of(museum.ada) == []


def test_snoozed_until_the_time_or_until_they_write(museum):
    asked = museum.asks("Are you open?")
    until = clock.now() + clock.HOUR
    services.snooze(museum.vera, museum.talk().pk, until)
    assert (museum.talk().box, museum.talk().rank) == (Box.SNOOZED, until)
    assert tick(until + 1) == 1
    assert museum.talk().box == Box.OURS
    services.snooze(museum.vera, museum.talk().pk, clock.now() + clock.HOUR)
    museum.at = clock.now() + clock.MINUTE
    museum.take(museum.post("jonas", "Hello?", asked), now=clock.now() + clock.HOUR // 2)
    assert museum.talk().box == Box.OURS


def test_waking_brings_back_at_once(museum):
    museum.asks("Are you open?")
    services.snooze(museum.vera, museum.talk().pk, clock.now() + clock.HOUR)
    services.wake(museum.vera, museum.talk().pk)
    assert museum.talk().box == Box.OURS
    with pytest.raises(Refused):
        services.snooze(museum.vera, museum.talk().pk, clock.now() - 1)


def test_no_answer_needed_settles_with_a_reason(museum):
    museum.asks("Are you open?")
    services.no_answer_needed(museum.vera, museum.talk().pk, "answered by phone")
    assert museum.talk().box == Box.SETTLED
    assert Mark.objects.get().reason == "answered by phone"
    assert Event.objects.get(action="no answer needed").teammate == museum.vera


def test_a_promise_has_a_date_and_stays_ours_until_it_is_kept(museum):
    asked = museum.asks("My lamp is broken!")
    museum.answers(asked, "We will look into it.")
    due = clock.now() + 3 * clock.DAY
    services.promise(museum.vera, museum.talk().pk, due)
    assert (museum.talk().box, museum.talk().rank) == (Box.PROMISED, due)
    services.keep_promise(museum.vera, museum.talk().pk)
    assert (museum.talk().box, museum.talk().promise_due_at) == (Box.SETTLED, None)


def test_nothing_is_promised_where_we_have_said_nothing(museum):
    museum.asks("My lamp is broken!")
    with pytest.raises(Refused, match="said nothing here yet"):
        services.promise(museum.vera, museum.talk().pk, clock.now() + clock.DAY)
    assert (museum.talk().box, museum.talk().promise_due_at) == (Box.OURS, None)


def test_spam_is_nobodys_turn_and_the_person_is_known_for_it(museum):
    museum.asks("Cheap whales?")
    services.mark_spam(museum.vera, museum.talk().pk)
    assert museum.talk().box == Box.SETTLED
    assert Person.objects.get(accounts__remote_id="jonas").is_spam


def test_a_corrected_kind_turns_the_turn(museum):
    said = museum.asks("Hm~")
    assert museum.talk().box == Box.MAYBE
    post = Post.objects.get(remote_id=said.id).pk
    services.correct_kind(museum.vera, post, ["complaint"])
    assert (museum.talk().box, museum.talk().kind) == (Box.OURS, "complaint")
    services.correct_kind(museum.vera, post, ["statement"])
    assert museum.talk().box == Box.SETTLED
    with pytest.raises(Refused):
        services.correct_kind(museum.vera, post, ["nonsense"])


def test_an_expert_is_asked_and_only_the_expert_may_answer(museum):
    museum.asks("Are whales mammals?")
    question = services.ask_expert(museum.vera, museum.talk().pk, "rosa@sea.example", "Are they?")
    with pytest.raises(services.UnknownQuestion):
        services.answer_of_expert(question.token, "mallory@evil.example", "No.")
    services.answer_of_expert(question.token, "Rosa@Sea.example", "They are.")
    assert Note.objects.get().expert == "rosa@sea.example"
    assert queries.mentions_of(museum.vera)[0].note.text == "They are."


def test_drafts_of_two_who_collide_are_both_kept(museum):
    museum.asks("Are you open?")
    talk = museum.talk().pk
    first = services.save_draft(museum.vera, talk, "Yes")
    over = services.save_draft(museum.ada, talk, "Yes, we", first.draft.pk, first.draft.version)
    late = services.save_draft(museum.vera, talk, "Yes!", first.draft.pk, first.draft.version)
    assert (over.is_apart, late.is_apart) == (False, True)
    texts = {draft.text for draft in queries.talk_for_observer(museum.omar, talk).drafts}
    assert texts == {"Yes, we", "Yes!"}


def test_who_looks_and_who_writes(museum):
    museum.asks("Are you open?")
    talk = museum.talk().pk
    services.be_present(museum.vera, talk, is_writing=True)
    (here,) = queries.talk_for_observer(museum.ada, talk).present
    assert (here.teammate, here.is_writing) == (museum.vera, True)
    services.be_present(museum.vera, talk)
    (here,) = queries.talk_for_observer(museum.ada, talk).present
    assert here.is_writing, "a moment is no pause"
    Presence.objects.update(seen_at=clock.now() - STILL_WRITING)
    services.be_present(museum.vera, talk)
    (here,) = queries.talk_for_observer(museum.ada, talk).present
    assert not here.is_writing
    services.leave(museum.vera, talk)
    assert queries.talk_for_observer(museum.ada, talk).present == []


def test_many_at_once(museum):
    for author in ("jonas", "mia"):
        museum.asks("Are you open?", author=author)
    talks = [museum.talk(author).pk for author in ("jonas", "mia")]
    assert services.in_bulk(museum.vera, [*talks, 999_999], "tag", name="hours") == 2
    found = queries.list_for_observer(museum.vera, queries.Filters(tag="hours"))
    assert [row.tags for row in found.rows] == [["hours"], ["hours"]]
    services.untag(museum.vera, talks[0], "hours")
    assert len(queries.list_for_observer(museum.vera, queries.Filters(tag="hours")).rows) == 1


def test_a_saved_view_is_ones_own_or_everybodys(museum):
    mine = services.keep_view(museum.omar, "Questions", {"kind": "question"})
    services.keep_view(museum.ada, "All of us", {}, for_all=True)
    assert [v.name for v in queries.views_for_observer(museum.vera)] == ["All of us"]
    with pytest.raises(NotThere):
        services.drop_view(museum.vera, mine.pk)
    services.drop_view(museum.omar, mine.pk)
    with pytest.raises(PermissionDenied):
        services.keep_view(museum.omar, "Mine for all", {}, for_all=True)


def of_talk(deed, *what):
    return lambda who, talk, post: deed(who, talk.pk, *what)  # noqa: ARG005  as all deeds


LATER = 2**62
DEEDS = [
    of_talk(services.assign, None),
    lambda who, talk, post: services.hand_over(who, talk.pk, who.pk),  # noqa: ARG005  as all
    of_talk(services.snooze, LATER),
    of_talk(services.wake),
    of_talk(services.tag, "x"),
    of_talk(services.untag, "x"),
    of_talk(services.note, "x"),
    of_talk(services.ask_expert, "rosa@sea.example", "x"),
    of_talk(services.no_answer_needed, "x"),
    of_talk(services.promise, LATER),
    of_talk(services.keep_promise),
    of_talk(services.mark_spam),
    of_talk(services.save_draft, "x"),
    lambda who, talk, post: services.correct_kind(who, post.pk, ["statement"]),  # noqa: ARG005  as all
]


@pytest.mark.parametrize("deed", DEEDS)
def test_observers_may_not_and_strangers_find_nothing(museum, neighbour, deed):
    asked = museum.post(
        "jonas", "On Sundays?", museum.answers(museum.asks("Are you open?"), "Yes.")
    )
    museum.take(asked)
    talk, post = museum.talk(), Post.objects.get(remote_id=asked.id)
    with pytest.raises(PermissionDenied):
        deed(museum.omar, talk, post)
    with pytest.raises(NotThere):
        deed(neighbour.ada, talk, post)
    assert museum.talk().version == talk.version
    deed(museum.vera, talk, post)
