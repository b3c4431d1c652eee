"""Corrections become a model of the organisation's own: used only where it is better, and reversible."""

import shutil

import pytest
from django.core.exceptions import PermissionDenied

from twoway.core.accounts import Account
from twoway.core.posts import Mention, Post
from twoway.core.readings import Kind, Reading
from twoway.desk.channels.models import Channel
from twoway.desk.clock import HOUR, now
from twoway.desk.inbox import services as inbox
from twoway.desk.inbox.ingest import judge_next_anew, receive
from twoway.desk.inbox.learned import folder_of
from twoway.desk.inbox.models import Post as Stored
from twoway.desk.inbox.readings import kept
from twoway.desk.learning import queries, services
from twoway.desk.learning.corrections import corrections_of
from twoway.desk.people.models import Person
from twoway.desk.team.models import Organisation, Teammate
from twoway.desk.team.services import Refused
from twoway.language import MODEL, remembering

SAID = (
    ("Twelve minutes late and nobody says why, stop {}.", "complaint"),
    ("Which door do I take at stop {}?", "question"),
    ("You lovely people of stop {}, what a day.", "praise"),
    ("Please put a bench at stop {}.", "request"),
)


def read_as_remarks(utterances):
    for _ in utterances:
        yield Reading(theirs=(Kind("statement", 0.8, holds=True),), ours=(), language="en")


class Desk:
    """Ana looks after the desk, Omar suggests; a few people wrote, all read as remarks."""

    def __init__(self, posts):
        self.organisation = Organisation.objects.create(name="Larkway Buses", founded_at=0)
        self.ana, self.omar = (
            Teammate.objects.create(
                organisation=self.organisation,
                name=name,
                role=role,
                email=f"{name}@larkway.example",
            )
            for name, role in (("Ana", "admin"), ("Omar", "suggests"))
        )
        self.channel = Channel.objects.create(
            organisation=self.organisation, network="practice", remote_id="us", handle="larkway",
            connected_at=now() - 48 * HOUR, state="working",
        )  # fmt: skip
        self.hear(range(posts), read_as_remarks)

    def hear(self, numbers, read=None):
        """Let people write; person `n` writes every fifth post."""
        said = [
            Post(
                network="practice", id=f"post-{n}", author=f"person-{n % 5}", said_at=now() - HOUR + n,
                text=SAID[n % len(SAID)][0].format(n), mentions=(Mention("us"),),
            )
            for n in numbers
        ]  # fmt: skip
        people = [Account(network="practice", id=f"person-{n}", handle=f"p{n}") for n in range(5)]
        receive(self.channel, [*people, *said], read=read)
        return Stored.objects.filter(remote_id__in=[one.id for one in said]).order_by("said_at")

    def corrects(self, posts=None):
        """Put right what posts were taken for."""
        for post in posts if posts is not None else Stored.objects.order_by("said_at"):
            kind = SAID[int(post.remote_id.partition("-")[2]) % len(SAID)][1]
            inbox.correct_kind(self.omar, post.pk, [kind])

    def learns(self):
        """Ask for a lesson and let a worker do it; return it."""
        asked = services.ask_to_learn(self.ana)
        assert services.claim() == asked
        services.work(asked)
        asked.refresh_from_db()
        return asked


@pytest.fixture
def make(db):  # noqa: ARG001  the database must be there
    made = []

    def make_desk(posts):
        made.append(Desk(posts))
        return made[-1]

    yield make_desk
    for desk in made:
        shutil.rmtree(folder_of(desk.organisation.pk), ignore_errors=True)


def test_the_last_correction_of_a_post_is_what_is_learned(make):
    desk = make(4)
    first = Stored.objects.order_by("said_at").first()
    inbox.correct_kind(desk.omar, first.pk, ["spam"])
    desk.corrects()
    found = corrections_of(desk.organisation.pk)
    assert sorted(one.kinds for one in found) == sorted((kind,) for _, kind in SAID)
    assert {one.text for one in found} == {said.format(n) for n, (said, _) in enumerate(SAID)}


def test_what_was_taken_down_is_not_learned(make):
    desk = make(2)
    desk.corrects()
    Stored.objects.filter(remote_id="post-0").update(deleted_at=now())
    assert [one.kinds for one in corrections_of(desk.organisation.pk)] == [("question",)]


def test_too_few_posts_teach_nothing_and_say_so(make):
    desk = make(3)
    desk.corrects()
    lesson = desk.learns()
    assert (lesson.state, lesson.found["corrections"]) == ("not used", 3)
    assert not queries.learned_for_observer(desk.omar).is_in_use
    with pytest.raises(Refused, match="Nothing was learned"):
        services.take_back(desk.ana)


def test_one_lesson_at_a_time_and_only_for_whoever_looks_after_the_desk(make):
    desk = make(1)
    assert services.ask_to_learn(desk.ana) == services.ask_to_learn(desk.ana)
    for what in (services.ask_to_learn, services.take_back):
        with pytest.raises(PermissionDenied):
            what(desk.omar)


def test_who_is_gone_is_forgotten(make):
    desk = make(5)
    desk.corrects()
    desk.learns()
    assert services.forget_who_is_gone() == 0
    Person.objects.filter(accounts__remote_id="person-0").delete()
    assert services.forget_who_is_gone() == 1
    assert services.forget_who_is_gone() == 0
    kept_words = (folder_of(desk.organisation.pk) / "corrections.jsonl").read_text()
    assert "stop 0" not in kept_words
    assert "stop 1" in kept_words


def outdate(desk):
    """Have something learned on top of an older shipped model, as before an upgrade."""
    folder = folder_of(desk.organisation.pk)
    folder.mkdir(parents=True, exist_ok=True)
    remembering.set_state(folder, {"version": 2, "base": "twoway-language 0", "before": None})


def test_an_upgrade_has_the_same_learned_anew_once(make):
    desk = make(2)
    assert services.learn_anew_after_an_upgrade() == 0
    outdate(desk)
    assert services.learn_anew_after_an_upgrade() == 1
    assert services.learn_anew_after_an_upgrade() == 0
    assert services.claim().organisation_id == desk.organisation.pk


@pytest.mark.parametrize("ends", [services.work, services.fail])
def test_what_cannot_be_learned_anew_is_not_shown_as_in_use(make, ends):
    desk = make(2)
    outdate(desk)
    services.learn_anew_after_an_upgrade()
    ends(services.claim())
    assert not queries.learned_for_observer(desk.omar).is_in_use
    assert services.learn_anew_after_an_upgrade() == 0


def test_nothing_is_read_anew_before_the_lesson_has_ended(make):
    desk = make(2)
    outdate(desk)
    assert judge_next_anew() is None
    services.learn_anew_after_an_upgrade()
    services.work(services.claim())
    assert judge_next_anew().threads == 2


@pytest.mark.slow
def test_what_was_learned_reads_new_posts_until_it_is_taken_back(make):
    desk = make(80)
    desk.corrects()
    assert desk.learns().state == "used"
    learned = queries.learned_for_observer(desk.omar)
    assert learned.local_after >= learned.local_before
    assert learned.base_after >= learned.base_before - 0.01
    (fresh,) = desk.hear([100])
    assert kept(fresh.reading).model == f"{MODEL} local 1"
    services.take_back(desk.ana)
    (fresh,) = desk.hear([101])
    assert kept(fresh.reading).model == MODEL
    assert not queries.learned_for_observer(desk.omar).is_in_use
