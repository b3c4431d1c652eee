"""A PostgreSQL of one's own: a cluster in a temporary folder, gone when it is no longer needed.

Debian keeps the servers' binaries in /usr/lib/postgresql. A server refuses to run as root, so root
runs it as the user postgres that the package makes.

    python tests/servers/postgres.py COMMAND …   runs a command with TWOWAY_DATABASE set
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

BINARIES = Path("/usr/lib/postgresql")

# Nothing here outlives the run, so nothing needs to reach the disk.
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Several desks of several processes, each with a connection a thread, beside one another.
    "max_connections": "300",
}


class NoServer(Exception):
    """PostgreSQL is not installed; the message says what to do."""


def binaries() -> Path:
    """Return the folder of the newest server's binaries. Raises NoServer."""
    found = sorted(BINARIES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise NoServer("There is no PostgreSQL server here: apt install postgresql.")
    return Path(on_path).parent


@contextmanager
def cluster(settings: Mapping[str, str] = QUICK) -> Iterator[str]:
    """Run a server over a socket of its own; hand out the address of its database `twoway`."""
    folder = Path(tempfile.mkdtemp(prefix="twoway-pg-"))
    try:
        with kept_cluster(folder, settings, stop="immediate") as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept_cluster(folder: Path, settings: Mapping[str, str], stop: str = "fast") -> Iterator[str]:
    """Run the server whose data lie in a folder, made where there are none; they stay there."""
    is_new = not (folder / "data").exists()
    if is_new:
        _run(
            "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "twoway", "-E", "UTF8", at=folder
        )
    options = [f"-c {name}={value}" for name, value in settings.items()]
    options += [f"-k {folder}", "-c listen_addresses="]
    log = f"{folder}/log"
    start = ["-D", f"{folder}/data", "-w", "-l", log, "-o", " ".join(options), "start"]
    _run("pg_ctl", *start, at=folder)
    try:
        if is_new:
            _run("createdb", "-h", str(folder), "-U", "twoway", "twoway", at=folder)
        yield f"postgresql://twoway@/twoway?host={folder}"
    finally:
        _run("pg_ctl", "-D", f"{folder}/data", "-m", stop, "stop", at=folder)


def _run(name: str, *arguments: str, at: Path) -> None:
    command = [str(binaries() / name), *arguments]
    if os.geteuid() == 0:
        shutil.chown(at, "postgres")
        command = ["runuser", "-u", "postgres", "--", *command]
    # pg_ctl leaves the server behind with our pipes, which would never close.
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=at, check=False
    )
    if done.returncode:
        log = at / "log"
        said = log.read_text(encoding="utf-8") if log.exists() else ""
        raise NoServer(f"{name} ended with {done.returncode}. {said}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Give the address of a database on a server of this session's own."""
    with cluster() as address:
        yield address


def main(command: Sequence[str]) -> int:
    """Run a command with a fresh server behind TWOWAY_DATABASE."""
    # Told to end, it must not leave the server behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with cluster() as address, suppress(KeyboardInterrupt):
        environment = {**os.environ, "TWOWAY_DATABASE": address}
        return subprocess.run(command, env=environment, check=False).returncode
    return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
