-- A waiting interval: in each conversation one sequence, in which each begins at the earliest post that
-- is still unsettled and ends when that post is settled (2.6 of docs/reference/turn-rule.md).
with ordered as (
    select
        s.*, max(coalesce(s.ended_at, 9223372036854775807)) over (
            partition by s.us, s.thread, s.person, s.calls = 'answer'
            order by s.since, coalesce(s.ended_at, 9223372036854775807), s.post
            rows between unbounded preceding and 1 preceding
        ) as settled_before
    from spans s
    where s.calls in ('answer', 'unsure')
)
select
    a.organisation, o.thread, o.person, o.post, o.since, o.ended_at, o.ended_by, o.answer,
    o.calls = 'answer' as is_sure, t.is_private, o.since between a.begins and a.ends as in_window
from ordered o
join audited a on a.us = o.us
join talks t on t.us = o.us and t.thread = o.thread and t.person = o.person
where o.settled_before is null or coalesce(o.ended_at, 9223372036854775807) > o.settled_before
