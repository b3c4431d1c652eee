-- A way in which a post of an organisation reaches a person (2.2 of docs/reference/turn-rule.md):
-- parent, it replies to them; through, it goes on from a post of ours that reached them; mention, it
-- names them anew; lead, it quotes or links their post; flat, where replies do not nest, it names them
-- or follows what they said to us; trailing, it goes on from a post of ours that only named or led to
-- them.
with speaking as (
    select * from we_said where not is_share
), own as (
    select
        w.organisation, w.post, w.thread, w.enter, w.leave, up.post is not null as goes_on,
        coalesce(s.author, w.parent_author) as answered
    from speaking w
    left join speaking up on up.organisation = w.organisation and up.post = w.above
    left join said s on s.post = w.above
    where not w.is_flat
), direct_ways as (
    select organisation, post, answered as person, 'parent' as way
    from own
    where answered is not null and not goes_on
    union all
    select w.organisation, w.post, n.account, case when w.is_flat then 'flat' else 'mention' end
    from speaking w
    join names n on n.post = w.post
    union all
    select w.organisation, w.post, l.author, 'lead'
    from speaking w
    join leads l on l.post = w.post
), runs as (
    -- runs of posts of ours below each other, known by where the topmost enters its thread
    select organisation, post, thread, enter, leave, enter as top
    from own
    where not goes_on
    union all
    select o.organisation, o.post, o.thread, o.enter, o.leave, max(t.enter)
    from own o
    join own t on t.organisation = o.organisation and t.thread = o.thread
        and t.enter < o.enter and o.enter <= t.leave
    where o.goes_on and not t.goes_on
    group by o.organisation, o.post, o.thread, o.enter, o.leave
), through as (
    select distinct
        r.organisation, r.post, d.person,
        case when d.way = 'parent' then 'through' else 'trailing' end as way
    from runs r
    join runs u on u.organisation = r.organisation and u.thread = r.thread and u.top = r.top
        and u.enter < r.enter and r.enter <= u.leave
    join direct_ways d on d.organisation = u.organisation and d.post = u.post
    where r.enter > r.top
), silent as (
    select w.organisation, w.post, w.thread, w.said_at, w.enter, coalesce(s.author, w.parent_author) as above
    from speaking w
    left join said s on s.post = w.above
    left join (select post from names union select post from leads) x on x.post = w.post
    where w.is_flat and x.post is null
), numbered as (
    select
        *, row_number() over (partition by organisation, thread order by said_at, enter) as place
    from (
        select organisation, thread, post, person, said_at, enter, deleted_at, false as is_ours
        from heard
        where is_flat
        union all
        select organisation, thread, post, above, said_at, enter, cast(null as bigint), true
        from silent
    ) every
), following as (
    select
        organisation, thread, post, person, said_at, place, is_ours,
        max(case when not is_ours and deleted_at is null then place end) over (
            partition by organisation, thread order by place
        ) as heard
    from numbered
), last_heard as (
    -- the last addressed post before it, of those that stood by then
    select
        f.organisation, f.thread, f.post, f.person as above,
        greatest(coalesce(f.heard, 0), coalesce(max(gone.place), 0)) as place
    from following f
    left join (select * from numbered where not is_ours and deleted_at is not null) gone
        on gone.organisation = f.organisation and gone.thread = f.thread
            and gone.place < f.place and gone.deleted_at > f.said_at
    where f.is_ours
    group by f.organisation, f.thread, f.post, f.person, f.heard
), every_way as (
    select * from direct_ways
    union all
    select * from through
    union all
    select l.organisation, l.post, coalesce(n.person, l.above), 'flat'
    from last_heard l
    left join numbered n
        on n.organisation = l.organisation and n.thread = l.thread and n.place = l.place
)
select
    e.organisation, e.post, e.person, e.way, w.thread, w.said_at, w.enter, w.leave, w.deleted_at,
    w.is_private
from every_way e
join we_said w on w.organisation = e.organisation and w.post = e.post
left join ours o on o.organisation = e.organisation and o.account = e.person
left join accounts bots on bots.account = e.person and bots.automatic
-- To name the one whose post it replies to is how networks address a reply.
left join own a
    on a.organisation = e.organisation and a.post = e.post and a.answered = e.person
        and e.way = 'mention'
where e.person is not null and o.account is null and bots.account is null and a.post is null
