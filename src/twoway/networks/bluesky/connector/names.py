"""What people type when they mean an account on Bluesky."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

# https://atproto.com/specs/handle and /did, as of November 2026.
_HANDLE: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE
)
_DID: Final = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._-]")
_APPS: Final = frozenset({"bsky.app", "www.bsky.app", "main.bsky.dev", "staging.bsky.app"})
_FILES: Final = frozenset(
    [
        "csv",
        "db",
        "gz",
        "html",
        "jpg",
        "json",
        "jsonl",
        "ndjson",
        "parquet",
        "pdf",
        "png",
        "sqlite",
        "tar",
        "tgz",
        "tsv",
        "txt",
        "xlsx",
        "xml",
        "xz",
        "yaml",
        "zip",
        "zst",
    ]
)
_LONGEST_HANDLE: Final = 253
# Bidirectional marks and the like come along when a handle is copied from a page.
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def actor_of(name: str) -> str | None:
    """Return the handle (in lower case) or DID that is meant; None where it is no such thing.

    Takes handles with or without "@", domains, DIDs, at:// addresses, and addresses of profiles
    and posts at bsky.app.
    """
    name = _UNSEEN.sub("", name).strip()
    if name.startswith("at://"):
        return _bare(name.removeprefix("at://").partition("/")[0])
    if "://" in name:
        return _on_page(name)
    if name.lower().startswith(tuple(f"{app}/" for app in _APPS)):
        return _on_page(f"https://{name}")
    return _bare(name.removeprefix("@"))


def looks_like_a_file(name: str) -> bool:
    """Tell names of files from domains; of these endings only .zip is a domain's, and hardly one."""
    return name.lower().rpartition(".")[2] in _FILES


def is_handle(name: str) -> bool:
    """Tell whether a text has the form of a handle, which is that of a domain."""
    return len(name) <= _LONGEST_HANDLE and _HANDLE.fullmatch(name) is not None


def _on_page(address: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.hostname not in _APPS:
        return None
    match parts.path.split("/"):
        case ["", "profile", who, *_]:
            return _bare(unquote(who))
    return None


def _bare(name: str) -> str | None:
    if _DID.fullmatch(name):
        return name
    return name.lower() if is_handle(name) else None
