-- A post of a person in a thread in which they have a conversation with an organisation, whether it is
-- addressed to it or not, also a plain share, and one that was deleted since.
select
    t.us, t.thread, t.person, s.post, s.said_at,
    case when s.deleted_at <= t.ends then s.deleted_at end as deleted_at,
    s.above, s.enter, s.leave, s.chain_top, s.is_flat, s.is_private, s.is_share, s.theirs as kinds,
    h.post is not null as is_heard
from talks t
join said s on s.thread = t.thread and s.author = t.person and s.said_at <= t.ends
left join heard h on h.us = t.us and h.post = s.post
