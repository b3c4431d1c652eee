"""Which posts of ours a machine wrote: marked automatic, or the same words again and again at once."""

import re
from collections import defaultdict
from collections.abc import Iterable

from twoway.core.turns.addressing import Addressing
from twoway.core.turns.situation import Said, Scene

AT_ONCE = 60 * 1_000_000
"""A copy that took longer than a minute (µs, included) is a person's."""

COPIES = 3
"""So many quick copies of one text are a machine's, the first included."""

HANDLE = re.compile(r"@\S+")


def sameness(text: str) -> str:
    """Return what two posts have in common that say the same to different people."""
    return " ".join(HANDLE.sub(" ", text).split()).casefold()


def machine_posts(scene: Scene, quick: Iterable[str]) -> frozenset[str]:
    """Return the ids of those posts of ours that no person wrote, by which ones were quick."""
    machines = {s.id for s in scene.said.values() if s.author in scene.ours and s.is_automatic}
    copies: dict[str, list[str]] = defaultdict(list)
    for post in quick:
        words = sameness(scene.said[post].first.text)
        if words:
            copies[words].append(post)
    for ids in copies.values():
        if len(ids) >= COPIES:
            machines.update(ids)
    return frozenset(machines)


def quick_posts(scene: Scene, addressing: Addressing) -> tuple[str, ...]:
    """Return the ids of posts of ours that came within a minute of what they answer."""
    return tuple(
        said.id
        for said in scene.said.values()
        if said.author in scene.ours and not said.is_share and _is_quick(said, scene, addressing)
    )


def _is_quick(said: Said, scene: Scene, addressing: Addressing) -> bool:
    answered = _answered(said, scene, addressing)
    return answered is not None and 0 <= said.at - answered.at <= AT_ONCE


def _answered(said: Said, scene: Scene, addressing: Addressing) -> Said | None:
    """Return the post it replies to; where replies do not nest, the person's last one before it."""
    if not said.is_flat:
        return scene.above(said)
    persons = addressing.spoken.get(said.id, {})
    before = [
        other
        for other in scene.threads[said.thread]
        if other.author in persons and (other.at, other.enter) < (said.at, said.enter)
    ]
    return before[-1] if before else None
