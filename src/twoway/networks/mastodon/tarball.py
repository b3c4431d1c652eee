"""Older servers pack their archives as tar: what can be read is unpacked into a passing folder."""

import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from twoway.collection.errors import Unreadable
from twoway.collection.source import Source

WANTED = frozenset(["outbox.json", "actor.json", "likes.json", "following_accounts.csv"])


def is_tarball(source: Source) -> bool:
    """Tell a packed tar by its first bytes; one that is not packed the source refuses by itself."""
    names = source.names()
    return len(names) == 1 and source.head(names[0], 262)[257:] == b"ustar"


@contextmanager
def unpacked(source: Source) -> Iterator[Source]:
    """Unpack the few files that are read, however many pictures lie before them."""
    with TemporaryDirectory(prefix="twoway-") as folder:
        try:
            _unpack(source, Path(folder))
        except tarfile.TarError as error:
            raise Unreadable(
                f"{source.path} is a tar archive that is damaged or cut short ({error}). "
                "Download or copy it again."
            ) from error
        with Source(folder) as inner:
            yield inner


def _unpack(source: Source, folder: Path) -> None:
    with source.open(source.names()[0]) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            name = PurePosixPath(member.name).name
            inside = tar.extractfile(member) if member.isfile() and name in WANTED else None
            if inside is not None:
                with (folder / name).open("wb") as target:
                    shutil.copyfileobj(inside, target, 1024 * 1024)
