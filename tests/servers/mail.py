"""A real mail server for tests: letters come in by SMTP (aiosmtpd) and lie in an IMAP mailbox (pymap)."""

import imaplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from servers.patience import PATIENCE
from servers.ports import free_port, wait_for_port

DESK = "desk@larkway.example"
_USER, _PASSWORD = "desk", "a mailbox of its own"


@dataclass
class Mail:
    """Where letters go in and out; `letters` are all that were sent so far."""

    smtp: int
    imap: int
    letters: list[EmailMessage] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """Return what a desk must be told to use this server."""
        password = _PASSWORD.replace(" ", "%20")
        return {
            "TWOWAY_EMAIL": f"smtp://127.0.0.1:{self.smtp}",
            "TWOWAY_SENDER": DESK,
            "TWOWAY_MAILBOX": f"imap://{_USER}:{password}@127.0.0.1:{self.imap}/INBOX",
        }

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        """Take a letter in; one to the desk goes on into its mailbox."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append(letter)
        return "250 OK"

    def deliver(self, letter: EmailMessage) -> None:
        """Put a letter into the desk's mailbox, as its provider would."""
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=PATIENCE) as box:
            box.login(_USER, _PASSWORD)
            box.append("INBOX", "", None, letter.as_bytes())

    def answer(self, letter: EmailMessage, sender: str, words: str) -> None:
        """Answer a letter as a mail program does: with its subject, and what was said quoted below."""
        reply = EmailMessage()
        reply["From"], reply["To"] = sender, letter["From"]
        reply["Subject"] = f"Re: {letter['Subject']}"
        reply["In-Reply-To"] = letter["Message-ID"]
        body = letter.get_body(("plain",))
        quoted = "".join(
            f"> {line}\n" for line in (body.get_content() if body else "").splitlines()
        )
        reply.set_content(f"{words}\n\nOn Monday {letter['From']} wrote:\n{quoted}")
        self.deliver(reply)


@contextmanager
def mail_server() -> Iterator[Mail]:
    """Run both servers on ports of their own."""
    served = Mail(smtp=free_port(), imap=free_port())
    command = [
        str(Path(sys.executable).with_name("pymap")), "--host", "127.0.0.1", "--port", str(served.imap),
        "--no-tls", "dict", "--demo-user", _USER, "--demo-password", _PASSWORD,
    ]  # fmt: skip
    imap = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    controller = Controller(served, hostname="127.0.0.1", port=served.smtp, ready_timeout=PATIENCE)
    try:
        wait_for_port(served.imap, imap)
        controller.start()
        yield served
    finally:
        if controller.loop.is_running():
            controller.stop()
        imap.terminate()
        imap.wait(PATIENCE)


@pytest.fixture
def mail() -> Iterator[Mail]:
    """Give a mail server of this test's own."""
    with mail_server() as served:
        yield served
