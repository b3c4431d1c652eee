"""The first look: the last twenty own posts by what they are, and the profile beside them."""

from collections.abc import Sequence

from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure, Glance, Profile
from twoway.audit.words import shortened

SHOWN = 20
_LONGEST = 280

# Originals stand in the first class that holds, in the order of the measure what_posts_do.
_LATEST = f"""
with latest as (
    select organisation, post, said_at, class
    from (
        select organisation, post, said_at, class, row_number() over (
            partition by organisation order by (-said_at, -post)
        ) as place
        from own_posts
    ) ranked
    where place <= {SHOWN}
), kinds as (
    select l.organisation, l.post, h.kind
    from latest l
    join held h on h.post = l.post and h.side = 'ours'
    union
    select l.organisation, l.post, 'own_link'
    from latest l
    left join pieces t on t.post = l.post
    join links k on k.post = coalesce(t.piece, l.post)
    join brands b on b.organisation = l.organisation and b.kind = 'site'
        and (k.site = b.value or k.site like concat('%.', b.value))
), classes as (
    select organisation, post, min(case kind
        when 'offer' then 1 when 'launch' then 2 when 'own_link' then 3 when 'featuring' then 4
        when 'question' then 5 when 'invitation' then 5 when 'daily_life' then 6 else 7
    end) as place
    from kinds
    group by organisation, post
)
select l.organisation, l.post, l.said_at, case
    when l.class = 'reply' then 'answer'
    when l.class <> 'original' then l.class
    when c.place = 1 then 'offer' when c.place = 2 then 'launch' when c.place = 3 then 'own_link'
    when c.place = 4 then 'featuring' when c.place = 5 then 'question' when c.place = 6 then 'daily_life'
    else 'information'
end
from latest l
left join classes c on c.organisation = l.organisation and c.post = l.post
order by l.organisation, l.said_at, l.post"""

_PROFILES = """
select o.organisation, a.handle, a.name, a.network, a.biography, a.site, a.followers, a.following,
    a.made_at, a.automatic
from ours o
join accounts a on a.account = o.account
left join (
    select organisation, author, count(*) as posts from own_posts group by organisation, author
) w on w.organisation = o.organisation and w.author = o.account
order by o.organisation, case when lower(a.handle) = lower(o.organisation) then 0 else 1 end,
    coalesce(w.posts, 0) desc, a.handle"""


def latest(engine: Engine, organisations: Sequence[str]) -> dict[str, tuple[Figure, ...]]:
    """Return a figure of every organisation that shows its last own posts, not yet quoted.

    The oldest comes first; the note says what it is. So one query quotes them with all others.
    """
    found: dict[str, list[Evidence]] = {organisation: [] for organisation in organisations}
    for organisation, post, said_at, what in engine.rows(_LATEST):
        shown = Evidence(post=post, address=None, author="", said_at=said_at, text="", note=what)
        found.setdefault(organisation, []).append(shown)
    return {
        organisation: (Figure(id="glance", name="", unit="text", evidence=tuple(posts)),)
        for organisation, posts in found.items()
    }


def glance(figure: Figure) -> tuple[Glance, ...]:
    """Return the last own posts of an organisation from its figure, quoted by now."""
    return tuple(
        Glance(
            post=post.post, address=post.address, said_at=post.said_at,
            text=shortened(post.text, _LONGEST), what=post.note,
        )
        for post in figure.evidence
    )  # fmt: skip


def profiles(engine: Engine, organisations: Sequence[str]) -> dict[str, tuple[Profile, ...]]:
    """Return the profiles of every organisation, the one it is named after first, then by posts."""
    found: dict[str, list[Profile]] = {organisation: [] for organisation in organisations}
    for organisation, *row in engine.rows(_PROFILES):
        handle, name, network, biography, site, followers, following, made_at, automatic = row
        found.setdefault(organisation, []).append(Profile(
            handle=handle, name=name, network=network, biography=biography, site=site,
            followers=followers, following=following, made_at=made_at, is_automatic=automatic,
        ))  # fmt: skip
    return {organisation: tuple(shown) for organisation, shown in found.items()}
