"""What we promised and have not done: the turn stays ours until we come back to it."""

from twoway.core.turns.addressing import MENTION
from twoway.core.turns.calls import Calls
from twoway.core.turns.situation import Said
from twoway.core.turns.waiting import Waiting


def promise_is_open(calls: Calls, waiting: Waiting, last_private: int | None) -> bool:
    """Tell whether a promise of ours to this person stands in this thread."""
    return any(
        "promise" in ours.kinds
        and ours.id not in calls.machines
        and _counts(ours, waiting)
        and not _is_done(ours, calls, waiting)
        and not _went_private(ours, calls, last_private)
        for ours in calls.to_them
    )


def _counts(ours: Said, waiting: Waiting) -> bool:
    return ours.deleted_at is None or waiting.had_reacted(ours)


def _is_done(promise: Said, calls: Calls, waiting: Waiting) -> bool:
    stands = calls.stands(promise)
    kept = any(
        ours.at > promise.at
        and _keeps(ours, calls)
        and _counts(ours, waiting)
        and _meets(ours, stands, calls)
        for ours in [*calls.to_them, *calls.elsewhere]
    )
    return kept or _is_taken_back(promise, stands, calls) or _is_marked(promise, stands, calls)


def _keeps(ours: Said, calls: Calls) -> bool:
    """Tell whether a post of ours is more than a promise, a question or a word after their thanks."""
    if ours.id in calls.machines or "promise" in ours.kinds:
        return False
    if calls.scene.says_only(ours, "asks"):
        return False
    answered = calls.answered(ours)
    return (
        answered is None
        or answered.author != calls.person
        or answered.kinds_at(ours.at) != {"closer"}
    )


def _meets(ours: Said, stands: list[Said], calls: Calls) -> bool:
    """Tell whether a later post of ours stands on the branch of the promise."""
    if ours.thread == calls.thread and (ours.is_flat or MENTION in calls.ways(ours)):
        return True
    if not stands:
        return True
    here = calls.stand(ours)
    return here is not None and any(here.is_in_line_with(stand) for stand in stands)


def _is_taken_back(promise: Said, stands: list[Said], calls: Calls) -> bool:
    for said in calls.theirs:
        if (
            said.deleted_at is not None
            or said.at < promise.at
            or "withdrawal" not in said.history[0].kinds
        ):
            continue
        nearest = calls.nearest_above(said)
        if said.is_flat or (nearest and any(nearest.branch_holds(stand) for stand in stands)):
            return True
    return False


def _is_marked(promise: Said, stands: list[Said], calls: Calls) -> bool:
    marked = calls.scene.marked
    on_branch = [promise, *(s for s in calls.theirs if _is_on_branch(s, stands))]
    return any(
        mark.kind != "corrected_kind" and mark.marked_at >= promise.at
        for said in on_branch
        for mark in marked.get(said.id, ())
    )


def _is_on_branch(said: Said, stands: list[Said]) -> bool:
    return said.is_flat or not stands or any(said.is_in_line_with(stand) for stand in stands)


def _went_private(promise: Said, calls: Calls, last_private: int | None) -> bool:
    """Tell whether the branch moved to a private exchange that goes on: that one has its own turn."""
    stands = calls.stands(promise)
    return last_private is not None and any(
        "taken_private" in ours.kinds
        and ours.id not in calls.machines
        and ours.deleted_at is None
        and not ours.is_private
        and promise.at <= ours.at <= last_private
        and _meets(ours, stands, calls)
        for ours in calls.to_them
    )
