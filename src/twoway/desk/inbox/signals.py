"""Likes and shares: never work, but a kind word when they are ours."""

from collections.abc import Iterable, Mapping, Sequence

from twoway.core.reactions import Reaction
from twoway.desk.database import ask
from twoway.desk.inbox.models import Signal


def keep(
    organisation: int,
    network: str,
    reactions: Sequence[Reaction],
    gone: Mapping[str, int],
    ours: frozenset[str],
) -> set[str]:
    """Store reactions; return the posts (remote ids) on which one matters that is new or changed.

    Ours may settle a kind word; one by somebody else matters where it is of a post of ours.
    """
    wanted: dict[tuple[str, str, str, str], Signal] = {}
    for reaction in reactions:
        signal = _signal(organisation, network, reaction, gone, ours)
        name = (signal.post, signal.account, signal.kind, signal.remote_id)
        wanted[name] = _merged(wanted[name], signal) if name in wanted else signal
    rows = Signal.objects.filter(
        organisation_id=organisation, network=network, post__among={name[0] for name in wanted}
    ).filter(account__among={name[1] for name in wanted})
    stored = {(row.post, row.account, row.kind, row.remote_id): row for row in rows}
    changed = [
        _merged(stored[name], signal) if name in stored else signal
        for name, signal in wanted.items()
        if name not in stored or _differs(stored[name], signal)
    ]
    _write(changed)
    return {signal.post for signal in changed}


def take_back(
    organisation: int, network: str, gone: Mapping[str, int]
) -> tuple[set[str], set[str]]:
    """Take back reactions that have ids of their own; return which were, and of which posts."""
    rows = list(
        Signal.objects.filter(
            organisation_id=organisation, network=network, remote_id__among=set(gone)
        ).exclude(remote_id="")
    )
    changed = [
        row for row in rows if row.taken_back_at is None or row.taken_back_at > gone[row.remote_id]
    ]
    for row in changed:
        row.taken_back_at = gone[row.remote_id]
    _write(changed)
    return {row.remote_id for row in rows}, {row.post for row in changed}


def _write(signals: Sequence[Signal]) -> None:
    Signal.objects.bulk_create(
        signals,
        update_conflicts=True,
        unique_fields=["organisation", "network", "post", "account", "kind", "remote_id"],
        update_fields=["reacted_at", "taken_back_at"],
    )


def _signal(
    organisation: int,
    network: str,
    reaction: Reaction,
    gone: Mapping[str, int],
    ours: frozenset[str],
) -> Signal:
    own = reaction.id or ""
    return Signal(
        organisation_id=organisation,
        network=network,
        post=reaction.post,
        account=reaction.account,
        kind=reaction.kind,
        remote_id=own,
        reacted_at=reaction.reacted_at,
        taken_back_at=_first(reaction.taken_back_at, gone.get(own)),
        is_ours=reaction.account in ours,
    )


def _merged(stored: Signal, other: Signal) -> Signal:
    stored.reacted_at = _first(stored.reacted_at, other.reacted_at)
    stored.taken_back_at = _first(stored.taken_back_at, other.taken_back_at)
    return stored


def _differs(stored: Signal, other: Signal) -> bool:
    return (stored.reacted_at, stored.taken_back_at) != (
        _first(stored.reacted_at, other.reacted_at),
        _first(stored.taken_back_at, other.taken_back_at),
    )


def _first(*times: int | None) -> int | None:
    return min((time for time in times if time is not None), default=None)


def likes_in(
    organisation: int, network: str, posts: Iterable[str], fragile: Iterable[str]
) -> list[Reaction]:
    """Return the reactions that the turn rule looks at: ours, and all likes of `fragile` posts.

    A share of ours is a kind word like a like of ours; others' shares say nothing.
    """
    wanted = (organisation, network)
    rows = ask(
        "select account, post, reacted_at, taken_back_at from inbox_signal "
        "where organisation_id = %s and network = %s and post in (%s) and is_ours",
        *wanted,
        [*posts],
    )
    if likes := [*fragile]:
        rows += ask(
            "select account, post, reacted_at, taken_back_at from inbox_signal "
            "where organisation_id = %s and network = %s and post in (%s) and kind = 'like' "
            "and not is_ours",
            *wanted,
            likes,
        )
    return [
        Reaction(
            network=network,
            account=account,
            post=post,
            kind="like",
            reacted_at=at,
            taken_back_at=back,
        )
        for account, post, at, back in rows
    ]
