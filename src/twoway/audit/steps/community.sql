-- A post of a member to another member in a thread in which an organisation has a conversation.
with talking as (
    select
        s.post, s.author, s.said_at, s.deleted_at, s.thread, s.above, s.root_author,
        coalesce(n.account, s.above_author) as other, s.above_author, n.account is not null as names
    from said s
    left join (
        -- where replies do not nest, whom they name
        select n.post, min(n.account) as account
        from names n
        where n.post in (select post from said where is_flat)
        group by n.post
    ) n on n.post = s.post
    where not s.is_share and not s.is_automatic and not s.is_private
        and (n.account is not null or s.above_author <> s.author)
)
select
    w.organisation, s.post, s.author as person, s.other, s.above as answers, s.said_at,
    ours_began.account is not null as below_own_post
from (select us, thread, max(ends) as ends from talks group by us, thread) t
join audited w on w.us = t.us
join talking s on s.thread = t.thread
left join said root on root.post = s.thread
left join speakers ours_began
    on ours_began.us = t.us and ours_began.account = coalesce(root.author, s.root_author)
left join heard h on h.us = t.us and h.post = s.post
left join speakers o on o.us = t.us and o.account = s.author
left join speakers u on u.us = t.us and u.account = s.above_author
where h.post is null and o.account is null and (s.names or u.account is null)
    and s.said_at <= t.ends and (s.deleted_at is null or s.deleted_at > t.ends)
