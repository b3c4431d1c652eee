-- A way in which a post by somebody else turns to an organisation by itself (2.1 a to d, f of
-- docs/reference/turn-rule.md), whatever its author wrote before; one post may turn to us in several.
with people as (
    select
        post, author, said_at, thread, above_author, parent_author, root_author, is_flat, is_private,
        is_flat and not is_private as is_comment
    from said
    where not is_share and not is_automatic
), taking_part as (
    select us, thread from we_said where is_private
    union
    select o.us, s.thread
    from said s
    join mentions m on m.post = s.post
    join speakers o on o.account = m.account
    where s.is_private
), to_nobody as (
    select s.post, s.author, s.said_at, s.thread
    from people s
    left join mentions m on m.post = s.post and m.account <> s.author
    where s.is_private and m.post is null
), named as (
    select post, count(*) as names from names group by post
), named_ours as (
    select o.us, n.post, count(*) as names
    from names n
    join speakers o on o.account = n.account
    group by o.us, n.post
), turning as (
    -- a. replies directly to a post of ours, which we may not have
    select o.us, s.post, s.author, s.said_at, 'reply' as how
    from people s
    join speakers o on o.account = s.above_author
    where not s.is_flat
    union all
    -- b. names us anew
    select n.us, s.post, s.author, s.said_at, 'mention'
    from named_ours n
    join people s on s.post = n.post
    union all
    -- c. quotes a post of ours
    select o.us, s.post, s.author, s.said_at, 'quote'
    from leads l
    join speakers o on o.account = l.author
    join people s on s.post = l.post
    where l.is_quote
    union all
    -- d. is private to us: names us, or stands in an exchange in which we wrote
    select o.us, s.post, s.author, s.said_at, 'private'
    from people s
    join mentions m on m.post = s.post
    join speakers o on o.account = m.account
    where s.is_private
    union all
    select w.us, s.post, s.author, s.said_at, 'private'
    from people s
    join (select distinct us, thread from we_said where is_private) w on w.thread = s.thread
    where s.is_private
    union all
    -- or names nobody and is to whom of us takes part; where none does, we could not read it
    -- otherwise, so that every organisation of the network is taken to be its receiver
    select t.us, n.post, n.author, n.said_at, 'private'
    from to_nobody n
    join taking_part t on t.thread = n.thread
    union all
    select o.us, n.post, n.author, n.said_at, 'private'
    from to_nobody n
    join posts p on p.post = n.post
    join accounts a on a.network = p.network
    join speakers o on o.account = a.account
    left join taking_part t on t.thread = n.thread
    where t.thread is null
    union all
    -- f. is a comment without nesting below a post of ours and names nobody else
    select o.us, s.post, s.author, s.said_at, 'flat'
    from people s
    left join said r on r.post = s.thread
    join speakers o on o.account = coalesce(r.author, s.root_author, s.parent_author)
    left join named n on n.post = s.post
    left join named_ours u on u.us = o.us and u.post = s.post
    where s.is_comment and coalesce(n.names, 0) = coalesce(u.names, 0)
)
select t.us, t.post, t.how
from turning t
join audited a on a.us = t.us
left join speakers o on o.us = t.us and o.account = t.author
where o.account is null and t.said_at <= a.ends
