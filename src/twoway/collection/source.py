"""One path that a user gave us: a file, a folder, or a zip read in place, whose every byte is hostile.

Names use "/" and are relative to the folder or the archive. Packed files (.gz, .bz2, .xz, .zst)
go by their unpacked name and come out unpacked. Nothing is ever written next to a source.
"""

import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Self

from twoway.collection.encodings import sniff
from twoway.collection.errors import Unreadable
from twoway.collection.members import Member, list_contents
from twoway.collection.records import Rejected
from twoway.collection.streams import Limits, guard, lines


class Source:
    """What a user gave us to read; `refused` lists members that will not be opened, and why.

    Every method raises `Unreadable` with a message for the user where the bytes cannot be had.
    Close it, or use it in a `with`, when done.
    """

    def __init__(self, path: Path | str, limits: Limits | None = None) -> None:
        self.path = Path(path)
        self._limits = limits or Limits()
        contents, self._archive = list_contents(self.path, self._limits)
        self._members: dict[str, Member] = contents.members
        self.refused: tuple[Rejected, ...] = tuple(contents.refused)

    @property
    def name(self) -> str:
        """What to call it in messages."""
        return self.path.name or str(self.path)

    def names(self) -> tuple[str, ...]:
        """Every file that may be opened, in the order of the folder or the archive."""
        return tuple(self._members)

    def find(self, *file_names: str) -> tuple[str, ...]:
        """Every file whose last part, without case, is one of `file_names`."""
        wanted = {file_name.lower() for file_name in file_names}
        return tuple(name for name in self._members if PurePosixPath(name).name.lower() in wanted)

    def size(self, name: str) -> int:
        """Bytes of a file as it lies there, packed or not: what progress is measured by."""
        return self._member(name).size

    def open(self, name: str) -> BinaryIO:
        """Open a file as a stream that cannot be sought; reading raises Unreadable on damage."""
        label = self._label(name)
        member = self._member(name)
        return guard(member.opener, label, member.size, self._limits)

    def open_seekable(self, name: str) -> BinaryIO:
        """Open a file for readers that jump about (Parquet); from a zip it is unpacked to a temporary file."""
        path = self._member(name).path
        if path is not None and path.name == PurePosixPath(name).name:
            return path.open("rb")
        spooled = tempfile.TemporaryFile()  # noqa: SIM115  handed to the caller
        with self.open(name) as stream:
            shutil.copyfileobj(stream, spooled, 1024 * 1024)
        spooled.seek(0)
        return spooled

    def head(self, name: str, count: int = 64 * 1024) -> bytes:
        """First bytes of a file; empty where it cannot be opened."""
        try:
            with self.open(name) as stream:
                return stream.read(count)
        except Unreadable:
            return b""

    def read(self, name: str, cap: int = 512 * 1024**2) -> bytes:
        """Whole of a file that must be parsed in one piece (a JSON list); refused above `cap`."""
        with self.open(name) as stream:
            data = stream.read(cap + 1)
        if len(data) > cap:
            raise Unreadable(f"{self._label(name)} is larger than {cap:,} bytes unpacked.")
        return data

    def lines(self, name: str) -> Iterator[tuple[int, bytes] | Rejected]:
        """Number and bytes (UTF-8, without the line's end) of each line, memory flat.

        Files in other encodings are transcoded; a byte order mark is dropped. A line above the
        cap, and all that follows damage, comes as Rejected: hand it on and go on.
        """
        with self.open(name) as stream:
            yield from lines(stream, name, self._limits.line)

    def text(self, name: str) -> io.TextIOWrapper:
        """Open a file as text in the encoding its first bytes show."""
        encoding = sniff(self.head(name, 256 * 1024))
        return io.TextIOWrapper(self.open(name), encoding=encoding, errors="replace", newline="")

    def close(self) -> None:
        """Let go of the archive."""
        if self._archive is not None:
            self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _member(self, name: str) -> Member:
        if name not in self._members:
            raise Unreadable(f"{self.path} holds no file {name}.")
        return self._members[name]

    def _label(self, name: str) -> str:
        return str(self.path) if self.path.name.startswith(name) else f"{self.path}: {name}"
