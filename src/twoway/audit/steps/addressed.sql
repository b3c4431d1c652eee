-- A post by somebody else that is addressed to an organisation, what it calls for, and when it was first
-- settled and answered.
with latest as (
    select organisation, post, calls
    from (
        select
            organisation, post, calls,
            row_number() over (partition by organisation, post order by number desc) as place
        from calls
    ) placed
    where place = 1
), first_span as (
    select organisation, post, ended_at, ended_by
    from (
        select
            organisation, post, ended_at, ended_by,
            row_number() over (partition by organisation, post order by since) as place
        from spans
        where calls = 'answer'
    ) placed
    where place = 1
), answered as (
    select s.organisation, s.post, min(w.said_at) as answered_at
    from settlements s
    join we_said w on w.organisation = s.organisation and w.post = s.answer
    group by s.organisation, s.post
)
select
    h.organisation, h.post, h.person, h.said_at, h.thread, h.how, c.calls, h.is_private,
    case when o.class = 'original' then o.post end as below_original,
    f.ended_at as settled_at, f.ended_by as settled_by, a.answered_at,
    h.said_at between w.begins and w.ends as in_window, h.deleted_at,
    cast(floor(h.said_at / 900000000) as bigint) as slot
from heard h
join windows w on w.organisation = h.organisation
left join latest c on c.organisation = h.organisation and c.post = h.post
left join first_span f on f.organisation = h.organisation and f.post = h.post
left join answered a on a.organisation = h.organisation and a.post = h.post
left join own_history o on o.organisation = h.organisation and o.post = h.above
