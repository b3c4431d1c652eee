"""Two real servers of the fediverse that speak Mastodon's API and federate with each other.

snac is written in C, is in Debian, and needs no database: 250 KB are fetched once into
var/servers/snac, and two instances with three people are up after two seconds. What it lacks
(polls, streams, keys) `mastodon_mock` has.
"""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import httpx
import pytest
from servers.patience import PATIENCE, until
from servers.ports import CLIENT, free_port, wait_for_port

FOLDER = Path(__file__).parents[2] / "var" / "servers" / "snac"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
SOURCE = f"deb [signed-by={KEYRING}] http://deb.debian.org/debian bookworm-backports main"
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
SETTINGS = {
    "protocol": "http",  # or it would need certificates
    # With four (the default) the instances' deliveries to each other starve those who ask.
    "num_threads": 24,
    # What a busy machine does not take within six seconds (the default) is lost for two minutes.
    "queue_timeout": 60,
    "queue_timeout_2": 60,
    "queue_retry_minutes": 1,
}


@dataclass(slots=True)
class Instance:
    """One running server; `people` are the passwords of its users, `tokens` are made when asked."""

    port: int
    folder: Path
    people: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def host(self) -> str:
        """Name the host as handles do."""
        return f"localhost:{self.port}"

    @property
    def address(self) -> str:
        """Say where the server is."""
        return f"http://{self.host}"

    def handle(self, name: str) -> str:
        """Return the handle of a user without "@" before it."""
        return f"{name}@{self.host}"

    def call(self, person: str | None, method: str, path: str, **call: Any) -> Any:
        """Ask the API as somebody or as nobody; raises on any refusal."""
        headers = {"authorization": f"Bearer {self.token(person)}"} if person else {}
        answer = _answer(method, f"{self.address}{path}", headers=headers, **call)
        answer.raise_for_status()
        return answer.json()

    def order(self, *words: str) -> str:
        """Run a command of the server's owner ("adduser", "note", …)."""
        verb, *rest = words
        return _run(str(_binary()), verb, str(self.folder), *rest)

    def published(self, name: str) -> list[str]:
        """Return what somebody has said in public, from the server's files: its API lists the last 256."""
        files = (self.folder / "user" / name / "public").glob("*.json")
        posts = (json.loads(file.read_text()) for file in files)
        mine = f"{self.address}/{name}"
        return [post["content"] for post in posts if post.get("attributedTo") == mine]

    def join(self, name: str) -> str:
        """Make an account for somebody and log them in; returns the name."""
        self.people[name] = _password(self.order("adduser", name))
        self.token(name)
        return name

    def token(self, name: str) -> str:
        """Log in without a browser; a token of a client of its own."""
        if name not in self.tokens:
            app = self.call(
                None,
                "POST",
                "/api/v1/apps",
                data={"client_name": "Tests", "redirect_uris": OUT_OF_BAND, "scopes": "read write"},
            )
            address = f"{self.address}/oauth/authorize?response_type=code&state=s" + "".join(
                f"&{key}={value}"
                for key, value in {
                    "client_id": app["client_id"],
                    "redirect_uri": OUT_OF_BAND,
                }.items()
            )
            told = _answer(
                "POST",
                f"{self.address}/oauth/token",
                data={
                    "grant_type": "authorization_code",
                    "code": self.say_yes(address, name)["code"],
                    "client_id": app["client_id"],
                    "client_secret": app["client_secret"],
                    "redirect_uri": OUT_OF_BAND,
                },
            )
            self.tokens[name] = told.raise_for_status().json()["access_token"]
        return self.tokens[name]

    def say_yes(self, address: str, name: str) -> dict[str, str]:
        """Do what a person does on the server's page: log in, and let the client in."""
        page = _answer("GET", address).raise_for_status().text
        fields = dict(re.findall(r'name="(\w+)"[^>]*?value="([^"]*)"', page))
        fields |= {"login": name, "passwd": self.people[name]}
        answer = _answer("POST", f"{self.address}/oauth/x-snac-login", data=fields)
        if answer.is_redirect:
            return dict(httpx.URL(answer.headers["location"]).params)
        return {"code": answer.raise_for_status().text.strip()}

    def start(self) -> None:
        """Run the server; it may have been killed before."""
        self.process = subprocess.Popen(
            [_binary(), "httpd", self.folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for_port(self.port, self.process)

    def stop(self) -> None:
        """End the server as a power failure would."""
        if self.process:
            self.process.kill()
            self.process.wait(PATIENCE)


@dataclass(frozen=True, slots=True)
class Fediverse:
    """An organisation's server, and one where two people live who talk with it."""

    ours: Instance
    theirs: Instance

    @property
    def hosts(self) -> list[str]:
        """Name the hosts that a door must be allowed to reach."""
        return [self.ours.host, self.theirs.host]


@contextmanager
def fediverse() -> Iterator[Fediverse]:
    """Run two instances: @larchtea and @cleo on ours, @ann and @ben on theirs."""
    install()
    with tempfile.TemporaryDirectory(prefix="snac-", ignore_cleanup_errors=True) as folder:
        ours = _made(Path(folder) / "ours", ("larchtea", "cleo"))
        theirs = _made(Path(folder) / "theirs", ("ann", "ben"))
        try:
            ours.start()
            theirs.start()
            yield Fediverse(ours, theirs)
        finally:
            ours.stop()
            theirs.stop()


@pytest.fixture(scope="session")
def snac() -> Iterator[Fediverse]:
    """Run the two instances for the whole session."""
    with fediverse() as both:
        yield both


def install() -> None:
    """Fetch the package, without installing it, once for all who ask at the same time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not _binary().exists():
            _fetch()


def _binary() -> Path:
    return FOLDER / "root" / "usr" / "bin" / "snac"


def _fetch() -> None:
    """Ask Debian's backports with lists of our own: the machine's stay as they are."""
    if not shutil.which("apt-get") or not Path(KEYRING).exists():
        raise RuntimeError(f"snac comes from Debian; this machine has no apt-get or no {KEYRING}.")
    with tempfile.TemporaryDirectory(prefix="apt-") as name:
        apt = Path(name)
        for folder in ("lists/partial", "cache/archives/partial"):
            (apt / folder).mkdir(parents=True)
        (apt / "sources.list").write_text(SOURCE)
        options = {
            "Dir::Etc::sourcelist": apt / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::State::lists": apt / "lists",
            "Dir::Cache": apt / "cache",
            "APT::Sandbox::User": "root",
        }
        given = [f"-o{key}={value}" for key, value in options.items()]
        _run("apt-get", *given, "-qq", "update", folder=apt)
        _run("apt-get", *given, "-qq", "download", "snac2", folder=apt)
        (package,) = apt.glob("snac2_*.deb")
        _run("dpkg", "-x", str(package), str(FOLDER / "root"))


def _made(folder: Path, people: tuple[str, ...]) -> Instance:
    """Make an instance with its people."""
    instance = Instance(free_port(), folder)
    asked = f"127.0.0.1\n{instance.port}\n{instance.host}\n\n\n"
    _run(str(_binary()), "init", str(folder), typed=asked)
    _change(folder / "server.json", SETTINGS)
    for name in people:
        instance.people[name] = _password(instance.order("adduser", name))
    return instance


def _answer(method: str, address: str, **call: Any) -> httpx.Response:
    """Ask until there is an answer; what may have changed something is asked once.

    snac resets connections while it delivers.
    """
    lost = httpx.TransportError if method == "GET" else httpx.ConnectError

    def ask() -> httpx.Response | None:
        with suppress(lost):
            return CLIENT.request(method, address, **call)
        return None

    return until(ask)


def _password(said: str) -> str:
    found = re.search(r"password is (\S+)", said)
    assert found, said
    return found[1]


def _change(file: Path, values: Mapping[str, Any]) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def _run(*command: str, folder: Path | None = None, typed: str | None = None) -> str:
    done = subprocess.run(
        command, cwd=folder, input=typed, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr
