"""Every address of the desk: how it is asked for, and from which role on it answers.

`make` gives the arguments of the address and what a form sends, for a world of one organisation.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import URLPattern, reverse

from twoway.audit.findings import Report
from twoway.audit.report import json as reports
from twoway.desk.channels import services as channels
from twoway.desk.inbox import services as inbox
from twoway.desk.inbox.models import SavedView
from twoway.desk.insight.models import Audit
from twoway.desk.pages.urls import urlpatterns
from twoway.desk.people import services as people
from twoway.desk.team import services as team
from twoway.desk.team.models import Invitation


@dataclass(frozen=True)
class View:
    """One way to ask: `role` is the lowest that may; `is_mine` where others of any role get nothing."""

    name: str
    method: str
    role: str
    make: Any = lambda _world: ()
    sends: Any = lambda _world: {}
    says: set[int] = field(default_factory=lambda: {200, 303})

    def ask(self, client, world):
        """Ask as a browser does and return the answer."""
        address = reverse(self.name, args=self.make(world))
        if self.method == "get":
            return client.get(address, self.sends(world))
        return client.post(address, self.sends(world))

    @property
    def belongs_to_one(self):
        """Tell whether the address names something of one organisation."""
        return self.name not in ANYBODYS


ANYBODYS = {
    "our_turn", "list", "boxes", "bulk", "keep_view", "search", "people", "channels", "connect", "connected",
    "practise", "team", "invite", "keep_team", "keep_holiday", "trail", "preferences", "welcome", "live",
    "learned", "learn", "take_back_learned", "describe_organisation", "how_we_are_doing", "count_us", "audit_handle", "progress",
}  # fmt: skip
WAYS_IN = {"begin", "join", "describe_us"}


def talk(world):
    return (world.talk.pk,)


def post(world):
    return (world.theirs.pk,)


def _draft(world):
    return (inbox.save_draft(world.mates["suggests"], world.talk.pk, "a draft").draft.pk,)


def _view(world):
    return (SavedView.objects.create(organisation=world.organisation, name="a view").pk,)


def _audit(world):
    made = Audit.objects.create(
        organisation=world.organisation,
        state="done",
        made_at=1,
        report=reports.render(
            Report(engine="duckdb", model="", made_at=1, window="90d", zone="UTC", accounts=())
        ),
    )
    return (made.pk,)


def _invitation(world):
    team.invite(world.mates["admin"], "new@larkway.example", "voice")
    return (Invitation.objects.filter(organisation=world.organisation).latest("pk").pk,)


def _person_note(world):
    return (people.note(world.mates["admin"], world.person.pk, "kind").pk,)


def _own_account(world):
    return (channels.note_own_account(world.mates["admin"], "practice", "ana-1", "@ana").pk,)


def _holiday(world):
    return (team.keep_holiday(world.mates["admin"], world.team.pk, date(2026, 12, 24)).pk,)


def _at_talk(world):
    return {"talk": world.talk.pk, "in": "box=ours"}


VIEWS = [
    View("our_turn", "get", "observer"),
    View("list", "get", "observer", lambda _w: ("settled",)),
    View("boxes", "get", "observer"),
    View("live", "get", "observer", says={204}),
    View("bulk", "post", "voice", sends=lambda w: {"chosen": w.talk.pk, "do": "assign"}),
    View("keep_view", "post", "observer", sends=lambda _w: {"name": "mine", "in": "box=ours&kind=complaint"}),
    View("drop_view", "post", "approver", _view),
    View("conversation", "get", "observer", talk),
    View("thread", "get", "observer", talk),
    View("branch", "get", "observer", talk),
    View("present", "post", "observer", talk),
    View("why", "get", "observer", post),
    View("assign", "post", "voice", talk, lambda w: {"to": w.mates["voice"].pk}),
    View("hand_over", "post", "voice", talk, lambda w: {"to": w.mates["admin"].pk, "word": "please"}),
    View("snooze", "post", "voice", talk, lambda _w: {"until": "2099-01-01"}),
    View("wake", "post", "voice", talk),
    View("tag", "post", "voice", talk, lambda _w: {"name": "line 7"}),
    View("untag", "post", "voice", talk, lambda _w: {"name": "line 7"}),
    View("note", "post", "suggests", talk, lambda _w: {"text": "look"}),
    View("ask_expert", "post", "suggests", talk, lambda _w: {"email": "greta@depot.example", "text": "when?"}),
    View("no_answer", "post", "voice", talk, lambda _w: {"reason": "chat"}),
    View("promise", "post", "voice", talk, lambda _w: {"due": "2099-01-01"}),
    View("keep_promise", "post", "voice", talk),
    View("spam", "post", "voice", talk),
    View("take_down", "post", "voice", talk, lambda w: {"post": w.ours().pk}),
    View("correct", "post", "suggests", post, lambda w: {**_at_talk(w), "kind": "praise"}),
    View("react", "post", "voice", lambda w: (w.theirs.pk, "like"), _at_talk),
    View("answer", "post", "suggests", talk, lambda _w: {"text": "an answer", "do": "send"}),
    View("draft", "post", "suggests", talk, lambda _w: {"text": "a draft"}),
    View("advice", "get", "suggests", talk),
    View("similar", "get", "suggests", talk),
    View("drop_draft", "post", "suggests", _draft),
    View("outgoing", "post", "approver", lambda w: (w.entry().pk,), lambda _w: {"do": "approve"}),
    View("attachment", "get", "suggests", lambda w: (w.picture().pk,)),
    View("drop_attachment", "post", "suggests", lambda w: (w.picture().pk,)),
    View("people", "get", "observer"),
    View("person", "get", "observer", lambda w: (w.person.pk,)),
    View("person_note", "post", "suggests", lambda w: (w.person.pk,), lambda _w: {"text": "kind"}),
    View("drop_person_note", "post", "admin", _person_note),
    View("describe_person", "post", "voice", lambda w: (w.person.pk,), lambda _w: {"relation": "press"}),
    View("export_person", "post", "admin", lambda w: (w.person.pk,)),
    View("erasing_person", "get", "admin", lambda w: (w.person.pk,)),
    View("erase_person", "post", "admin", lambda w: (w.person.pk,), lambda _w: {"handle": "torn"}),
    View("picture", "get", "observer", lambda w: (w.theirs.pk, 0), says={202}),
    View("face", "get", "observer", lambda w: (w.theirs.account_id,), says={202}),
    View("search", "get", "observer", sends=lambda _w: {"q": "script"}),
    View("channels", "get", "observer"),
    View("channel", "get", "observer", lambda w: (w.channel.pk,)),
    View("describe_channel", "post", "admin", lambda w: (w.channel.pk,), lambda _w: {"purpose": "talk"}),
    View("let_speak", "post", "admin", lambda w: (w.channel.pk,), lambda w: {"teammate": w.mates["voice"].pk}),
    View("stop_speaking", "post", "admin", lambda w: (w.channel.pk,), lambda w: {"teammate": w.mates["voice"].pk}),
    View("pause_channel", "post", "admin", lambda w: (w.channel.pk,), lambda _w: {"do": "pause"}),
    View("find_own_account", "post", "admin", lambda w: (w.channel.pk,), lambda _w: {"handle": "@ana"}),
    View("keep_own_account", "post", "admin", lambda w: (w.channel.pk,), lambda _w: {"seal": "torn"}),
    View("drop_own_account", "post", "admin", _own_account),
    View("disconnect", "post", "admin", lambda w: (w.channel.pk,)),
    View("connect", "get", "admin", lambda _w: ("mastodon",)),
    View("connected", "get", "admin", lambda _w: ("mastodon",)),
    View("practise", "post", "admin"),
    View("team", "get", "observer"),
    View("invite", "post", "admin", sends=lambda _w: {"email": "new@larkway.example", "role": "voice"}),
    View("take_back_invitation", "post", "admin", _invitation),
    View("change_role", "post", "admin", lambda w: (w.mates["voice"].pk,), lambda _w: {"role": "observer"}),
    View("describe_organisation", "post", "admin", sends=lambda _w: {"name": "Larkway", "time_zone": "UTC"}),
    View("keep_team", "post", "admin", sends=lambda _w: {"name": "night", "time_zone": "UTC"}),
    View("keep_holiday", "post", "admin", sends=lambda w: {"team": w.team.pk, "day": "2026-12-24"}),
    View("drop_holiday", "post", "admin", _holiday),
    View("trail", "get", "admin"),
    View("preferences", "get", "observer"),
    View("welcome", "get", "observer"),
    View("how_we_are_doing", "get", "observer"),
    View("count_us", "post", "observer"),
    View("audit_handle", "post", "observer", sends=lambda _w: {"handle": "@museum@server.example"}),
    View("progress", "get", "observer"),
    View("learned", "get", "observer"),
    View("learn", "post", "admin"),
    View("take_back_learned", "post", "admin"),
    View("report", "get", "observer", _audit),
]  # fmt: skip


def names():
    """Return the names of all addresses that the pages have."""
    return {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
