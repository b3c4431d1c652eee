-- A post by somebody else that is addressed to an organisation, what it calls for, and when it was first
-- settled and answered.
with answered as (
    select us, post, min(answered_at) as answered_at
    from settlements
    where answered_at is not null
    group by us, post
)
select
    w.organisation, h.post, h.person, h.said_at, h.thread, h.how, h.calls, h.is_private,
    o.post as below_original, f.ended_at as settled_at, f.ended_by as settled_by, a.answered_at,
    h.said_at between w.begins and w.ends as in_window, h.deleted_at,
    cast(floor(h.said_at / 900000000) as bigint) as slot
from calls h
join audited w on w.us = h.us
left join spans f on f.us = h.us and f.post = h.post and f.calls = 'answer' and f.is_first
left join answered a on a.us = h.us and a.post = h.post
left join own_history o on o.organisation = w.organisation and o.post = h.above and o.class = 'original'
where h.until is null
