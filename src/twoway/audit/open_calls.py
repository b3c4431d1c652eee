"""Who waits now: the questions, complaints and requests to start with today, the newest first.

A fresh one can still be helped; for the oldest the measure left_unanswered is there.
"""

from collections.abc import Sequence

from twoway.audit import words
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.saying import say

SHOWN = 5
_MINUTE = 60_000_000
_OPEN = f"""
select organisation, post, since, waited
from (
    select w.organisation, w.post, w.since, s.ends - w.since as waited, row_number() over (
        partition by w.organisation order by w.since desc, w.post
    ) as place
    from waits w
    join windows s on s.organisation = w.organisation
    where w.ended_by is null and w.is_sure and not w.is_private and w.in_window
        and exists (
            select 1 from held h
            where h.post = w.post and h.side = 'theirs' and h.kind in ('question', 'complaint', 'request')
        )
) open
where place <= {SHOWN}
order by organisation, place"""


def open_calls(engine: Engine, organisations: Sequence[str]) -> dict[str, tuple[Figure, ...]]:
    """Return a figure of every organisation that shows its newest open posts, not yet quoted."""
    found: dict[str, list[Evidence]] = {organisation: [] for organisation in organisations}
    for organisation, post, since, waited in engine.rows(_OPEN):
        note = say("open for {length}", length=words.duration(waited / _MINUTE))
        shown = Evidence(post=post, address=None, author="", said_at=since, text="", note=note)
        found.setdefault(organisation, []).append(shown)
    return {
        organisation: (Figure(id="open_calls", name="", unit="count", evidence=tuple(posts)),)
        for organisation, posts in found.items()
    }
