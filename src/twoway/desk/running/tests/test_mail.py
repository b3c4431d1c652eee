"""Questions leave by e-mail, answers come back as notes, strangers' letters do nothing."""

from email.message import EmailMessage

import pytest
from django.core import mail as outgoing
from hypothesis import example, given
from hypothesis import strategies as some

from twoway.desk.clock import now
from twoway.desk.configuration import Misconfigured
from twoway.desk.inbox.models import ExpertQuestion, Note
from twoway.desk.inbox.services import UnknownQuestion, answer_of_expert, ask_expert
from twoway.desk.outbox.tests.conftest import Desk
from twoway.desk.running import mail

TOKEN = "abcdefghijklmnopqrst"


def letter(body, subject=f"Re: advice [twoway {TOKEN}]", kind="plain"):
    message = EmailMessage()
    message["From"] = "Dr. Wren <wren@workshop.example>"
    message["Subject"] = subject
    message.set_content(body, subtype=kind)
    return message.as_bytes()


def test_an_answer_is_read_without_what_it_quotes():
    read = mail.read(letter("Two weeks, as a rule.\n\nOn Monday, Ana wrote:\n> How long?\n"))
    assert (read.token, read.sender, read.text) == (
        TOKEN,
        "wren@workshop.example",
        "Two weeks, as a rule.",
    )


def test_an_answer_in_html_is_read_as_text():
    read = mail.read(letter("<p>Two <b>weeks</b>.</p><script>alert(1)</script>", kind="html"))
    assert read.text.startswith("Two weeks.")
    assert "<" not in read.text


@pytest.mark.parametrize("subject", ["Hello", "[twoway short]", ""])
def test_a_letter_about_something_else_is_none_of_ours(subject):
    assert mail.read(letter("Hello", subject=subject)) is None


@given(some.binary(max_size=2000))
@example(b"Subject: [twoway " + TOKEN.encode() + b"]\nFrom: \n\nhello")
@example(
    b"Subject: =?utf-8?q?[twoway "
    + TOKEN.encode()
    + b"]?=\nFrom: a@b\nContent-Type: text/plain; charset=nonsense\n\n\xff"
)
@example(
    b"Content-Type: multipart/mixed; boundary=x\nSubject: [twoway " + TOKEN.encode() + b"]\n\n--x--"
)
def test_any_bytes_are_a_letter_or_nothing(raw):
    read = mail.read(raw)
    assert read is None or (read.token and read.text)


@pytest.mark.parametrize("url", ["http://x", "imaps://", "mailbox"])
def test_a_mailbox_that_is_none_says_what_it_may_be(url):
    with pytest.raises(Misconfigured, match="imaps://"):
        mail.mailbox(url)


def test_no_mailbox_is_fine():
    assert mail.mailbox("") is None


@pytest.fixture
def desk(db, tmp_path):  # noqa: ARG001  the database must be there
    return Desk(tmp_path)


def test_a_question_leaves_once_and_its_answer_becomes_a_note(desk):
    talk = desk.waiting()
    ask_expert(desk.ana, talk.pk, "wren@workshop.example", "How long does a repair take?")
    assert mail.send_questions() == 1
    assert mail.send_questions() == 0
    sent = outgoing.outbox[-1]
    assert sent.to == ["wren@workshop.example"]
    assert "How long does a repair take?" in sent.body
    read = mail.read(letter("Two weeks.", subject=f"AW: {sent.subject}"))
    answer_of_expert(read.token, read.sender, read.text)
    assert [note.text for note in Note.objects.filter(conversation=talk)] == ["Two weeks."]
    assert ExpertQuestion.objects.get().answered_at <= now()


def test_somebody_else_s_answer_is_refused(desk):
    talk = desk.waiting()
    ask_expert(desk.ana, talk.pk, "wren@workshop.example", "How long does a repair take?")
    token = ExpertQuestion.objects.get().token
    with pytest.raises(UnknownQuestion):
        answer_of_expert(token, "stranger@elsewhere.example", "Pay here: https://evil.example")
