"""What a path holds: the files of a folder or a zip that may be opened, and why others may not."""

import os
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from twoway.collection.errors import Unreadable
from twoway.collection.records import Rejected
from twoway.collection.streams import DAMAGE, PACKED_SUFFIXES, Limits, Opener

# Files that systems leave behind; they hold nothing anybody said.
_LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|\._|Thumbs\.db$|desktop\.ini$)")


@dataclass(frozen=True, slots=True)
class Member:
    """One file: its size on disk, packed or not, how to open it, and its path where it has one."""

    size: int
    opener: Opener
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The files that may be opened by name, and a line for each that may not."""

    members: dict[str, Member] = field(default_factory=dict)
    refused: list[Rejected] = field(default_factory=list)

    def add(self, name: str, member: Member) -> None:
        """Keep a file under its unpacked name, the first of a name only."""
        if _LITTER.search(name):
            return
        plain = _unpacked_name(name)
        if plain in self.members:
            plain = name
        if plain in self.members:
            self.refuse(name, "the archive holds two files of this name; only the first was read")
        else:
            self.members[plain] = member

    def refuse(self, name: str, reason: str) -> None:
        """Keep the reason why a file will not be read."""
        self.refused.append(Rejected(name[:500], 0, reason, ""))


def list_contents(path: Path, limits: Limits) -> tuple[Contents, zipfile.ZipFile | None]:
    """List what `path` holds; the zip stays open as long as its files are read."""
    try:
        if path.is_dir():
            return _list_folder(path, limits), None
        if not path.exists():
            raise Unreadable(f"{path} does not exist. Check the spelling.")
        if not path.is_file():
            raise Unreadable(
                f"{path} is neither a file nor a folder. Save what comes from there, and give the file."
            )
        return _list_file(path, limits)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"{path} cannot be opened ({reason}).") from error


def _list_file(path: Path, limits: Limits) -> tuple[Contents, zipfile.ZipFile | None]:
    with path.open("rb") as stream:
        magic = stream.read(265)
    if magic.startswith(b"PK\x03\x04") or (magic.startswith(b"PK") and zipfile.is_zipfile(path)):
        return _list_zip(path, limits)
    if magic[257:262] == b"ustar":
        raise Unreadable(f"{path} is a tar archive. Unpack it and give the folder.")
    contents = Contents()
    contents.add(path.name, _on_disk(path))
    return contents, None


def _on_disk(path: Path) -> Member:
    return Member(path.stat().st_size, lambda: path.open("rb"), path)


def _list_folder(folder: Path, limits: Limits) -> Contents:
    contents = Contents()
    home = folder.resolve()
    for count, entry in enumerate(_walk(folder)):
        if count >= limits.members:
            raise Unreadable(f"{folder} holds more than {limits.members:,} files.")
        name = Path(entry.path).relative_to(folder).as_posix()
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(home):
            contents.refuse(name, "a link that leads out of the folder; copy the file instead")
        elif entry.is_file():
            contents.add(name, _on_disk(Path(entry.path)))
        elif not entry.is_symlink():
            contents.refuse(name, "not an ordinary file")
    return contents


def _walk(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Everything below `folder` but folders; links to folders are handed over, not entered."""
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
        inner = [Path(entry.path) for entry in ordered if entry.is_dir(follow_symlinks=False)]
        waiting += reversed(inner)
        yield from (entry for entry in ordered if not entry.is_dir(follow_symlinks=False))


def _list_zip(path: Path, limits: Limits) -> tuple[Contents, zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise Unreadable(
            f"{path} is a zip that is damaged or cut short ({error}). Download or copy it again."
        ) from error
    infos = archive.infolist()
    if len(infos) > limits.members:
        archive.close()
        raise Unreadable(f"{path} holds more than {limits.members:,} files.")
    contents = Contents()
    for info in infos:
        if reason := _reason_against(info, limits):
            contents.refuse(info.filename, reason)
        elif not info.is_dir():
            contents.add(info.filename, Member(info.file_size, _zip_opener(archive, info)))
    return contents, archive


def _zip_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Opener:
    return lambda: cast("BinaryIO", archive.open(info))


def _reason_against(info: zipfile.ZipInfo, limits: Limits) -> str | None:
    """Say why a member of a zip must not be opened; None where it may."""
    if not info.filename:
        return "a file without a name"
    name = PurePosixPath(info.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or re.match(r"[A-Za-z]:", info.filename):
        return "its name leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, not a file"
    if info.flag_bits & 1:
        return "encrypted; unpack the archive with its password and give the folder"
    if info.file_size > max(limits.ratio_from, info.compress_size * limits.ratio):
        return "unpacks to far more than any export does; if it is genuine, unpack it yourself"
    return None


def _unpacked_name(name: str) -> str:
    for suffix in PACKED_SUFFIXES:
        if name.lower().endswith(suffix) and len(PurePosixPath(name).name) > len(suffix):
            return name[: -len(suffix)]
    return name
