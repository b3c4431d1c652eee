"""What is asked and written with many values, on whichever database there is."""

import pytest
from django.db import IntegrityError, transaction

from twoway.desk.database import ahead, ask, change, insert
from twoway.desk.people.models import Account, Person
from twoway.desk.team.models import Organisation

pytestmark = pytest.mark.django_db

ODD = ['say "hello"', r"C:\new", "a,b", "{}", "null", "", " ", "'", "%s", "漢字", "a\nb"]


@pytest.fixture
def person():
    museum = Organisation.objects.create(name="Fern Museum", founded_at=0)
    return Person.objects.create(organisation=museum, name="Jonas", first_seen_at=0)


def names(person, wanted):
    question = "select remote_id from people_account where person_id = %s and remote_id in (%s)"
    return {name for (name,) in ask(question, person.pk, wanted)}


@pytest.fixture
def odd(person):
    for name in ODD:
        Account.objects.create(
            organisation_id=person.organisation_id,
            person=person,
            network="practice",
            remote_id=name,
        )
    return person


@pytest.mark.parametrize("others", [0, 100])
def test_every_word_is_found_as_it_is(odd, others):
    assert names(odd, [*ODD, *map(str, range(others))]) == {*ODD}
    assert all(names(odd, [word]) == {word} for word in ODD)
    assert names(odd, []) == set()
    assert Account.objects.filter(remote_id__among=ODD).count() == len(ODD)


def test_what_is_there_may_stay_as_it_is(person):
    columns = ("id", "organisation_id", "name", "sought", "relation", "first_seen_at", "is_spam",
               "do_not_contact")  # fmt: skip
    there = (person.pk, person.organisation_id, "Somebody else", "", "", 1, False, False)
    new = (person.pk + 1, person.organisation_id, "Mia", "", "", 1, False, False)
    insert(Person, columns, [there, new], replacing=None)
    assert [*Person.objects.order_by("pk").values_list("name", flat=True)] == ["Jonas", "Mia"]


def rename(person, name):
    change("update people_person set name = %s where id = %s", name, person.pk)


def test_what_is_written_ahead_is_there_for_the_next_question(person):
    with transaction.atomic():
        with ahead(lambda: rename(person, "Jonas Weber")):
            inside = ask("select name from people_person where id = %s", person.pk)
        assert inside == ask("select name from people_person") == [("Jonas Weber",)]


def test_a_mistake_made_ahead_is_told_and_undone(person):
    def mistaken():
        rename(person, "Jonas Weber")
        change("update people_person set first_seen_at = null where id = %s", person.pk)

    with pytest.raises(IntegrityError), transaction.atomic(), ahead(mistaken):
        pass
    assert Person.objects.get().name == "Jonas"
