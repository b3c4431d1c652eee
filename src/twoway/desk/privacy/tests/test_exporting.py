"""A person's file holds all of them and nothing of anybody else, in a fixed number of questions."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from twoway.desk.privacy import erasing, exporting
from twoway.desk.privacy.tests.conftest import HANDLE, ID
from twoway.desk.team.access import NotThere
from twoway.desk.team.models import Event


def file_of(museum):
    return json.loads("".join(exporting.export(museum.ada, museum.jonas.pk)))


def test_all_of_them_is_in_it(museum):
    found = file_of(museum)
    assert found["person"]["name"] == "Jonas of the drizzle"
    assert [one["handle"] for one in found["accounts"]] == [HANDLE]
    assert {one["text"] for one in found["posts"]} == {
        "May I bring my teapot?", "Even in a drizzle?", "Is the heliotrope room open?",
    }  # fmt: skip
    assert [one["text"] for one in found["our_answers"]] == ["@jonas.krell Of course you may."]
    assert [one["text"] for one in found["what_colleagues_know"]] == ["Jonas has a teapot."]
    assert [one["text"] for one in found["notes"]] == ["The heliotrope man."]
    assert [one["text"] for one in found["drafts"]] == ["Dear Jonas, heliotrope"]
    assert {one["state"] for one in found["sent_or_to_be_sent"]} == {"sent", "held"}
    assert {tag for one in found["conversations"] for tag in one["tags"]} == {"plants"}
    assert any(one["promise_due_at"] for one in found["conversations"])
    assert len(found["kinds_corrected"]) == 3
    assert [one["kind"] for one in found["likes_and_shares"]] == ["like"]
    assert found["posts"][0]["read_as"] == [{"kind": "question", "certainty": 0.9}]


def test_nobody_else_is_in_it(museum, neighbour):
    told = json.dumps(file_of(museum))
    assert "Mira" not in told
    assert "there tea" not in told
    assert len(file_of(neighbour)["posts"]) == 3


def test_more_posts_need_no_more_questions(museum):
    with CaptureQueriesContext(
        connection,
    ) as before:
        file_of(museum)
    for _ in range(30):
        museum.asks("And the heliotrope?", ID)
    with CaptureQueriesContext(connection) as after:
        assert len(file_of(museum)["posts"]) == 33
    assert len(after) == len(before)


def test_only_an_admin_takes_it_and_the_trail_says_so(museum, neighbour):
    person = museum.jonas.pk
    with pytest.raises(PermissionDenied):
        exporting.export(museum.vera, person)
    with pytest.raises(NotThere):
        exporting.export(neighbour.ada, person)
    assert not Event.objects.filter(action="exported a person").exists()
    file_of(museum)
    assert Event.objects.get(action="exported a person").number == person


def test_of_the_erased_there_is_nothing_to_take(museum):
    person = museum.jonas.pk
    erasing.erase(museum.ada, person, HANDLE)
    assert erasing.work_on_next()
    told = "".join(exporting.export(museum.ada, person)).lower()
    assert "jonas" not in told
    assert "teapot" not in told
