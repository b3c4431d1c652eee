"""How the audience reacted: shown beside the measures, never counted as the account's virtue."""

from collections.abc import Sequence

from twoway.audit import quoting
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.statistics import LEAST, wilson

_PER_POST = (
    ("conversation_per_post", "Comments and replies per original", "seen_replies"),
    ("amplification_per_post", "Shares per original", "seen_shares"),
    ("applause_per_post", "Likes per original", "seen_likes"),
)
_SEEN = """
select o.organisation, count(p.seen_replies), sum(p.seen_replies), count(p.seen_shares),
    sum(p.seen_shares), count(p.seen_likes), sum(p.seen_likes)
from own_posts o
join posts p on p.post = o.post
where o.class = 'original'
group by o.organisation"""
# An original has one level when nothing stands below its comments.
_DEPTH = """
select organisation, count(*), count(case when deeper = 0 then 1 end)
from (
    select o.organisation, o.post, count(case when t.above <> o.post then 1 end) as deeper
    from own_posts o
    join threads r on r.post = o.post
    join threads t on t.thread = r.thread and t.enter > r.enter and t.enter <= r.leave
        and t.first_piece = t.post
    where o.class = 'original'
    group by o.organisation, o.post
) commented
group by organisation"""
_COMPLAINED = """
select a.organisation, a.post, a.person, a.said_at
from addressed a
join readings r on r.post = a.post
join (select post, max(version) as version from readings group by post) v
    on v.post = r.post and v.version = r.version
where a.in_window and not a.is_private and r.says_never_answer
order by a.organisation, a.said_at desc, a.post"""
_PEOPLE = """
select organisation, count(distinct person)
from addressed
where in_window and not is_private
group by organisation"""


def audience(engine: Engine, organisations: Sequence[str]) -> dict[str, tuple[Figure, ...]]:
    """Return the audience's figures of every organisation, those that could be observed."""
    seen = {organisation: row for organisation, *row in engine.rows(_SEEN)}
    depth = {organisation: row for organisation, *row in engine.rows(_DEPTH)}
    complained: dict[str, list[tuple[int, int, int]]] = {}
    for organisation, *row in engine.rows(_COMPLAINED):
        complained.setdefault(organisation, []).append((row[0], row[1], row[2]))
    people = dict(engine.rows(_PEOPLE))
    figures = {
        organisation: (
            *_per_post(seen.get(organisation, ())),
            *_depth(depth.get(organisation, ())),
            *_never_answer(complained.get(organisation, ()), people.get(organisation, 0)),
        )
        for organisation in organisations
    }
    return quoting.quote(engine, figures)


def _per_post(row: Sequence[int]) -> list[Figure]:
    pairs = zip(_PER_POST, zip(row[0::2], row[1::2], strict=True), strict=False)
    return [
        Figure(id=id_, name=name, unit="ratio", value=total / n, n=n)
        for (id_, name, _), (n, total) in pairs
        if n >= LEAST
    ]


def _depth(row: Sequence[int]) -> list[Figure]:
    if not row or row[0] < LEAST:
        return []
    n, hits = row
    low, high = wilson(hits, n)
    name = "Commented originals whose talk stayed one level deep"
    return [
        Figure(
            id="one_level",
            name=name,
            unit="share",
            value=hits / n,
            n=n,
            hits=hits,
            low=low,
            high=high,
        )
    ]


def _never_answer(rows: Sequence[tuple[int, int, int]], people: int) -> list[Figure]:
    if not people:
        return []
    shown = tuple(
        Evidence(post=post, address=None, author="", said_at=said_at, text="")
        for post, _, said_at in rows[:LEAST]
    )
    said = len({person for _, person, _ in rows})
    name = "People who said “you never answer”"
    return [
        Figure(
            id="never_answer", name=name, unit="count", value=float(said), n=people, evidence=shown
        )
    ]
