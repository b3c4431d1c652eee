"""Asking for what connects an account: secrets unseen, and never as an option."""

import sys
import time
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import click

from twoway.connectors.interface import Setting

_WAIT: Final = 600.0
_THANKS: Final = b"<!DOCTYPE html><title>Twoway</title><p>Thank you. You can close this page."


def ask(settings: Sequence[Setting], given: Mapping[str, str]) -> dict[str, str]:
    """Return a value for every setting: given, typed at a prompt, or a line of standard input each.

    Raises click.UsageError for one that is given and unknown, or secret.
    """
    for name in given:
        setting = next((one for one in settings if one.name == name), None)
        if setting is None:
            known = ", ".join(one.name for one in settings if not one.secret)
            raise click.UsageError(f"--set {name}: there is no such setting. There are: {known}.")
        if setting.secret:
            raise click.UsageError(
                f"--set {name} would leave a secret in the shell's history. Leave it out and type "
                "it when asked, or pass it on standard input."
            )
    return {one.name: given.get(one.name) or _one(one) for one in settings}


def _one(setting: Setting) -> str:
    if not sys.stdin.isatty():
        value = sys.stdin.readline().rstrip("\r\n")
    else:
        if setting.explanation:
            click.echo(setting.explanation)
        example = f" (such as {setting.example})" if setting.example and not setting.secret else ""
        value = click.prompt(
            f"{setting.label}{example}",
            hide_input=setting.secret,
            default=None if setting.required else "",
            show_default=False,
        )
    if setting.required and not value.strip():
        raise click.UsageError(f"{setting.label} is needed. Nothing was connected.")
    return value.strip()


class Landing:
    """The page on this machine to which a network sends the person back, with its answer."""

    def __init__(self) -> None:
        self.answer: dict[str, str] = {}
        self._is_closed = False
        self._server = HTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.timeout = 1.0

    @property
    def address(self) -> str:
        """What the network is told to send the person back to."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def wait(self) -> dict[str, str]:
        """Wait until the person comes back; raises click.UsageError after ten minutes."""
        ends = time.monotonic() + _WAIT
        while not self.answer and not self._is_closed:
            if time.monotonic() >= ends:
                raise click.UsageError("Nobody came back from that page in ten minutes.")
            self._server.handle_request()
        return self.answer

    def close(self) -> None:
        """Listen no more; whoever waits is let go."""
        self._is_closed = True
        self._server.server_close()


def _handler(landing: Landing) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Take the answer; browsers ask for an icon, too, which holds none."""
            landing.answer = read_answer(self.path) if "?" in self.path else landing.answer
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(_THANKS)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's
            """Say nothing: the address holds a secret."""

    return Handler


def read_answer(pasted: str) -> dict[str, str]:
    """Read what a network's page gave: the address it led to, or only a code."""
    pasted = pasted.strip()
    query = urlsplit(pasted).query
    return dict(parse_qsl(query, keep_blank_values=True)) if query else {"code": pasted}
