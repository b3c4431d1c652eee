-- A way in which a post of an organisation reaches a person (2.2 of docs/reference/turn-rule.md):
-- parent, it replies to them; through, it goes on from a post of ours that reached them; mention, it
-- names them anew; lead, it quotes or links their post; flat, where replies do not nest, it names them
-- or follows what they said to us; trailing, it goes on from a post of ours that only named or led to
-- them.
with own as (
    select
        w.us, w.post, w.thread, w.enter, w.leave, w.above_author,
        o.account is not null and w.above is not null and s.post is null as goes_on
    from we_said w
    left join speakers o on o.us = w.us and o.account = w.above_author
    left join (select us, post from we_said where is_share) s on s.us = w.us and s.post = w.above
    where not w.is_flat and not w.is_share
), direct_ways as (
    select us, post, above_author as person, 'parent' as way
    from own
    where above_author is not null and not goes_on
    union all
    select w.us, w.post, n.account, case when w.is_flat then 'flat' else 'mention' end
    from we_said w
    join names n on n.post = w.post
    where not w.is_share
    union all
    select w.us, w.post, l.author, 'lead'
    from we_said w
    join leads l on l.post = w.post
    where not w.is_share
), continued as (
    select us, post, thread, enter from own where goes_on
), runs as (
    -- runs of posts of ours below each other, known by where the topmost enters its thread
    select us, post, thread, enter, leave, enter as top
    from own
    where not goes_on and (us, thread) in (select us, thread from continued)
    union all
    select c.us, c.post, c.thread, c.enter, c.leave, max(t.enter)
    from own c
    join own t on t.us = c.us and t.thread = c.thread and t.enter < c.enter and c.enter <= t.leave
    where c.goes_on and not t.goes_on
    group by c.us, c.post, c.thread, c.enter, c.leave
), through as (
    select distinct
        r.us, r.post, d.person, case when d.way = 'parent' then 'through' else 'trailing' end as way
    from runs r
    join runs u on u.us = r.us and u.thread = r.thread and u.top = r.top
        and u.enter < r.enter and r.enter <= u.leave
    join direct_ways d on d.us = u.us and d.post = u.post
    where r.enter > r.top
), silent as (
    select w.us, w.post, w.thread, w.said_at, w.enter, w.above_author
    from we_said w
    left join (select post from names union select post from leads) x on x.post = w.post
    where w.is_flat and not w.is_share and x.post is null
), numbered as (
    select *, row_number() over (partition by us, thread order by said_at, enter) as place
    from (
        select us, thread, post, person, said_at, enter, deleted_at, false as is_ours
        from heard
        where is_flat
        union all
        select us, thread, post, above_author, said_at, enter, cast(null as bigint), true
        from silent
    ) every
), following as (
    select
        us, thread, post, person, said_at, place, is_ours,
        max(case when not is_ours and deleted_at is null then place end) over (
            partition by us, thread order by place
        ) as heard
    from numbered
), last_heard as (
    -- the last addressed post before it, of those that stood by then
    select
        f.us, f.thread, f.post, f.person as above_author,
        greatest(coalesce(f.heard, 0), coalesce(max(gone.place), 0)) as place
    from following f
    left join (select * from numbered where not is_ours and deleted_at is not null) gone
        on gone.us = f.us and gone.thread = f.thread
            and gone.place < f.place and gone.deleted_at > f.said_at
    where f.is_ours
    group by f.us, f.thread, f.post, f.person, f.heard
), every_way as (
    select us, post, person, way from direct_ways
    union all
    select us, post, person, way from through
    union all
    select l.us, l.post, coalesce(n.person, l.above_author), 'flat'
    from last_heard l
    left join numbered n on n.us = l.us and n.thread = l.thread and n.place = l.place
)
select
    e.us, e.post, e.person, e.way, w.thread, w.said_at, w.above, w.enter, w.leave, w.deleted_at,
    w.is_private, w.moves, w.only_thanks
from every_way e
join we_said w on w.us = e.us and w.post = e.post
left join speakers o on o.us = e.us and o.account = e.person
left join accounts bots on bots.account = e.person and bots.automatic
where e.person is not null and o.account is null and bots.account is null
    -- To name the one whose post it replies to is how networks address a reply.
    and not (e.way = 'mention' and coalesce(w.above_author = e.person, false))
