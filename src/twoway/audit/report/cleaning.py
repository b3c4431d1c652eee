"""What comes from outside is hostile: texts lose what breaks a page or a terminal, links must be web links."""

import re
from urllib.parse import urlsplit

# Controls but tab and newline, and the bidirectional embeddings and isolates: a stray "pop" would
# leave the isolation that a page puts around people's words. Plain direction marks stay.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_NAMES = re.compile(r"(?:@[\w.@-]+[\s,:;–-]+)+(?=\S)")
_BLANKS = re.compile(r"\s")
LONGEST = 1_000


def text(value: str, longest: int = LONGEST) -> str:
    """Return people's words without controls, cut where nobody would read on."""
    clean = _UNWANTED.sub("", value).strip()
    return clean if len(clean) <= longest else f"{clean[: longest - 1].rstrip()}…"


def named(value: str) -> tuple[str, str]:
    """Part people's words into the handles they begin with, and what is said."""
    clean = text(value)
    found = _NAMES.match(clean)
    names = found[0].rstrip() if found else ""
    return names, clean[len(names) :]


def line(value: str, longest: int = LONGEST) -> str:
    """Return one line of text."""
    return " ".join(text(value, longest).split())


def address(value: str | None) -> str | None:
    """Return a link that may be followed: http or https, with a host, and nothing hidden in it."""
    if not value or _UNWANTED.search(value) or _BLANKS.search(value):
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return value if parts.scheme in ("http", "https") and parts.hostname else None


def by(author: str, longest: int = 80) -> str:
    """Return whom a post is by: a handle with its @, a redacted person as they stand."""
    name = line(author, longest)
    return name if " " in name else f"@{name}"
