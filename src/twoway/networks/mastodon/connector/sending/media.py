"""Uploads pictures with their descriptions, and waits until the server has looked at them."""

from collections.abc import Sequence
from typing import Final

from twoway.collection.values import identifier, mapping, need
from twoway.connectors.errors import GiveUp, TryLater, Unknown
from twoway.connectors.interface import Picture
from twoway.networks.mastodon.connector.entities.instance import Instance
from twoway.networks.mastodon.connector.refusals import Gone
from twoway.networks.mastodon.connector.server import Entity, Server

# Mastodon takes a minute for a long film; what takes longer is tried anew.
_WAITS: Final = (0.5, 1, 1, 2, 2, 4, 8, 16, 30)


async def upload(server: Server, pictures: Sequence[Picture]) -> list[str]:
    """Return the ids of uploaded media, in order; nothing is published by this.

    Raises GiveUp for what the server does not take, TryLater where it is not ready in time.
    """
    instance = await server.instance()
    if len(pictures) > instance.limits.media:
        raise GiveUp(
            "A post here takes {most} media; there are {many}.",
            most=instance.limits.media,
            many=len(pictures),
        )
    for picture in pictures:
        _judge(picture, instance)
    return [await _upload(server, picture, number) for number, picture in enumerate(pictures, 1)]


def _judge(picture: Picture, instance: Instance) -> None:
    limits = instance.limits
    kind = picture.type.partition("/")[0]
    if kind not in ("image", "video", "audio"):  # snac 2.75 takes any file, and shows it
        raise GiveUp("{type} is neither picture, film nor sound.", type=picture.type)
    if limits.media_types and picture.type not in limits.media_types:
        raise GiveUp("The server does not take {type}.", type=picture.type)
    if kind == "image" and limits.media_bytes and len(picture.content) > limits.media_bytes:
        raise GiveUp(
            "The picture has {size} bytes; the server takes {most}.",
            size=len(picture.content),
            most=limits.media_bytes,
        )
    if limits.alt_characters and len(picture.alt_text) > limits.alt_characters:
        raise GiveUp(
            "The description has {length} characters; the server takes {most}.",
            length=len(picture.alt_text),
            most=limits.alt_characters,
        )


async def _upload(server: Server, picture: Picture, number: int) -> str:
    suffix = picture.type.partition("/")[2].partition("+")[0]
    files = {"file": (f"{number}.{suffix}", picture.content, picture.type)}
    form = {"description": picture.alt_text}
    try:
        try:
            told = await server.change("POST", "/api/v2/media", files=files, form=form)
        except Gone:  # Mastodon before 3.1.3 and others
            told = await server.change("POST", "/api/v1/media", files=files, form=form)
    except Unknown as error:  # an upload alone is seen by nobody
        raise TryLater("The upload to {host} broke off.", host=server.host) from error
    local = need(identifier(told.get("id")), "id of the upload")
    if told.get("url") is None:
        await _wait(server, local)
    return local


async def _wait(server: Server, local: str) -> None:
    """Wait until the server has taken it in: 206 and no address until then."""
    for seconds in _WAITS:
        await server.door.clock.sleep(seconds)
        answer = await server.look(f"/api/v1/media/{local}")
        told: Entity = mapping(answer.json())
        if answer.status != 206 and told.get("url") is not None:
            return
    raise TryLater("{host} is still working on the upload.", host=server.host)
