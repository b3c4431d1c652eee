"""What the verdict counts, taken from the steps and from the figures of the measures."""

from collections.abc import Mapping, Sequence
from typing import Literal

from twoway.audit.counts import NOTHING, Counts, Tally
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Figure

_POSTS = """
select organisation, count(case when class = 'original' then 1 end),
    count(case when class = 'reply' then 1 end), count(case when class = 'quote' then 1 end), count(*)
from own_posts
group by organisation"""
_WAITS = """
select organisation, count(*)
from waits
where in_window and is_sure and not is_private
group by organisation"""
_COVERED = "select organisation, stream, is_complete from covered"
Inbound = Literal["complete", "sampled", "no"]


def own_posts(engine: Engine) -> dict[str, int]:
    """Return how many own posts every organisation has that has any."""
    return {organisation: every for organisation, *_, every in engine.rows(_POSTS)}


def counts(engine: Engine, figures: Mapping[str, Sequence[Figure]]) -> dict[str, Counts]:
    """Return what the verdict looks at, for every organisation that was measured."""
    posts = {organisation: tuple(row) for organisation, *row in engine.rows(_POSTS)}
    waits = dict(engine.rows(_WAITS))
    covered = {(organisation, stream): full for organisation, stream, full in engine.rows(_COVERED)}
    made = {}
    for organisation, measured in figures.items():
        originals, replies, quotes, every = posts.get(organisation, (0, 0, 0, 0))
        known = {figure.id: figure for figure in measured}
        rates = known.get("response_rate")
        made[organisation] = Counts(
            originals=originals, replies=replies, quotes=quotes, own_posts=every,
            intervals=waits.get(organisation, 0), answered=_tally(rates),
            questions=_tally(_part(rates, "questions")), complaints=_tally(_part(rates, "complaints")),
            within_24h=_tally(_part(rates, "within_24h")),
            comments=_tally(known.get("answers_under_own_posts")),
            unprompted=_hits(known.get("unprompted_comments")), sharing=_hits(known.get("sharing_others")),
            inbound=_inbound(covered.get((organisation, "comments"))),
            has_originals=(organisation, "originals") in covered,
            has_replies=(organisation, "replies") in covered,
        )  # fmt: skip
    return made


def _inbound(is_complete: bool | None) -> Inbound:
    if is_complete is None:
        return "no"
    return "complete" if is_complete else "sampled"


def _part(figure: Figure | None, id_: str) -> Figure | None:
    return next((part for part in figure.parts if part.id == id_), None) if figure else None


def _tally(figure: Figure | None) -> Tally:
    """Return a share's hits and n; nothing where it could not be observed."""
    return (
        Tally(figure.hits or 0, figure.n)
        if figure and figure.status != "not_observable"
        else NOTHING
    )


def _hits(figure: Figure | None) -> int | None:
    return (figure.hits or 0) if figure and figure.status != "not_observable" else None
