-- A waiting interval: in each conversation one sequence, in which each begins at the earliest post that
-- is still unsettled and ends when that post is settled (2.6 of docs/reference/turn-rule.md).
with ordered as (
    select
        s.*, max(coalesce(s.ended_at, 9223372036854775807)) over (
            partition by s.organisation, s.thread, s.person, s.calls
            order by s.since, coalesce(s.ended_at, 9223372036854775807), s.post
            rows between unbounded preceding and 1 preceding
        ) as settled_before
    from spans s
    where s.calls in ('answer', 'unsure')
)
select
    o.organisation, o.thread, o.person, o.post, o.since, o.ended_at, o.ended_by, o.answer,
    o.calls = 'answer' as is_sure, h.is_private, o.since between w.begins and w.ends as in_window
from ordered o
join windows w on w.organisation = o.organisation
join heard h on h.organisation = o.organisation and h.post = o.post
where o.settled_before is null or coalesce(o.ended_at, 9223372036854775807) > o.settled_before
