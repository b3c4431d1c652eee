-- A post of a member to another member in a thread in which an organisation has a conversation.
with ours_talk as (
    select distinct organisation, thread from talks
), named as (
    select n.post, min(n.account) as account from names n join said s on s.post = n.post and s.is_flat group by n.post
)
select
    t.organisation, s.post, s.author as person,
    case when s.is_flat then coalesce(n.account, up.author, s.parent_author) else coalesce(up.author, s.parent_author) end as other,
    s.above as answers, s.said_at,
    ro.account is not null as below_own_post
from ours_talk t
join windows w on w.organisation = t.organisation
join said s on s.thread = t.thread and s.said_at <= w.ends
left join said up on up.post = s.above
left join said root on root.post = s.thread
left join ours ro
    on ro.organisation = t.organisation and ro.account = coalesce(root.author, s.root_author)
left join named n on n.post = s.post
left join heard h on h.organisation = t.organisation and h.post = s.post
left join ours o on o.organisation = t.organisation and o.account = s.author
left join ours u on u.organisation = t.organisation and u.account = coalesce(up.author, s.parent_author)
where h.post is null and o.account is null and not s.is_share and not s.is_automatic and not s.is_private
    and (s.deleted_at is null or s.deleted_at > w.ends)
    and (
        n.account is not null
        or (u.account is null and coalesce(up.author, s.parent_author) <> s.author)
    )
