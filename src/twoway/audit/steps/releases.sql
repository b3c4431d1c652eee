-- A post by which a person stops waiting for us (2.4.4 and 2.4.5 of docs/reference/turn-rule.md): they take
-- back what they asked, or thank a member who helped. It counts on the branch of their nearest post
-- above it, `enter` to `chain_top`; where replies do not nest, on the whole exchange.
with words as (
    select t.*, coalesce(w.kinds, t.kinds) as first_kinds
    from they_said t
    left join wordings w on w.post = t.post and w.number = 1
    where t.deleted_at is null and not t.is_share
        and (coalesce(w.kinds, t.kinds) & (8 + 64 + 128)) <> 0
), turned_to_us as (
    select us, thread, person, said_at, enter
    from (
        select
            us, thread, person, said_at, enter,
            row_number() over (partition by us, thread, person order by said_at, enter) as place
        from they_said
        where is_heard and is_flat and not is_private
    ) placed
    where place = 1
), turned as (
    -- to a member: below their post or naming one who had replied to the person, or where replies do
    -- not nest naming one who wrote after the person turned to us
    select w.us, w.post
    from words w
    join said m on m.post = w.above and m.author <> w.person and not m.is_automatic
    left join speakers o on o.us = w.us and o.account = m.author
    where not w.is_flat and o.account is null
    union
    select w.us, w.post
    from words w
    join names n on n.post = w.post
    join said m on m.thread = w.thread and m.author = n.account and not m.is_automatic
        and m.above_author = w.person and m.above is not null
    left join speakers o on o.us = w.us and o.account = m.author
    where not w.is_flat and o.account is null
        and (m.said_at < w.said_at or (m.said_at = w.said_at and m.enter < w.enter))
    union
    select w.us, w.post
    from words w
    join names n on n.post = w.post
    join said m on m.thread = w.thread and m.author = n.account and not m.is_automatic
    join turned_to_us h on h.us = w.us and h.thread = w.thread and h.person = w.person
        and (h.said_at < m.said_at or (h.said_at = m.said_at and h.enter < m.enter))
    left join speakers o on o.us = w.us and o.account = m.author
    where w.is_flat and not w.is_private and o.account is null
        and (m.said_at < w.said_at or (m.said_at = w.said_at and m.enter < w.enter))
), releasing as (
    select w.*, case when (w.first_kinds & 128) <> 0 then 'withdrawal' else 'community' end as ended_by
    from words w
    left join turned t on t.us = w.us and t.post = w.post
    where (w.first_kinds & 128) <> 0
        or (t.post is not null and not (w.is_heard and (w.first_kinds & 7) <> 0))
), nearest as (
    select r.us, r.post, max(t.enter) as enter
    from releasing r
    join they_said t on t.us = r.us and t.thread = r.thread and t.person = r.person
        and t.enter < r.enter and r.enter <= t.leave
    where not r.is_flat
    group by r.us, r.post
)
select
    r.us, r.thread, r.person, r.post, r.said_at, r.ended_by, r.is_flat, r.enter as place,
    t.post as near, t.enter, t.leave, t.chain_top
from releasing r
left join nearest n on n.us = r.us and n.post = r.post
left join they_said t on t.us = r.us and t.thread = r.thread and t.person = r.person
    and t.enter = n.enter
where r.is_flat or t.post is not null
