"""What comes in moves conversations between boxes, and so does time."""

from dataclasses import replace

import pytest
from django.db import connection

from twoway.collection.records import Deletion, Rejected
from twoway.core.accounts import Account, Follow
from twoway.core.posts import Mention
from twoway.core.reactions import Reaction
from twoway.desk import clock
from twoway.desk.channels.models import Channel, OwnAccount
from twoway.desk.inbox import counts, hooks
from twoway.desk.inbox.ingest import compare, purge, receive, reconsider_ours, recount, tick
from twoway.desk.inbox.ingest.delivery import AT_ONCE, AT_ONCE_BESIDE_OTHERS, sort
from twoway.desk.inbox.models import Box, Conversation, Count, Post, Thread
from twoway.desk.inbox.search.asking import ask, page
from twoway.desk.inbox.tests.conftest import read
from twoway.desk.people.models import Account as StoredAccount
from twoway.desk.people.models import Person

pytestmark = pytest.mark.django_db


def test_a_question_is_our_turn_until_we_answer_from_any_client(museum):
    asked = museum.asks("Are you open on Sunday?")
    talk = museum.talk()
    assert (talk.box, talk.since, talk.kind) == (Box.OURS, asked.said_at, "question")
    museum.answers(asked, "Yes, from ten to six.")
    talk = museum.talk()
    assert (talk.box, talk.since, talk.posts) == (Box.SETTLED, None, 2)
    assert counts.recount(museum.organisation.pk) == 0


def test_the_same_delivery_again_changes_nothing(museum):
    asked = museum.asks("Are you open on Sunday?")
    before = museum.talk()
    again = museum.take(asked)
    assert (again.new, again.changed, again.conversations) == (0, 0, set())
    assert museum.talk().version == before.version
    assert Count.objects.filter(organisation=museum.organisation, box=Box.OURS).count() == 2


def test_a_large_delivery_is_stored_in_parts_and_the_last_one_remembers_how_far_it_went(museum):
    posts = [museum.post(f"guest{n}", "Open?", mentions=(Mention("museum"),)) for n in range(1_201)]
    part = AT_ONCE_BESIDE_OTHERS if connection.vendor == "postgresql" else AT_ONCE
    sizes = [len(one.posts) for one in sort("practice", posts)]
    assert sizes == [part] * (1_201 // part) + [1_201 % part]
    stored = []
    museum.take(*posts, beside=lambda: stored.append(Post.objects.count()))
    assert stored == [1_201]
    assert counts.recount(museum.organisation.pk) == 0


def test_what_is_theirs_is_nobodys_after_fourteen_days(museum):
    asked = museum.asks("Hello!")
    museum.answers(asked, "What happened?")
    assert museum.talk().box == Box.THEIRS
    assert tick(museum.at + 13 * clock.DAY) == 0
    assert tick(museum.at + 14 * clock.DAY + clock.SECOND) == 1
    assert museum.talk().box == Box.SETTLED


def test_a_kind_word_is_odd_after_a_week(museum):
    museum.asks("What a lovely hall")
    talk = museum.talk()
    assert (talk.box, talk.kind_word_rank) == (Box.SETTLED, museum.at)
    assert tick(museum.at + 7 * clock.DAY + clock.SECOND) == 1
    assert museum.talk().kind_word_rank is None
    assert counts.recount(museum.organisation.pk) == 0


def test_our_like_is_the_kind_word_and_taking_it_back_reopens_it(museum):
    praised = museum.asks("What a lovely hall")
    like = Reaction(
        network="practice", account="museum", post=praised.id, kind="like",
        reacted_at=museum.at + 1, id="like1",
    )  # fmt: skip
    museum.take(like)
    assert museum.talk().kind_word_rank is None
    museum.take(Deletion("practice", "like1", museum.at + 2))
    assert museum.talk().kind_word_rank is not None


def test_a_share_of_ours_is_a_signal_and_no_post(museum):
    praised = museum.asks("What a lovely hall")
    share = museum.post("museum", "", shared=praised.id, shared_author="jonas")
    museum.take(share)
    assert museum.talk().kind_word_rank is None
    assert Post.objects.filter(organisation=museum.organisation).count() == 1


def test_a_deletion_that_comes_first_counts(museum):
    asked = museum.post("jonas", "Are you open?")
    museum.take(Deletion("practice", asked.id, asked.said_at + 5))
    museum.asks("Are you open?", author="mia")
    museum.take(asked)
    gone = Post.objects.get(remote_id=asked.id)
    assert (gone.text, gone.deleted_at) == ("", asked.said_at + 5)
    assert not Conversation.objects.filter(person__accounts__remote_id="jonas").exists()


def test_a_deleted_post_leaves_list_count_and_search(museum):
    asked = museum.asks("Are whales mammals?")
    museum.take(Deletion("practice", asked.id, museum.at + 5))
    assert museum.talk().box == Box.GONE
    assert page(ask("whales"), [f"o{museum.organisation.pk}"], None, 5) == []
    assert counts.recount(museum.organisation.pk) == 0


def test_an_edit_that_adds_a_question_waits_from_the_edit(museum):
    said = museum.asks("Nice hall")
    later = said.said_at + clock.HOUR
    museum.take(replace(said, text="Nice hall. Is it warm?", observed_at=later))
    assert (museum.talk().box, museum.talk().since) == (Box.OURS, later)
    assert page(ask("warm"), [], None, 5) == [Post.objects.get(remote_id=said.id).pk]


def test_what_was_old_when_the_channel_came_is_no_mountain(museum):
    museum.at -= 20 * clock.DAY
    museum.asks("Was anybody there?")
    assert museum.talk().box == Box.BEFORE
    museum.at += 20 * clock.DAY
    museum.asks("And today?")
    assert museum.talk().box == Box.OURS


def test_a_conversation_over_two_channels_is_in_both_lists(museum):
    cafe = museum.connect("cafe")
    asked = museum.asks("When do you open?")
    asked_cafe = museum.post("jonas", "@cafe and you?", asked)
    museum.take(replace(asked_cafe, mentions=(Mention("cafe"),)))
    talk = museum.talk()
    assert {talk.channel_id, *talk.further.values_list("channel_id", flat=True)} == {
        museum.channel.pk,
        cafe.pk,
    }
    assert counts.recount(museum.organisation.pk) == 0


def test_machines_are_seen_through_across_threads(museum):
    for author in ("jonas", "mia", "kim"):
        asked = museum.asks("Where is my ticket?", author=author)
        museum.answers(asked, f"@{author} Please write to us.", said_at=asked.said_at + 9)
    assert {museum.talk(author).box for author in ("jonas", "mia", "kim")} == {Box.OURS}
    assert Post.objects.filter(is_machine=True).count() == 3


def test_going_on_in_private_takes_the_public_post_over(museum):
    def taken_private(utterances):
        for reading in read(utterances):
            kind = reading.ours[0].__class__("taken_private", 0.9, holds=True)
            yield replace(reading, ours=(*reading.ours, kind))

    asked = museum.asks("My card does not work!")
    answer = museum.post("museum", "Write to us privately, please…", asked)
    receive(museum.channel, [answer], taken_private)
    assert museum.talk().box == Box.PROMISED
    private = museum.post("jonas", "Here I am.", visibility="private", nesting="chat")
    museum.take(private)
    public = Conversation.objects.get(is_private=False)
    assert public.box == Box.SETTLED


def test_a_root_that_comes_late_joins_its_threads_with_what_was_done(museum):
    root = museum.post("museum", "The whale hall is open.")
    first = museum.asks("Is it warm there?", parent=root.id, root=root.id)
    other = museum.asks("And loud?", parent=root.id)
    assert Thread.objects.count() == 2
    Conversation.objects.filter(thread__root=other.id).update(assignee=museum.vera)
    museum.take(root)
    assert Thread.objects.get().root == root.id
    talk = museum.talk()
    assert talk.assignee == museum.vera
    assert len(talk.open_posts) == 2
    assert first.id in {p.remote_id for p in Post.objects.filter(pk__in=talk.open_posts)}
    counts.recount(museum.organisation.pk)
    assert counts.recount(museum.organisation.pk) == 0


def test_two_organisations_hold_the_same_post_apart(museum, neighbour):
    asked = museum.asks("Are you open?")
    receive(neighbour.channel, [asked], read)
    assert Post.objects.filter(remote_id=asked.id).count() == 2
    museum.answers(asked, "We are.")
    assert (museum.talk().box, neighbour.talk().box) == (Box.SETTLED, Box.OURS)


def test_an_account_that_turns_out_to_be_ours_settles_what_it_answered(museum):
    asked = museum.asks("Are you open?")
    museum.take(museum.post("doris", "We are, come in.", asked))
    assert museum.talk().box == Box.OURS
    OwnAccount.objects.create(
        organisation=museum.organisation, network="practice", remote_id="doris", handle="doris"
    )
    assert reconsider_ours(museum.organisation.pk, "practice") == 1
    assert museum.talk().box == Box.SETTLED
    assert reconsider_ours(museum.organisation.pk, "practice") == 0


def test_accounts_become_persons_with_names(museum):
    museum.asks("Are you open?")
    museum.take(
        Account(network="practice", id="jonas", handle="jonas", name="Jonas Falk", followers=41_000)
    )
    museum.take(Follow(network="practice", follower="museum", followed="jonas"))
    account = StoredAccount.objects.get(remote_id="jonas")
    assert (account.person.name, account.followers, account.we_follow) == (
        "Jonas Falk",
        41_000,
        True,
    )


def test_hostile_records_are_refused_or_tamed(museum):
    far = museum.post("jonas", "Hi?", said_at=2**62)
    long_id = replace(museum.post("jonas", "Hi?"), id="x" * 501)
    torn = museum.asks("Nul\0 and half \ud83d of a face?")
    ahead = museum.asks("From tomorrow?", author="mia", said_at=clock.now() + clock.DAY)
    taken = museum.take(far, long_id, Rejected("page", 1, "torn", "{"))
    assert (taken.new, taken.rejected) == (0, 3)
    assert "\0" not in Post.objects.get(remote_id=torn.id).text
    assert Post.objects.get(remote_id=ahead.id).said_at <= clock.now()


def test_whom_we_answer_without_having_their_post_is_talked_with(museum):
    museum.take(museum.post("museum", "Hello everybody."))
    museum.take(
        museum.post(
            "museum", "It opens at ten.", parent="not here", parent_author="lea", root="not here"
        ),
        museum.post(
            "kim", "Good to know.", parent="not here", parent_author="lea", root="not here"
        ),
    )
    later = museum.post(
        "museum", "And at nine on Sunday.", parent="neither", parent_author="rui", root="not here"
    )
    museum.take(later)
    assert (museum.talk("lea").posts, museum.talk("rui").posts) == (1, 1)


def test_retention_forgets_posts_people_and_words(museum):
    Channel.objects.filter(pk=museum.channel.pk).update(keep_days=2)
    asked = museum.asks("Are whales mammals?")
    museum.answers(asked, "They are.")
    museum.asks("Thanks for that, now what about eels?", author="mia")
    assert purge(museum.at + clock.DAY) == 0
    assert purge(museum.at + 3 * clock.DAY) == 2
    assert list(Post.objects.values_list("text", flat=True)) == ["They are."]
    assert not Person.objects.filter(accounts__remote_id="mia").exists()
    assert page(ask("eels"), [], None, 5) == []
    assert counts.recount(museum.organisation.pk) == 0


def test_what_the_network_has_and_we_lack_is_counted(museum):
    asked = museum.asks("Are you open?")
    check = compare(museum.channel, [asked.id, "never came"])
    assert (check.fetched, check.missing) == (2, 1)


def test_a_wrong_count_is_found_and_mended(museum):
    museum.asks("Are you open?")
    Count.objects.filter(organisation=museum.organisation).update(conversations=7)
    assert recount(museum.organisation) == 2
    assert recount(museum.organisation) == 0


def test_rooms_above_hear_of_our_posts_and_of_changes(
    museum, monkeypatch, django_capture_on_commit_callbacks
):
    seen, changed = [], []
    monkeypatch.setattr(hooks, "seen_back", [lambda post: seen.append(post.remote_id)])
    monkeypatch.setattr(hooks, "changed", [lambda *what: changed.append(what)])
    with django_capture_on_commit_callbacks(execute=True):
        asked = museum.asks("Are you open?")
        answer = museum.answers(asked, "We are.")
    assert seen == [answer.id]
    assert changed[-1] == (museum.organisation.pk, [museum.talk().pk])
