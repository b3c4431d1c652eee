-- A post by somebody else that is addressed to an organisation, what it calls for, and when it was first
-- settled and answered.
with first_span as (
    select s.us, s.post, s.ended_at, s.ended_by
    from spans s
    left join (
        select us, post, min(since) as since
        from spans
        where calls = 'answer'
        group by us, post
        having count(*) > 1
    ) f on f.us = s.us and f.post = s.post
    where s.calls = 'answer' and (f.post is null or f.since = s.since)
), answered as (
    select s.us, s.post, min(w.said_at) as answered_at
    from settlements s
    join we_said w on w.us = s.us and w.post = s.answer
    group by s.us, s.post
)
select
    w.organisation, h.post, h.person, h.said_at, h.thread, h.how, h.calls, h.is_private,
    o.post as below_original, f.ended_at as settled_at, f.ended_by as settled_by, a.answered_at,
    h.said_at between w.begins and w.ends as in_window, h.deleted_at,
    cast(floor(h.said_at / 900000000) as bigint) as slot
from calls h
join audited w on w.us = h.us
left join first_span f on f.us = h.us and f.post = h.post
left join answered a on a.us = h.us and a.post = h.post
left join own_history o on o.organisation = w.organisation and o.post = h.above and o.class = 'original'
where h.until is null
