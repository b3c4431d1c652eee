"""What the forms of the desk do: the list follows, colleagues hear of it, nothing written is lost."""

from django.urls import reverse

from twoway.desk.channels.models import Channel
from twoway.desk.inbox.models import Box, Conversation, Draft
from twoway.desk.outbox import services as outbox
from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.states import State
from twoway.desk.pages.our_turn.place import Place


def talk(world, name):
    return reverse(name, args=[world.talk.pk])


def box(world):
    return Conversation.objects.get(pk=world.talk.pk).box


def page(client, address):
    return client.get(address, follow=True).content.decode()


def test_many_are_taken_at_once(world):
    client = world.client("voice")
    client.post(reverse("bulk"), {"chosen": [world.talk.pk], "do": "assign"})
    assert f"row-{world.talk.pk}" in page(client, "/?whose=mine")
    assert f"row-{world.talk.pk}" not in page(client, "/?whose=nobody")


def test_of_what_was_chosen_no_more_is_said_to_wait_than_was_counted(world):
    client = world.client("voice")
    assert "One conversation is waiting for us." in page(client, "/")
    shown = page(client, "/?kind=" + Conversation.objects.get(pk=world.talk.pk).kind)
    assert "One fits what you chose." in shown
    assert "waiting for us." not in shown


def test_filters_are_kept_under_a_name_and_forgotten(world):
    client = world.client("observer")
    sent = client.post(
        reverse("keep_view"), {"name": "Mine in German", "in": "box=ours&whose=mine&language=de"}
    )
    kept = sent.headers["Location"]
    assert "whose=mine" in kept
    assert "language=de" in kept
    shown = page(client, kept)
    assert ">Mine in German<" in shown
    view = Place.read(client.get(kept).wsgi_request.GET, "ours").view
    client.post(reverse("drop_view", args=[view]))
    assert "Mine in German" not in page(client, "/list/settled/")


def test_what_sleeps_leaves_the_list_and_can_be_woken(world):
    client = world.client("voice")
    sent = client.post(
        talk(world, "snooze"), {"until": "2099-01-01T09:00", "in": "box=ours&whose=mine"}
    )
    assert sent.headers["Location"] == "/?whose=mine"
    assert box(world) == Box.SNOOZED
    client.post(talk(world, "wake"))
    assert box(world) == Box.OURS


def test_no_answer_needed_settles_with_its_reason(world):
    client = world.client("voice")
    client.post(talk(world, "no_answer"), {"reason": "chat", "words": "They answered each other."})
    assert box(world) == Box.SETTLED
    assert "They answered each other." in page(client, talk(world, "conversation"))


def test_a_promise_without_a_day_is_still_called_a_promise(world):
    Conversation.objects.filter(pk=world.talk.pk).update(
        box=Box.PROMISED, is_promised=True, since=None, promise_due_at=None, why=[]
    )
    client = world.client("voice")
    assert "promised, no day set" in page(client, "/list/promised/")
    shown = page(client, talk(world, "conversation"))
    assert "We promised to come back, and no day is set" in shown
    assert "Nobody waits" not in shown
    assert "Promise kept" in shown


def test_a_kind_put_right_turns_the_conversation(world):
    client = world.client("suggests")
    for post in world.talk.exchange:
        client.post(
            reverse("correct", args=[post]),
            {"kind": "praise", "talk": world.talk.pk, "in": "box=ours"},
        )
    assert box(world) != Box.OURS


def test_a_note_tells_the_colleague_it_names(world):
    mate = world.mates["approver"]
    mate.name = "Ines"
    mate.save()
    world.client("suggests").post(talk(world, "note"), {"text": "@Ines the depot knows."})
    ines = world.client("approver")
    assert "names you" in page(ines, "/")
    assert "the depot knows." in page(ines, talk(world, "conversation"))
    assert "names you" not in page(ines, "/")


def test_two_who_save_at_once_keep_both_texts(world):
    ana, ben = world.client("voice"), world.client("admin")
    ana.post(talk(world, "draft"), {"text": "Ana's words"})
    shared = Draft.objects.get(conversation=world.talk)
    ben.post(
        talk(world, "draft"), {"text": "Ben's words", "draft": shared.pk, "version": shared.version}
    )
    ana.post(
        talk(world, "draft"),
        {"text": "Ana's other words", "draft": shared.pk, "version": shared.version},
    )
    texts = set(Draft.objects.filter(conversation=world.talk).values_list("text", flat=True))
    assert {"Ben's words", "Ana's other words"} <= texts


def test_a_form_sent_twice_makes_one_answer(world):
    client = world.client("voice")
    for _ in range(2):
        client.post(talk(world, "answer"), {"text": "At nine.", "do": "send", "key": "a" * 32})
    assert Entry.objects.filter(conversation=world.talk).count() == 1


def test_an_answer_is_signed_held_and_can_be_taken_back(world):
    client = world.client("voice")
    client.post(talk(world, "answer"), {"text": "At nine.", "do": "send"})
    entry = Entry.objects.get(conversation=world.talk)
    assert entry.text == "At nine. – <b>A"
    assert entry.state == State.HELD
    client.post(reverse("outgoing", args=[entry.pk]), {"do": "cancel"})
    assert Draft.objects.filter(conversation=world.talk, text__startswith="At nine.").exists()


def test_an_answer_too_long_is_kept_and_not_sent(world):
    client = world.client("voice")
    shown = client.post(talk(world, "answer"), {"text": "x" * 5000, "do": "send"}, follow=True)
    assert not Entry.objects.filter(conversation=world.talk).exists()
    assert "too long" in shown.content.decode()
    assert Draft.objects.get(conversation=world.talk).text == "x" * 5000


def test_nobody_lets_their_own_answer_out(world):
    entry = world.entry("approver")
    answer = world.client("approver").post(reverse("outgoing", args=[entry.pk]), {"do": "approve"})
    assert answer.status_code == 403
    world.client("admin").post(reverse("outgoing", args=[entry.pk]), {"do": "approve"})
    entry.refresh_from_db()
    assert entry.state == State.HELD


def test_hours_are_kept_and_slips_are_told(world):
    client = world.client("admin")
    sends = {"name": "Night", "time_zone": "Europe/Berlin", "goal": "1,5"}
    client.post(reverse("keep_team"), sends | {"day-0": "yes", "from-0": "20:00", "to-0": "23:30"})
    shown = page(client, reverse("team"))
    assert "Monday 20:00–23:30" in shown
    assert "answers within" in shown
    for slip in (
        {"time_zone": "Moon/Sea"},
        {"goal": "soon"},
        {"day-0": "yes", "from-0": "9", "to-0": "8"},
    ):
        answer = client.post(reverse("keep_team"), sends | slip, follow=True)
        assert 'class="notice bad"' in answer.content.decode()


def test_a_day_off_can_be_taken_out_again(world):
    client = world.client("admin")
    client.post(reverse("keep_holiday"), {"team": world.team.pk, "day": "2030-12-24"})
    shown = page(client, reverse("team"))
    assert "Tuesday, 24 December 2030" in shown
    client.post(reverse("drop_holiday", args=[world.team.holidays.get().pk]))
    assert "24 December 2030" not in page(client, reverse("team"))


def test_what_one_knows_of_a_person_can_be_taken_back_by_oneself(world):
    suggests, voice = world.client("suggests"), world.client("voice")
    person = reverse("person", args=[world.person.pk])
    suggests.post(reverse("person_note", args=[world.person.pk]), {"text": "has moved away"})
    note = world.person.notes.get().pk
    assert reverse("drop_person_note", args=[note]) not in page(voice, person)
    assert voice.post(reverse("drop_person_note", args=[note])).status_code == 404
    assert reverse("drop_person_note", args=[note]) in page(suggests, person)
    suggests.post(reverse("drop_person_note", args=[note]))
    assert "has moved away" not in page(suggests, person)


def test_a_post_of_ours_is_taken_down_after_a_while_in_which_it_can_be_left_standing(world):
    post, client = world.ours(), world.client("voice")
    shown = page(client, talk(world, "conversation"))
    assert shown.count(reverse("take_down", args=[world.talk.pk])) == 1
    client.post(talk(world, "take_down"), {"post": post.pk})
    entry = Entry.objects.get(does="delete")
    assert (entry.state, entry.target) == (State.HELD, "our answer")
    shown = page(client, talk(world, "conversation"))
    assert "Is taken down in a few seconds." in shown
    assert "took a post of ours down" in shown
    again = client.post(talk(world, "take_down"), {"post": post.pk}, follow=True)
    assert "being taken down already" in again.content.decode()
    client.post(reverse("outgoing", args=[entry.pk]), {"do": "cancel"})
    entry.refresh_from_db()
    assert entry.state == State.CANCELLED
    assert not Draft.objects.exists()


def test_what_they_said_and_what_others_of_us_said_is_not_ours_to_take_down(world, elsewhere):
    client = world.client("voice")
    for post in (world.theirs.pk, elsewhere.ours().pk):
        said = client.post(talk(world, "take_down"), {"post": post}, follow=True).content.decode()
        assert 'class="notice bad"' in said
    assert not Entry.objects.exists()


def test_the_trail_says_in_words_who_did_what_and_leads_there(world):
    world.client("voice").post(talk(world, "tag"), {"name": "line 7"})
    shown = page(world.client("admin"), reverse("trail"))
    assert f'<a href="{talk(world, "conversation")}">tagged a conversation</a>' in shown
    assert "line 7" in shown
    entry = world.entry()
    world.client("admin").post(reverse("outgoing", args=[entry.pk]), {"do": "approve"})
    assert "an answer: going out in a moment" in page(world.client("admin"), reverse("trail"))


def test_an_empty_list_says_whether_we_can_hear_at_all(world):
    client = world.client("voice")
    world.client("voice").post(talk(world, "snooze"), {"until": "2099-01-01T09:00"})
    assert "We are taking the first look." in page(client, "/")
    for state, sentence in (
        ("working", "Nobody is waiting."), ("trouble", "Nobody is waiting, as far as we can hear."),
    ):  # fmt: skip
        Channel.objects.filter(pk=world.channel.pk).update(state=state, succeeded_at=1)
        assert sentence in page(client, "/")


def test_what_comes_back_is_told_to_whom_it_comes_back(world):
    entry = world.entry("suggests")
    outbox.send_back(world.mates["approver"], entry.pk, "Say which platform.")
    asked = "A colleague asks you to look at it again"
    assert asked in page(world.client("suggests"), "/")
    for other in ("voice", "approver"):
        shown = page(world.client(other), "/")
        assert asked not in shown, other
        assert "An answer was not sent" not in shown, other


def test_whoever_takes_it_took_it(world):
    client = world.client("voice")
    client.post(talk(world, "assign"), {"to": world.mates["voice"].pk})
    assert "took it, " in page(client, talk(world, "conversation"))
    client.post(talk(world, "assign"), {"to": world.mates["admin"].pk})
    assert "gave it to" in page(client, talk(world, "conversation"))


def test_only_who_can_connect_a_channel_again_is_asked_to(world):
    Channel.objects.filter(pk=world.channel.pk).update(state="reconnect")
    address = reverse("channel", args=[world.channel.pk])
    assert "1 needs you" in page(world.client("admin"), address)
    shown = page(world.client("voice"), address)
    assert "1 is cut off" in shown
    assert "Whoever looks after the desk can connect it again." in shown
