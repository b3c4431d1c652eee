"""Bytes out of files that may be damaged, endless or made to hurt: every read has a cap."""

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

import zstandard

from twoway.collection.encodings import sniff
from twoway.collection.errors import Unreadable
from twoway.collection.records import Rejected

Opener = Callable[[], BinaryIO]

# What the libraries raise for damaged or unsupported data. The last five are zipfile's: an unknown
# method, a missing password, and what it runs into when single bytes of its lists are wrong.
DAMAGE = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zstandard.ZstdError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    IndexError,
    ValueError,
)
_BUFFER = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on what a source may make us read; far above any real export.

    `ratio` is unpacked to packed bytes, looked at once `ratio_from` bytes came out: text packs
    5 to 20 times, deflate's worst is 1,032.
    """

    line: int = 16 * 1024**2
    member: int = 256 * 1024**3
    members: int = 1_000_000
    ratio: int = 200
    ratio_from: int = 64 * 1024**2


class Guarded(io.RawIOBase):
    """A stream that counts what comes out of it and turns damage into a message."""

    def __init__(self, stream: IO[bytes], beneath: BinaryIO, label: str, cap: int) -> None:
        self._stream = stream
        self._beneath = beneath
        self._label = label
        self._left = cap

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed: Buffer
        # read1 hands over what was unpacked before the damage; read would lose it.
        read = getattr(self._stream, "read1", self._stream.read)
        try:
            data: bytes = read(len(buffer))
        except DAMAGE as error:
            raise Unreadable(
                f"{self._label} is damaged or cut short ({error}). Download or copy it again."
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable(
                f"{self._label} unpacks to far more than any export does; it was not read further. "
                "If it is genuine, unpack it and give the folder."
            )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        self._beneath.close()
        super().close()


def _open_zstd(stream: BinaryIO) -> IO[bytes]:
    # Reddit dumps are packed with --long=31, a window of 2 GB, which libraries refuse unless asked.
    unpacker = zstandard.ZstdDecompressor(max_window_size=2**31)
    return cast("IO[bytes]", unpacker.stream_reader(stream, read_across_frames=True))


_UNPACKERS: dict[bytes, Callable[[BinaryIO], IO[bytes]]] = {
    b"\x1f\x8b": lambda stream: cast("IO[bytes]", gzip.GzipFile(fileobj=stream)),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
    b"\x28\xb5\x2f\xfd": _open_zstd,
}
PACKED_SUFFIXES = (".gz", ".bz2", ".xz", ".zst", ".zstd")


def guard(opener: Opener, label: str, size: int, limits: Limits) -> BinaryIO:
    """Open a file, unpacked if it is packed, so that neither its size nor its damage can hurt."""
    try:
        stream = opener()
        magic = stream.read(6)
        stream.seek(0)
        unpack = next((u for m, u in _UNPACKERS.items() if magic.startswith(m)), None)
        plain: IO[bytes] = stream if unpack is None else unpack(stream)
    except DAMAGE as error:
        raise Unreadable(f"{label} cannot be opened ({_why(error)}).") from error
    cap = limits.member
    if unpack is not None:
        cap = min(cap, max(limits.ratio_from, size * limits.ratio))
    return io.BufferedReader(Guarded(plain, stream, label, cap), _BUFFER)


def _why(error: Exception) -> str:
    """Return what the system or the library says, without its numbers and paths."""
    return getattr(error, "strerror", None) or str(error)


def lines(stream: BinaryIO, name: str, cap: int) -> Iterator[tuple[int, bytes] | Rejected]:
    """Number the lines of `stream` as UTF-8, without their ends; damage ends it with a Rejected."""
    number = 0
    try:
        for number, line in enumerate(_raw_lines(stream, cap), start=1):
            if len(line) > cap:
                yield Rejected(name, number, f"line longer than {cap:,} bytes", _excerpt(line))
            else:
                yield number, line.rstrip(b"\r\n")
    except Unreadable as error:
        yield Rejected(name, number + 1, f"the rest cannot be read: {error}", "")
    except UnicodeError as error:
        yield Rejected(name, number + 1, f"the rest is no text ({error})", "")


def _raw_lines(stream: BinaryIO, cap: int) -> Iterator[bytes]:
    """Lines up to one byte above `cap`; what a longer one holds beyond it is skipped."""
    readline = _utf8_readline(stream)
    while line := readline(cap + 1):
        yield line
        while len(line) > cap and not line.endswith(b"\n"):
            if not (line := readline(cap + 1)):
                return


def _utf8_readline(stream: BinaryIO) -> Callable[[int], bytes]:
    """`stream.readline`, transcoded where the file is not UTF-8."""
    peeked = cast("io.BufferedReader", stream).peek(_BUFFER)
    encoding = sniff(peeked[: 256 * 1024])
    if encoding == "utf-8-sig":
        stream.read(3)
    if encoding in ("utf-8", "utf-8-sig", "ascii"):
        return stream.readline
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n")
    return lambda cap: text.readline(cap).encode()


def _excerpt(line: bytes) -> str:
    return line[:2_000].decode(errors="replace")
