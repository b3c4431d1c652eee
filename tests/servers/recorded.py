"""Answers of real servers (Mastodon 4.7.3, October 2026), recorded by the makers of Mastodon.py.

The recordings come with its source distribution (12 MB, MIT), which is fetched from the package
index once into var/servers/recorded; nothing of it is in this repository.
"""

import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "var" / "servers" / "recorded"
SOURCE = "Mastodon.py==2.3.3"


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request, and what a real server answered."""

    method: str
    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@cache
def recordings() -> tuple[Recorded, ...]:
    """Return all requests over HTTP, in the order in which they were recorded."""
    return tuple(
        Recorded(
            method=one["request"]["method"],
            address=one["request"]["uri"],
            status=one["response"]["status"]["code"],
            headers={name: values[0] for name, values in one["response"]["headers"].items()},
            body=(one["response"]["body"].get("string") or "").encode(),
        )
        for content in _files(".yaml")
        for one in content.get("interactions", ())
    )


@cache
def frames() -> tuple[Mapping[str, Any], ...]:
    """Return what came over websockets."""
    return tuple(
        one["receive"]
        for content in _files(".ws.yaml")
        for connection in content["connections"]
        for one in connection["interactions"]
        if isinstance(one.get("receive"), dict)
    )


def _files(ending: str) -> Iterator[Mapping[str, Any]]:
    install()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in sorted((FOLDER / "cassettes").glob(f"*{ending}")):
        if (path.name.endswith(".ws.yaml")) == (ending == ".ws.yaml"):
            yield yaml.load(path.read_text("utf-8"), loader)  # noqa: S506  a safe loader


def install() -> None:
    """Fetch the recordings once for all who ask at the same time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (FOLDER / "cassettes").exists():
            pip = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "-q",
                "--no-deps",
                "--no-binary",
                ":all:",
            ]
            done = subprocess.run(
                [*pip, "-d", str(FOLDER), SOURCE], capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise RuntimeError(f"The source of {SOURCE} cannot be had:\n{done.stderr}")
            _unpack(next(FOLDER.glob("*.tar.gz")))


def _unpack(source: Path) -> None:
    """Take the recordings of the newest server and nothing else out of the archive."""
    passing = FOLDER / "passing"
    passing.mkdir(exist_ok=True)
    with tarfile.open(source) as tar:
        for member in tar:
            path = Path(member.name)
            if path.parent.name == "cassettes" and path.suffix == ".yaml" and member.isfile():
                (passing / path.name).write_bytes(tar.extractfile(member).read())
    passing.rename(FOLDER / "cassettes")
    source.unlink()
