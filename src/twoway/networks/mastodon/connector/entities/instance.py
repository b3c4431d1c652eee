"""What a server says of itself: its limits, where its stream is, and whether it remembers keys."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import md5
from typing import Any, Final

from twoway.collection.values import count, mapping, text, texts
from twoway.connectors.interface import Limits

Entity = Mapping[str, Any]

USUAL: Final = Limits(
    characters=500,
    counted="graphemes",
    address_counts=23,
    mention_counts_name_only=True,
    warning_counts=True,
    media=4,
    media_bytes=16 * 1024 * 1024,
    media_types=("image/jpeg", "image/png", "image/gif", "image/webp"),
    alt_characters=1_500,
)
"""As Mastodon comes; the smallest that was seen for what servers do not state."""
KEY_LASTS: Final = 3_600
"""Mastodon remembers a key for an hour; nobody else whom we met remembers it at all."""
# Others put words behind the version they speak: "2.7.2 (compatible; Pleroma 2.9)".
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?")
_OWN_VERSION: Final = re.compile(r"\d+\.\d+\.\d+(?:[-+.][\w.+-]*)?")


@dataclass(frozen=True, slots=True)
class Instance:
    """A server, as far as it matters to a client; `domain` is what handles on it end in.

    `api` is Mastodon's number of the API (4.3: 2, 4.7: 11), 0 on everything else.
    """

    version: str = ""
    domain: str = ""
    api: int = 0
    streaming: str | None = None
    limits: Limits = USUAL
    poll_options: int = 4
    poll_characters: int = 50
    poll_seconds: tuple[int, int] = (300, 2_629_746)

    @property
    def keeps_keys(self) -> bool:
        """Tell whether an Idempotency-Key is honoured; those who ignore it do not say so."""
        return self.api > 0 and _OWN_VERSION.fullmatch(self.version) is not None

    def id_of(self, uri: str) -> str | None:
        """Return by which id a post goes here, where its address alone tells that.

        snac (2.75) searches for nothing, and finds a post by the digest of its address behind ten
        characters that it does not read: the only way to a post that we saw before we were started.
        """
        if "snac/" not in self.version:
            return None
        return f"{0:010}{md5(uri.encode(), usedforsecurity=False).hexdigest()}"

    @property
    def quotes(self) -> bool:
        """Tell whether posts can quote (4.5)."""
        return self.api >= 7


def read_instance(told: Entity) -> Instance:
    """Read /api/v2/instance or the older v1; every part of it may be missing."""
    configuration = mapping(told.get("configuration"))
    urls = {**mapping(told.get("urls")), **mapping(configuration.get("urls"))}
    polls = mapping(configuration.get("polls"))
    usual = Instance()
    return Instance(
        version=text(told.get("version")).strip(),
        domain=_domain(text(told.get("domain")) or text(told.get("uri"))),
        api=count(mapping(told.get("api_versions")).get("mastodon")) or 0,
        streaming=text(urls.get("streaming")) or text(urls.get("streaming_api")) or None,
        limits=_limits(told, configuration),
        poll_options=count(polls.get("max_options")) or usual.poll_options,
        poll_characters=count(polls.get("max_characters_per_option")) or usual.poll_characters,
        poll_seconds=(
            count(polls.get("min_expiration")) or usual.poll_seconds[0],
            count(polls.get("max_expiration")) or usual.poll_seconds[1],
        ),
    )


def _domain(named: str) -> str:
    """Return a host, which older servers call their address."""
    host = named.removeprefix("https://").removeprefix("http://").strip("/").lower()
    return host if _HOST.fullmatch(host) else ""


def _limits(told: Entity, configuration: Entity) -> Limits:
    posts = mapping(configuration.get("statuses"))
    media = mapping(configuration.get("media_attachments"))
    # Pleroma and its kin state it where Mastodon 2 did.
    characters = count(posts.get("max_characters")) or count(told.get("max_toot_chars"))
    stated: dict[str, Any] = {
        "characters": characters,
        "address_counts": count(posts.get("characters_reserved_per_url")),
        "media": count(posts.get("max_media_attachments")),
        "media_bytes": count(media.get("image_size_limit")),
        "media_types": tuple(texts(media.get("supported_mime_types"))),
        "alt_characters": count(media.get("description_limit")),
        # Only Mastodon counts what looks like one character as one.
        "counted": None if told.get("api_versions") else "characters",
    }
    return replace(USUAL, **{name: value for name, value in stated.items() if value})
