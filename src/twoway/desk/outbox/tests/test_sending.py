"""An answer goes out once, whatever happens on the way, and says how it went."""

import subprocess
import sys

import pytest
from django.core.exceptions import PermissionDenied

from twoway.desk.channels.models import Channel, Voice
from twoway.desk.clock import DAY, now
from twoway.desk.inbox.models import Conversation, Post
from twoway.desk.outbox import claiming, processes, services
from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.queries import trouble_for_suggests
from twoway.desk.outbox.services import Words
from twoway.desk.outbox.states import ARROWS, NotAllowed, State, check

TEXT = "It runs again since this morning. – Ana"


def answer(desk, text=TEXT, by=None):
    talk = desk.waiting()
    return talk, services.answer(by or desk.ana, talk.pk, Words(text=text))


def state(entry):
    entry.refresh_from_db()
    return entry.state


def test_an_answer_is_held_then_sent_and_the_turn_is_no_longer_ours(desk):
    talk, entry = answer(desk)
    assert entry.state == State.HELD
    desk.work()
    assert state(entry) == State.SENT
    assert len(desk.published(TEXT)) == 1
    assert Conversation.objects.get(pk=talk.pk).box != 1


def test_nothing_leaves_before_the_undo_is_over(desk):
    _, entry = answer(desk)
    claiming.let_go_of_the_held(now())
    assert state(entry) == State.HELD


def test_what_is_taken_back_in_time_becomes_a_draft_again(desk):
    talk, entry = answer(desk)
    services.cancel(desk.ana, entry.pk)
    desk.work()
    assert state(entry) == State.CANCELLED
    assert desk.published(TEXT) == []
    # Without the signature, which is put below the words when they leave.
    assert talk.drafts.get().text == "It runs again since this morning."


def test_the_network_shows_it_and_no_second_post_appears(desk):
    answer(desk)
    desk.work()
    desk.fetch()
    assert Post.objects.filter(text=TEXT).count() == 1


def test_a_lost_answer_is_looked_up_and_never_sent_again(desk):
    _, entry = answer(desk)
    desk.server.set_weather(loses_answers=1)
    desk.work()
    assert state(entry) == State.UNKNOWN
    Entry.objects.update(not_before=0)
    desk.work()
    assert state(entry) in (State.SENT, State.SEEN_BACK)
    assert len(desk.published(TEXT)) == 1


def test_a_lost_answer_is_found_by_its_words_where_the_network_forgets_keys(desk):
    _, entry = answer(desk)
    desk.key_lasts = 0
    desk.server.set_weather(loses_answers=1, forgets_keys=True)
    desk.work()
    Entry.objects.update(not_before=0)
    desk.work()
    assert state(entry) in (State.SENT, State.SEEN_BACK)
    assert len(desk.published(TEXT)) == 1


def test_a_lost_answer_that_comes_back_by_itself_is_settled(desk):
    _, entry = answer(desk)
    desk.server.set_weather(loses_answers=1)
    desk.work()
    desk.fetch()
    assert state(entry) == State.SEEN_BACK


def test_a_network_that_is_away_is_tried_again_later(desk):
    _, entry = answer(desk)
    desk.server.set_weather(down=True)
    desk.work()
    assert state(entry) == State.QUEUED
    assert entry.not_before > now()
    assert "down" in entry.cure
    desk.server.set_weather()
    Entry.objects.update(not_before=0)
    desk.work()
    assert state(entry) == State.SENT
    assert entry.cure == ""


def test_after_a_day_of_trying_somebody_has_to_look(desk):
    _, entry = answer(desk)
    Entry.objects.update(made_at=now() - 2 * DAY)
    desk.server.set_weather(down=True)
    desk.work()
    assert state(entry) == State.FAILED


def test_a_refusal_is_said_with_its_cure_and_can_be_tried_again_with_other_words(desk):
    _, entry = answer(desk)
    desk.server.set_weather(refuses="The text has a word that is not allowed here.")
    desk.work()
    assert state(entry) == State.FAILED
    assert "not allowed" in entry.cure
    desk.server.set_weather()
    services.try_again(desk.ana, entry.pk, "It runs again. – Ana")
    desk.work()
    assert state(entry) == State.SENT
    assert len(desk.published("It runs again. – Ana")) == 1


def test_a_revoked_channel_asks_to_be_connected_again(desk):
    _, entry = answer(desk)
    desk.server.set_weather(revoked=True)
    desk.work()
    assert state(entry) == State.FAILED
    assert Channel.objects.get().state == "reconnect"


def test_what_a_colleague_answered_meanwhile_is_not_answered_twice(desk):
    talk, entry = answer(desk)
    Voice.objects.create(organisation=desk.organisation, channel=desk.channel, teammate=desk.ines)
    second = services.answer(desk.ines, talk.pk, Words(text="Tom is on it. – Ines"))
    desk.work(2)
    assert {state(entry), state(second)} == {State.SENT, State.STALE}


def test_what_went_stale_is_sent_all_the_same_when_one_asks_again(desk):
    _, entry = answer(desk)
    Post.objects.filter(pk=entry.answers_id).update(deleted_at=now())
    desk.work()
    assert state(entry) == State.STALE
    services.try_again(desk.ana, entry.pk)
    assert state(entry) == State.QUEUED


def test_who_suggests_needs_an_approver_and_nobody_approves_their_own(desk):
    talk = desk.waiting()
    entry = services.answer(desk.omar, talk.pk, Words(text=TEXT))
    assert entry.state == State.AWAITING
    desk.work()
    assert state(entry) == State.AWAITING
    with pytest.raises(PermissionDenied):
        services.approve(desk.omar, entry.pk)
    services.approve(desk.ines, entry.pk)
    desk.work()
    assert state(entry) == State.SENT


def test_what_is_sent_back_comes_again_in_other_words(desk):
    talk = desk.waiting()
    entry = services.answer(desk.omar, talk.pk, Words(text="Read the FAQ."))
    services.send_back(desk.ines, entry.pk, "Say it in a sentence of your own, please.")
    assert state(entry) == State.SENT_BACK
    services.rewrite(desk.omar, entry.pk, TEXT)
    assert (state(entry), entry.text) == (State.AWAITING, TEXT)


def test_trouble_is_told_those_who_can_do_something_about_it_others_not_crowding_it_out(desk):
    talk = desk.waiting()
    theirs, mine = (services.answer(by, talk.pk, Words(text=TEXT)) for by in (desk.omar, desk.ana))
    Entry.objects.filter(pk=mine.pk).update(state=State.SENT_BACK)
    made = {State.AWAITING: (desk.ines,), State.SENT_BACK: (desk.omar,), State.FAILED: (desk.omar, desk.ana, desk.ines)}  # fmt: skip
    for now_is, told in made.items():
        Entry.objects.filter(pk=theirs.pk).update(state=now_is)
        for who in (desk.ana, desk.omar, desk.ines):
            trouble = trouble_for_suggests(who, 1 if who != desk.ana else 2)
            assert (theirs in (*trouble.failed, *trouble.awaiting)) == (who in told)
            assert (mine in trouble.failed) == (who == desk.ana)


def test_a_dead_worker_s_entry_is_looked_up_and_its_late_word_is_void(desk):
    _, entry = answer(desk)
    desk.undo_is_over()
    dead = claiming.claim(claiming.Worker("elsewhere:1:x"))
    Entry.objects.update(lease_until=now() - 1)
    assert claiming.take_over() == 1
    assert state(entry) == State.UNKNOWN
    assert not claiming.give_back(dead, State.SENT, remote_id="1")
    assert state(entry) == State.UNKNOWN
    desk.work(2)
    assert len(desk.published(TEXT)) == 1


@pytest.mark.parametrize("then", [State.HELD, State.QUEUED, State.SENDING, State.UNKNOWN])
def test_in_a_desk_from_a_backup_what_went_out_since_is_found_instead_of_sent_again(desk, then):
    _, entry = answer(desk)
    Entry.objects.update(state=then, claimed_by="elsewhere:1:x", lease_until=now() + DAY)
    as_it_was = Entry.objects.values().get()
    Entry.objects.update(state=State.HELD, claimed_by="", lease_until=None)
    desk.work()
    desk.server.set_weather(forgets_keys=True)
    Entry.objects.update(**as_it_was)
    assert claiming.doubt_all() == 1
    desk.work(2)
    assert state(entry) == State.SEEN_BACK
    assert len(desk.published(TEXT)) == 1


def test_in_a_desk_from_a_backup_what_did_not_go_out_does_and_the_rest_stays(desk):
    _, sent = answer(desk)
    desk.work()
    _, entry = answer(desk, "The museum opens at ten. – Ana")
    assert claiming.doubt_all() == 1
    desk.work(2)
    assert (state(sent), state(entry)) == (State.SENT, State.SENT)
    assert len(desk.published("The museum opens at ten.")) == len(desk.published(TEXT)) == 1


def test_a_worker_is_dead_at_once_only_where_its_process_would_be_seen(desk):
    answer(desk)
    desk.undo_is_over()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    where, number, since = processes.name_of_this().split(":")
    claiming.claim(claiming.Worker(f"{where}:{number}:{since}/x"))
    assert claiming.take_over() == 0
    Entry.objects.update(claimed_by=f"another-container:{ended.pid}:{since}/x")
    assert claiming.take_over() == 0
    Entry.objects.update(claimed_by=f"{where}:{ended.pid}:{since}/x")
    assert claiming.take_over() == 1


def test_a_number_that_was_given_anew_is_another_process(desk):
    answer(desk)
    desk.undo_is_over()
    where, number, _ = processes.name_of_this().split(":")
    claiming.claim(claiming.Worker(f"{where}:{number}:before/x"))
    assert claiming.take_over() == 1


def test_two_workers_never_hold_the_same(desk):
    answer(desk)
    desk.undo_is_over()
    assert claiming.claim(claiming.worker()) is not None
    assert claiming.claim(claiming.worker()) is None


def test_only_the_arrows_of_the_table_can_be_walked():
    for now_, thens in ARROWS.items():
        for then in State:
            if then in thens:
                check(now_, then)
            else:
                with pytest.raises(NotAllowed):
                    check(now_, then)


def test_from_everywhere_there_is_a_way_to_an_end():
    ends = {State.SEEN_BACK, State.CANCELLED}
    reaching = set(ends)
    while more := {s for s, thens in ARROWS.items() if thens & reaching} - reaching:
        reaching |= more
    assert reaching == set(State)


def test_a_form_handed_in_twice_makes_one_entry(desk):
    talk = desk.waiting()
    first, again = (
        services.answer(desk.ana, talk.pk, Words(text=TEXT, key="form 1")) for _ in range(2)
    )
    assert first.pk == again.pk
    with pytest.raises(NotAllowed):
        services.answer(desk.ines, talk.pk, Words(text=TEXT, key="form 1"))


def test_a_post_of_ours_is_taken_down_and_they_wait_again(desk):
    talk, _ = answer(desk)
    desk.work()
    desk.fetch()
    ours = Post.objects.get(is_ours=True, text=TEXT)
    services.take_down(desk.ana, talk.pk, ours.pk)
    desk.work()
    ours.refresh_from_db()
    assert ours.deleted_at is not None
    assert Conversation.objects.get(pk=talk.pk).box == 1
