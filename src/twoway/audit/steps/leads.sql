-- A post that another one quotes, links to, or answers in private where it is public, with its author
-- where that is known.
with leads_to as (
    select post, quoted as target, quoted_author as author, true as is_quote
    from posts
    where quoted is not null
    union all
    select post, leads_to, cast(null as bigint), false
    from links
    where leads_to is not null
    union all
    select post, parent, parent_author, false
    from said
    where is_ours and is_private and above is null and parent is not null
), merged as (
    select
        coalesce(k.post, l.post) as post, coalesce(h.post, l.target) as target, l.author, l.is_quote
    from leads_to l
    left join pieces k on k.piece = l.post
    left join pieces h on h.piece = l.target
)
select m.post, m.target, coalesce(t.author, m.author) as author, bool_or(m.is_quote) as is_quote
from merged m
join said s on s.post = m.post
left join said t on t.post = m.target
where m.target <> m.post and coalesce(t.author, m.author) is not null
group by m.post, m.target, coalesce(t.author, m.author)
