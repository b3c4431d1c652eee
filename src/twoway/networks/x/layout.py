"""Which files of an X archive hold what, and what its manifest says about the whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import orjson

from twoway.collection.errors import Unreadable
from twoway.collection.source import Source
from twoway.collection.values import identifier, mapping, mappings, moment, text

# File names by what the manifest calls them. Names that only look alike (tweet-headers.js,
# deleted-tweets.js, community-tweet.js) hold other things.
_NAMES = {
    "account": re.compile(r"account\.js"),
    "profile": re.compile(r"profile\.js"),
    "tweets": re.compile(r"tweets?(-part\d+)?\.js"),
    "noteTweet": re.compile(r"note-tweet(-part\d+)?\.js"),
    "like": re.compile(r"like(-part\d+)?\.js"),
    "follower": re.compile(r"follower(-part\d+)?\.js"),
    "following": re.compile(r"following(-part\d+)?\.js"),
    "directMessages": re.compile(r"direct-messages?(-part\d+)?\.js"),
    "directMessagesGroup": re.compile(r"direct-messages?-group(-part\d+)?\.js"),
}
_LARGEST_MANIFEST = 16 * 1024**2


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of each kind, those the manifest names in vain, and what it says of the archive."""

    files: dict[str, tuple[str, ...]]
    missing: dict[str, tuple[str, ...]]
    made_at: int | None
    is_partial: bool
    owner: str | None
    handle: str


def find_layout(source: Source) -> Layout:
    """Find the files: by the manifest, and by their names where it is old, torn or not there."""
    manifest = _read_manifest(source)
    named = dict(_named_files(manifest))
    home = _home(source)
    files = {kind: _files_of(kind, source, home, named.get(kind, ())) for kind in _NAMES}
    info, user = mapping(manifest.get("archiveInfo")), mapping(manifest.get("userInfo"))
    here = {PurePosixPath(name).name for name in source.names()}
    return Layout(
        files=files,
        missing={
            kind: absent
            for kind, names in named.items()
            if (absent := tuple(name for name in names if name not in here))
        },
        made_at=moment(info.get("generationDate")),
        is_partial=info.get("isPartialArchive") is True,
        owner=identifier(user.get("accountId")),
        handle=text(user.get("userName")),
    )


def looks_like_archive(source: Source) -> bool:
    """Tell whether one of its files begins as X's do."""
    named = [n for n in source.names() if _kind_of(n) or PurePosixPath(n).name == "manifest.js"]
    return any(_begins_as_ours(source.head(name, 64)) for name in named[:20])


def _begins_as_ours(head: bytes) -> bool:
    return (
        head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"window.YTD.", b"window.__THAR"))
    )


def _kind_of(name: str) -> str | None:
    last = PurePosixPath(name).name
    return next((kind for kind, pattern in _NAMES.items() if pattern.fullmatch(last)), None)


def _home(source: Source) -> PurePosixPath:
    """Return the folder of the data files; archives are often packed again one folder deeper."""
    found = (*source.find("manifest.js", "account.js"), *filter(_kind_of, source.names()))
    return PurePosixPath(found[0]).parent if found else PurePosixPath()


def _files_of(
    kind: str, source: Source, home: PurePosixPath, named: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(
        name
        for name in source.names()
        if PurePosixPath(name).parent == home
        and (PurePosixPath(name).name in named or _kind_of(name) == kind)
    )


def _named_files(manifest: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind, entry in mapping(manifest.get("dataTypes")).items():
        if kind in _NAMES:
            names = [text(file.get("fileName")) for file in mappings(mapping(entry).get("files"))]
            yield kind, tuple(PurePosixPath(name).name for name in names if name)


def _read_manifest(source: Source) -> dict[str, Any]:
    """Read what stands behind the assignment; nothing where there is no manifest to be read."""
    for name in source.find("manifest.js"):
        try:
            raw = source.read(name, _LARGEST_MANIFEST)
            return mapping(orjson.loads(raw[raw.find(b"{") :].rstrip().rstrip(b";")))
        except (Unreadable, orjson.JSONDecodeError):
            continue
    return {}
