"""A person's file is downloaded, and a person erased, from their page, by whoever looks after the desk."""

import json

from django.urls import reverse

from twoway.desk.pages.tests.conftest import HOSTILE
from twoway.desk.people.models import Person
from twoway.desk.privacy import erasing


def page(client, name, *given):
    return client.get(reverse(name, args=given)).content.decode()


def erase(client, person, handle):
    return client.post(reverse("erase_person", args=[person.pk]), {"handle": handle}, follow=True)


def test_their_page_says_how_far_it_is(world):
    client = world.client("admin")
    answer = erase(client, world.person, HOSTILE)
    assert answer.redirect_chain[-1][0] == reverse("person", args=[world.person.pk])
    shown = answer.content.decode()
    assert "Is being erased since today" in shown
    assert "2 posts of theirs are left." in shown
    assert erasing.work_on_next()
    shown = page(client, "person", world.person.pk)
    assert "Erased on" in shown
    assert "being erased" not in shown


def test_their_file_is_downloaded_whole(world):
    answer = world.client("admin").post(reverse("export_person", args=[world.person.pk]))
    assert "attachment" in answer.headers["Content-Disposition"]
    told = json.loads(b"".join(answer.streaming_content))
    assert {one["text"] for one in told["posts"]} == {HOSTILE}
    assert told["accounts"][0]["followers"] == 41_000


def test_only_who_looks_after_the_desk_is_offered_it(world):
    for role, is_offered in (("approver", False), ("admin", True)):
        shown = page(world.client(role), "person", world.person.pk)
        assert (reverse("erasing_person", args=[world.person.pk]) in shown) is is_offered
        assert (reverse("export_person", args=[world.person.pk]) in shown) is is_offered


def test_the_page_says_what_goes_stays_and_is_out_of_reach(world):
    shown = page(world.client("admin"), "erasing_person", world.person.pk)
    for words in ("What goes", "What stays", "backup made earlier", "Type their handle"):
        assert words in shown


def test_another_handle_erases_nobody(world):
    answer = erase(world.client("admin"), world.person, "@somebody")
    assert "That is not their handle." in answer.content.decode()
    assert Person.objects.get(pk=world.person.pk).erased_at is None


def test_all_pages_go_on_without_them(world):
    client = world.client("admin")
    world.ours()
    erase(client, world.person, f" {HOSTILE} ")
    assert erasing.work_on_next()
    assert reverse("person", args=[world.person.pk]) not in page(client, "people")
    shown = page(client, "conversation", world.talk.pk)
    assert "At nine." in shown
    assert "Only our own answers are left." in page(client, "person", world.person.pk)
    answer = client.post(reverse("answer", args=[world.talk.pk]), {"text": "hello"}, follow=True)
    assert "was erased here" in answer.content.decode()
    assert erase(client, world.person, "again").status_code == 200
    away = client.get(reverse("erasing_person", args=[world.person.pk]))
    assert away.headers["Location"] == reverse("person", args=[world.person.pk])


def test_the_trail_names_the_deeds_and_nobody(world):
    client = world.client("admin")
    client.post(reverse("export_person", args=[world.person.pk]))
    erase(client, world.person, HOSTILE)
    shown = page(client, "trail")
    assert "erased a person" in shown
    assert "took a person’s file" in shown
