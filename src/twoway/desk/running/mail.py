"""Questions to experts leave by e-mail, and their answers come back as notes."""

import email
import email.policy
import imaplib
import logging
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage as Outgoing
from mailparser_reply import EmailReplyParser
from turbohtml import parse as parse_html

from twoway.desk.clock import now
from twoway.desk.configuration import Misconfigured
from twoway.desk.database import writing
from twoway.desk.inbox import services
from twoway.desk.inbox.models import ExpertQuestion
from twoway.desk.inbox.services import UnknownQuestion

log = logging.getLogger("twoway.desk.mail")

LARGEST: Final = 2_000_000
"""Bytes of a letter that are read; what is larger stays in the mailbox, unread."""
AT_ONCE: Final = 50
_TOKEN: Final = re.compile(r"\[twoway ([A-Za-z0-9_-]{16,40})\]")
_LANGUAGES: Final = ["en", "de", "fr", "es", "it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Where answers arrive."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    is_tls: bool


def mailbox(url: str) -> Mailbox | None:
    """Read `imaps://user:password@host:port/folder`; None where nothing is set."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname:
        raise Misconfigured(
            "TWOWAY_MAILBOX names no mailbox. Write it as imaps://user:password@host/folder."
        )
    return Mailbox(
        host=parts.hostname,
        port=parts.port or (993 if parts.scheme == "imaps" else 143),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        is_tls=parts.scheme == "imaps",
    )


def send_questions() -> int:
    """Send the questions that have not left yet; returns how many did."""
    sent = 0
    for question in ExpertQuestion.objects.filter(sent_at=None).select_related("teammate")[
        :AT_ONCE
    ]:
        asker = question.teammate.name if question.teammate is not None else "a colleague"
        letter = Outgoing(
            subject=f"{asker} asks for your advice [twoway {question.token}]",
            body=f"{question.text}\n\nAnswer this e-mail: what you write becomes a note beside the "
            "conversation. Nobody outside sees it.\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[question.email],
            headers={"Message-ID": f"<{question.token}@twoway>"},
        )
        # Sent twice after a crash in between is better than never.
        letter.send()
        with writing():
            ExpertQuestion.objects.filter(pk=question.pk, sent_at=None).update(sent_at=now())
        sent += 1
    return sent


def fetch_answers() -> int:
    """Take the unread answers out of the mailbox as notes; returns how many."""
    box = mailbox(settings.CONFIGURATION.mailbox)
    if box is None:
        return 0
    with _open(box) as connection:
        connection.select(f'"{box.folder}"')
        _, found = connection.search(None, "UNSEEN", "SMALLER", str(LARGEST))
        numbers = found[0].split()[:AT_ONCE]
        return sum(_take(connection, number.decode()) for number in numbers)


def _open(box: Mailbox) -> imaplib.IMAP4:
    connection = (
        imaplib.IMAP4_SSL(box.host, box.port, ssl_context=ssl.create_default_context(), timeout=30)
        if box.is_tls
        else imaplib.IMAP4(box.host, box.port, timeout=30)
    )
    connection.login(box.user, box.password)
    return connection


def _take(connection: imaplib.IMAP4, number: str) -> bool:
    """Make a note of one letter; a letter that answers no question of ours stays unread."""
    _, parts = connection.fetch(number, "(BODY.PEEK[])")
    raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
    if not isinstance(raw, bytes):
        return False
    letter = read(raw)
    if letter is None:
        return False
    try:
        services.answer_of_expert(letter.token, letter.sender, letter.text)
    except UnknownQuestion as error:
        log.warning("a letter was left in the mailbox: %s", error)
        return False
    connection.store(number, "+FLAGS", r"(\Seen)")
    return True


@dataclass(frozen=True, slots=True)
class Letter:
    """An answer: whose question it is, who wrote it, and what, without what they quoted."""

    token: str
    sender: str
    text: str


def read(raw: bytes) -> Letter | None:
    """Read an e-mail; None where it is no answer to a question of ours."""
    # Deprecated headers raise in the strict reading; a hostile letter is simply no answer.
    with suppress(ValueError, LookupError, AttributeError, IndexError, TypeError):
        letter = email.message_from_bytes(raw, policy=email.policy.default)
        token = _TOKEN.search(str(letter["subject"] or ""))
        text = _text(letter) if isinstance(letter, EmailMessage) else ""
        sender = letter["from"].addresses[0].addr_spec
        if token is not None and text:
            return Letter(token[1], sender, text)
    return None


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain", "html"))
    if body is None:
        return ""
    text = str(body.get_content())
    if body.get_content_subtype() == "html":
        text = parse_html(text).text
    reply = EmailReplyParser(languages=_LANGUAGES).parse_reply(text=text)
    return (reply or text).strip()[:20_000]
