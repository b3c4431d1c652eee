"""What is put into a post of ours: who is named, who may see it, under what warning. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from twoway.collection.values import mapping, text
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Say
from twoway.core.posts import Visibility
from twoway.networks.mastodon.connector.entities.accounts import handle_of
from twoway.networks.mastodon.connector.entities.instance import Instance

Entity = Mapping[str, Any]

WIDEST_FIRST: Final = ("public", "unlisted", "private", "direct")
_WORDS: Final[Mapping[Visibility, str]] = {
    "public": "public",
    "followers": "private",
    "private": "direct",
}
_NAMES: Final = re.compile(r"(?<![\w/@])@([\w.-]*\w)(?:@([\w.-]+(?::\d+)?))?")


def compose(say: Say, above: Entity, us: Entity, instance: Instance, quoted: Entity) -> Entity:
    """Return what is sent; `above` is the post answered, empty for an original.

    Raises GiveUp where the server could not keep what the post is meant to be.
    """
    return {
        key: value
        for key, value in {
            "status": name_them(say.text, _to_be_named(say, above, us), us),
            "in_reply_to_id": above.get("id"),
            "visibility": narrowest(say.visibility, above),
            "spoiler_text": say.content_warning or text(above.get("spoiler_text")),
            "language": say.language,
            "poll": _poll(say, instance),
            "quoted_status_id": _quotable(quoted, instance) if quoted else None,
        }.items()
        if value
    }


def narrowest(wanted: Visibility | None, above: Entity) -> str:
    """Return the visibility that is wanted, never wider than that of the post answered."""
    asked = _WORDS[wanted] if wanted else None
    if not above:
        return asked or "public"
    theirs = text(above.get("visibility")) or "direct"
    if theirs not in WIDEST_FIRST:
        return theirs  # a word of this server's own ("local"): it narrows in its own way
    return max(asked or theirs, theirs, key=WIDEST_FIRST.index)


def is_wider(told: str, asked: str) -> bool:
    """Tell whether everybody sees what only some were to see.

    Servers with two kinds alone (snac 2.75) call a direct post private; that is not meant.
    """
    return told in WIDEST_FIRST[:2] and asked not in WIDEST_FIRST[:2]


def name_them(said: str, handles: Sequence[str], us: Entity) -> str:
    """Put before the text those handles that it lacks: who is not named does not hear of it."""
    host = handle_of(us).partition("@")[2].lower()
    named = {f"{name}@{at or host}".lower() for name, at in _NAMES.findall(said)}
    missing = [one for one in handles if one.lower() not in named]
    shown = [one.removesuffix(f"@{host}") if host else one for one in missing]
    return " ".join([*(f"@{one}" for one in shown), said]) if missing else said


def _to_be_named(say: Say, above: Entity, us: Entity) -> list[str]:
    """Return whom the post answers, then whom it is to; never ourselves."""
    author = handle_of(mapping(above.get("account")))
    given = [one.removeprefix("@") for one in say.to]
    own = handle_of(us).lower()
    handles = {one.lower(): one for one in (author, *given) if one}
    return [one for key, one in handles.items() if key != own]


def _poll(say: Say, instance: Instance) -> Entity | None:
    if not say.poll:
        return None
    if len(say.poll) > instance.poll_options:
        raise GiveUp(
            "A poll here takes {most} answers; this has {many}.",
            most=instance.poll_options,
            many=len(say.poll),
        )
    longest = max(len(option) for option in say.poll)
    if longest > instance.poll_characters:
        raise GiveUp(
            "An answer of a poll here takes {most} characters; one has {longest}.",
            most=instance.poll_characters,
            longest=longest,
        )
    least, most = instance.poll_seconds
    return {
        "options": list(say.poll),
        "expires_in": min(max(say.poll_hours * 3_600, least), most),
        "multiple": False,
    }


def _quotable(quoted: Entity, instance: Instance) -> object:
    if not instance.quotes:
        raise GiveUp("This server has no quotes. Link the post in the text instead.")
    policy = mapping(quoted.get("quote_approval")).get("current_user")
    if policy not in (None, "automatic", "manual"):
        raise GiveUp("The author of this post does not let it be quoted.")
    return quoted.get("id")
