-- A way in which a post by somebody else turns to an organisation by itself (2.1 a to d, f of
-- docs/reference/turn-rule.md), whatever its author wrote before; one post may turn to us in several.
with people as (
    select s.*, s.is_flat and not s.is_private as is_comment
    from said s
    where not s.is_share and not s.is_automatic
), taking_part as (
    select organisation, thread from we_said where is_private
    union
    select o.organisation, s.thread
    from said s
    join mentions m on m.post = s.post
    join ours o on o.account = m.account
    where s.is_private
), to_nobody as (
    select s.post, s.thread
    from people s
    left join mentions m on m.post = s.post and m.account <> s.author
    where s.is_private and m.post is null
), named as (
    select n.post, count(*) as names
    from names n
    join people s on s.post = n.post and s.is_comment
    group by n.post
), named_ours as (
    select n.post, o.organisation, count(*) as names
    from names n
    join people s on s.post = n.post and s.is_comment
    join ours o on o.account = n.account
    group by n.post, o.organisation
), turning as (
    -- a. replies directly to a post of ours, which we may not have
    select w.organisation, s.post, 'reply' as how
    from people s
    join we_said w on w.post = s.above
    where not s.is_flat
    union all
    select o.organisation, s.post, 'reply'
    from people s
    join ours o on o.account = s.parent_author
    where not s.is_flat and s.above is null
    union all
    -- b. names us anew
    select o.organisation, n.post, 'mention'
    from names n
    join ours o on o.account = n.account
    join people s on s.post = n.post
    union all
    -- c. quotes a post of ours
    select o.organisation, l.post, 'quote'
    from leads l
    join ours o on o.account = l.author
    join people s on s.post = l.post
    where l.is_quote
    union all
    -- d. is private to us: names us, or stands in an exchange in which we wrote
    select o.organisation, s.post, 'private'
    from people s
    join mentions m on m.post = s.post
    join ours o on o.account = m.account
    where s.is_private
    union all
    select distinct w.organisation, s.post, 'private'
    from people s
    join we_said w on w.thread = s.thread
    where s.is_private
    union all
    -- or names nobody and is to whom of us takes part; where none does, we could not read it
    -- otherwise, so that every organisation of the network is taken to be its receiver
    select t.organisation, n.post, 'private'
    from to_nobody n
    join taking_part t on t.thread = n.thread
    union all
    select distinct o.organisation, n.post, 'private'
    from to_nobody n
    join posts p on p.post = n.post
    join accounts a on a.network = p.network
    join ours o on o.account = a.account
    left join taking_part t on t.thread = n.thread
    where t.thread is null
    union all
    -- f. is a comment without nesting below a post of ours and names nobody else
    select o.organisation, s.post, 'flat'
    from people s
    left join said r on r.post = s.thread
    join ours o on o.account = coalesce(r.author, s.root_author, s.parent_author)
    left join named n on n.post = s.post
    left join named_ours u on u.post = s.post and u.organisation = o.organisation
    where s.is_comment and coalesce(n.names, 0) = coalesce(u.names, 0)
)
select distinct t.organisation, t.post, t.how
from turning t
join said s on s.post = t.post
join windows w on w.organisation = t.organisation and s.said_at <= w.ends
left join ours o on o.organisation = t.organisation and o.account = s.author
where o.account is null
