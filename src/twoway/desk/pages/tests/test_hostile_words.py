"""Nothing that a network, a colleague or an address can say becomes markup, a script or a way out."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from twoway.desk.pages.tests.addresses import VIEWS
from twoway.desk.pages.tests.conftest import HOSTILE, PNG, stranger
from twoway.desk.pages.words import said

PAGES = [
    view
    for view in VIEWS
    if view.method == "get" and view.name not in {"attachment", "report", "live"}
]
EVIL = [
    "https://evil.example/",
    "//evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "https:evil",
]


class Looking(HTMLParser):
    """Notes whatever a hostile text could have become."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag in {"style", "iframe", "object", "embed", "base"}:
            self.found.append(tag)
        if tag == "script" and not (said.get("src") or "").startswith("/static/"):
            self.found.append("script")
        if tag == "img" and said.get("src") == "x":
            self.found.append("img")
        self.found += [name for name in said if name.startswith("on") or name == "style"]
        addresses = [said.get(name) or "" for name in ("href", "src", "action", "formaction")]
        self.found += [
            one for one in addresses if one.strip().casefold().startswith(("javascript:", "data:"))
        ]


def looked_at(answer):
    looking = Looking()
    looking.feed(answer.content.decode())
    return looking.found


@pytest.fixture
def full(world):
    """Put hostile words wherever colleagues can put some, too."""
    world.entry()
    world.picture("admin")
    world.note_on_person()
    client = world.client("admin")
    talk = [world.talk.pk]
    client.post(reverse("note", args=talk), {"text": HOSTILE})
    client.post(reverse("tag", args=talk), {"name": HOSTILE[:40]})
    client.post(reverse("draft", args=talk), {"text": HOSTILE})
    client.post(reverse("ask_expert", args=talk), {"email": "greta@depot.example", "text": HOSTILE})
    client.post(reverse("keep_view"), {"name": HOSTILE[:60], "in": "box=ours"})
    client.post(
        reverse("keep_holiday"), {"team": world.team.pk, "day": "2026-12-24", "name": HOSTILE}
    )
    return world


@pytest.mark.parametrize("view", PAGES, ids=[view.name for view in PAGES])
def test_hostile_words_stay_words(view, full):
    answer = view.ask(full.client("admin"), full)
    if answer.status_code == 200:
        assert looked_at(answer) == []
        assert "alert(5)" not in answer.content.decode()


def test_hostile_words_are_shown_nonetheless(full):
    page = full.client("admin").get(reverse("conversation", args=[full.talk.pk])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page


@pytest.mark.parametrize("words", [HOSTILE, '"><script>alert(1)</script>', "x' onfocus='alert(1)"])
@pytest.mark.parametrize(
    "address", ["/search/?q={}", "/people/?q={}", "/?tag={}&language={}&kind={}", "/?after={}"]
)
def test_words_in_an_address_stay_words(address, words, world):
    answer = world.client("voice").get(address.replace("{}", words))
    assert answer.status_code == 200
    assert looked_at(answer) == []


@pytest.mark.parametrize("view", PAGES, ids=[view.name for view in PAGES])
def test_every_page_says_what_it_may_load(view, world):
    policy = view.ask(world.client("admin"), world).headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_report_allows_its_own_styles_and_nothing_else(world):
    view = next(one for one in VIEWS if one.name == "report")
    policy = view.ask(world.client("observer"), world).headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "style-src 'unsafe-hashes' 'sha256-" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize("to", EVIL)
def test_no_form_leads_out_of_the_desk(to, world):
    client = world.client("admin")
    for name in ("describe_channel", "person_note"):
        args = [world.channel.pk if name == "describe_channel" else world.person.pk]
        answer = client.post(reverse(name, args=args), {"text": "kind", "back": to})
        assert answer.headers["Location"].startswith("/"), name
        assert not answer.headers["Location"].startswith("//"), name
    mate = world.mates["voice"]
    mate.set_password("a long sentence")
    mate.save()
    said = {"login": mate.email, "password": "a long sentence", "next": to}
    assert stranger().post(reverse("account_login"), said).headers["Location"] == "/"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"GIF89",
        b"<svg onload=alert(1)>",
        b"\x00" * 40,
        b"%PDF-1.4",
    ],
)
def test_what_is_no_picture_is_not_taken_for_one(content, world, tmp_path):
    file = tmp_path / "picture.png"
    file.write_bytes(content)
    client, address = world.client("voice"), reverse("answer", args=[world.talk.pk])
    with file.open("rb") as opened:
        client.post(address, {"text": "look", "do": "attach", "picture": opened})
    assert not world.talk.attachment_set.exists()


def test_a_picture_is_shown_as_the_picture_it_is(world):
    made = world.picture()
    answer = world.client("voice").get(reverse("attachment", args=[made.pk]))
    assert answer.content == PNG
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_token_is_told_once_and_kept_nowhere(world, caplog, mailoutbox):
    client = world.client("admin")
    page = client.post(
        reverse("invite"), {"email": "new@larkway.example", "role": "voice"}
    ).content.decode()
    token = re.search(r"/invitation/([\w-]+)/", page)[1]
    assert token in mailoutbox[0].body
    assert token not in client.get(reverse("team")).content.decode()
    assert token not in client.get(reverse("trail")).content.decode()
    assert token not in caplog.text
    assert token not in str(dict(client.session.items()))


def test_pages_of_the_desk_are_kept_by_no_cache(world):
    answer = world.client("voice").get(reverse("conversation", args=[world.talk.pk]))
    assert "no-store" in answer.headers["Cache-Control"]


def test_names_at_the_beginning_are_set_apart_and_stay_words():
    assert said("@museum, @zoo متى؟") == "<bdi>@museum, @zoo</bdi> متى؟"
    assert said("@museum <b>bold") == "<bdi>@museum</bdi> &lt;b&gt;bold"
    for words in ("متى؟", "@museum", "<b>bold", "e@mail is no name"):
        assert said(words) == words, "left to the template, which escapes it"
