"""Chances into what a post of the organisation does.

What it does to whoever reads it depends on where it stands: a question in a reply asks that
person, in an original it invites everyone.
"""

from collections.abc import Iterator, Mapping

from twoway.core.readings import OUR_KINDS, Kind

# Whose site a link leads to is known in the audit alone.
KINDS = tuple(kind for kind in OUR_KINDS if kind != "own_link")
HEADS = {kind: f"ours {kind}" for kind in KINDS}
SHOWN = 0.2
_ANNOUNCES = ("offer", "launch", "featuring", "daily_life")
# A poll asks, whatever its text says.
_POLL = 0.95


def ours(
    chances: Mapping[str, float], limits: Mapping[str, float], *, is_reply: bool, has_poll: bool
) -> tuple[Kind, ...]:
    """Return the kinds of a post as if the organisation had written it.

    `limits` say from which chance each holds; where none does, the post informs.
    """
    told = {kind: chances[head] for kind, head in HEADS.items()}
    found = dict(_done(told, limits, is_reply=is_reply, has_poll=has_poll))
    kinds = [
        Kind(kind, round(chance, 4), holds=chance >= limits[HEADS[kind]])
        for kind, chance in found.items()
    ]
    shown = [kind for kind in kinds if kind.holds or kind.certainty >= SHOWN]
    if not any(kind.holds for kind in shown):
        certainty = max(told["information"], SHOWN)
        shown.append(Kind("information", round(certainty, 4), holds=True))
    return tuple(shown)


def _done(
    told: Mapping[str, float], limits: Mapping[str, float], *, is_reply: bool, has_poll: bool
) -> Iterator[tuple[str, float]]:
    question = max(told["question"], _POLL * has_poll)
    # What puts a question to somebody asks, however it was put.
    asks = "asks" if is_reply else "invitation"
    sure = question >= limits[HEADS["question"]]
    yield "question", question
    yield asks, max(told[asks], question * sure, limits[HEADS[asks]] * sure)
    yield "taken_private", told["taken_private"]
    if is_reply:
        yield "promise", told["promise"]
    if not sure and not any(
        told[kind] >= limits[HEADS[kind]] for kind in ("promise", "taken_private")
    ):
        yield "thanks", told["thanks"]
    # A reply that thanks for a photo features nobody.
    talk = max(told[kind] for kind in ("asks", "thanks", "promise")) if is_reply else 0.0
    for kind in _ANNOUNCES:
        if told[kind] > talk:
            yield kind, told[kind]
