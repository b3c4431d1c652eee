"""A stateful double of Mastodon 4.6 that nobody here wrote, for what real servers at hand lack.

It streams, has polls, keys, scopes and grouped notifications, and fails when asked to. Known to be
wrong, so nothing here relies on it: who may see a private post, voting twice, PKCE, the name of
edits on websockets. It is fetched once into var/servers/mastodon_mock, apart from the project's own
packages, because it would load a web framework into every run of pytest.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import pytest
from servers.patience import PATIENCE
from servers.ports import CLIENT, free_port, wait_for_port

FOLDER = Path(__file__).parents[2] / "var" / "servers" / "mastodon_mock"
PACKAGE = "mastodon_mock==0.6.1"
PEOPLE = ("larchtea", "ann", "ben")
"""An organisation and two people; each one's token is "<name>-token"."""


@dataclass(frozen=True, slots=True)
class Mock:
    """A running double."""

    port: int
    tokens: Mapping[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """Name the host as handles do."""
        return f"localhost:{self.port}"

    @property
    def address(self) -> str:
        """Say where the server is."""
        return f"http://{self.host}"

    def call(self, person: str | None, method: str, path: str, **call: Any) -> Any:
        """Ask the API as somebody or as nobody; raises on any refusal."""
        headers = call.pop("headers", {})
        if person:
            headers = headers | {"authorization": f"Bearer {self.tokens[person]}"}
        answer = CLIENT.request(method, f"{self.address}{path}", headers=headers, **call)
        answer.raise_for_status()
        return answer.json()

    def reset(self) -> None:
        """Forget everything but the people."""
        self.call(None, "POST", "/api/v1/_mock/reset")

    def fail(self, path: str, effect: Mapping[str, Any], *, count: int | None = None) -> None:
        """Answer the next `count` requests for a path with an effect (status, latency, …)."""
        rule = {"match": {"path": path}, "effect": effect, "count": count}
        self.call(None, "POST", "/api/v1/_mock/faults", json=rule)

    def recover(self) -> None:
        """Take back all faults."""
        self.call(None, "DELETE", "/api/v1/_mock/faults")


@contextmanager
def mastodon_mock(settings: str = "") -> Iterator[Mock]:
    """Run a double with the cast on it; `settings` are more lines of its TOML."""
    install()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="mastodon-mock-") as folder:
        config = Path(folder) / "config.toml"
        config.write_text(_config(port) + settings)
        command = [sys.executable, "-m", "mastodon_mock", "serve", "--config", str(config)]
        process = subprocess.Popen(
            [*command, "--log-level", "critical"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(FOLDER / "packages"), "PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for_port(port, process)
            yield Mock(port, {name: f"{name}-token" for name in PEOPLE})
        finally:
            process.kill()  # it would wait for open streams, and keeps nothing
            process.wait(PATIENCE)


@pytest.fixture(scope="session")
def mock_server() -> Iterator[Mock]:
    """Run one double for the whole session."""
    with mastodon_mock() as mock:
        yield mock


def install() -> None:
    """Fetch the package once for all who ask at the same time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        stamp = FOLDER / "installed"
        if stamp.exists() and stamp.read_text() == PACKAGE:
            return
        target = str(FOLDER / "packages")
        command = [sys.executable, "-m", "pip", "install", "-q", "--target", target, PACKAGE]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{PACKAGE} cannot be installed:\n{done.stderr}")
        stamp.write_text(PACKAGE)


def _config(port: int) -> str:
    people = "".join(
        f'[[seed.accounts]]\nusername = "{name}"\naccess_token = "{name}-token"\n'
        for name in PEOPLE
    )
    return f'domain = "localhost:{port}"\nurl_scheme = "http"\n{people}'
