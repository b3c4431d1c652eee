-- A post of a person in a thread in which they have a conversation with an organisation, whether it is
-- addressed to it or not, also a plain share, and one that was deleted since.
select
    t.organisation, t.thread, t.person, s.post, s.said_at,
    case when s.deleted_at <= w.ends then s.deleted_at end as deleted_at,
    s.above, s.enter, s.leave, s.chain_top, s.is_flat, s.is_private, s.is_share,
    h.post is not null as is_heard
from talks t
join windows w on w.organisation = t.organisation
join said s on s.thread = t.thread and s.author = t.person and s.said_at <= w.ends
left join heard h on h.organisation = t.organisation and h.post = s.post
