-- A post of an organisation, of any time, public or private, also one that was deleted since, and what
-- it does in a conversation.
select
    o.us, s.post, s.author, s.said_at,
    case when s.deleted_at <= o.ends then s.deleted_at end as deleted_at,
    s.thread, s.parent, s.above, s.above_author, s.above_at, s.root_author, s.enter, s.leave,
    s.is_flat, s.is_private, s.is_share, s.is_reply, s.is_automatic,
    (s.ours & 1) <> 0 as asks, (s.ours & 2) <> 0 as promises, (s.ours & 4) <> 0 as invites,
    (s.ours & 8) <> 0 as moves, (s.ours & 31) = 16 as only_thanks, (s.ours & 31) = 1 as only_asks
from said s
join speakers o on o.account = s.author
where s.said_at <= o.ends and s.is_ours
