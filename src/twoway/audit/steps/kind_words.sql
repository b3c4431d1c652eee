-- A post that calls for a kind word, and whether it got one (2.4.2 of docs/reference/turn-rule.md). It
-- stays in the lane for a week, and out of it while a complaint of the person is open.
with complaining as (
    select distinct s.us, s.thread, s.person
    from spans s
    join said t on t.post = s.post and (t.theirs & 2) <> 0
    where s.calls = 'answer' and s.ended_at is null
)
select
    a.organisation, s.thread, s.person, s.post, s.since,
    case
        when s.ended_by in ('like', 'share', 'kind_word', 'answer', 'taken_private') then s.ended_at
    end as settled_at,
    case
        when s.ended_by in ('like', 'share') then s.ended_by
        when s.ended_by in ('kind_word', 'answer', 'taken_private') then 'answer'
    end as settled_by,
    s.ended_at is null and a.ends - s.since <= 7 * 86400000000 and c.person is null as is_open,
    t.is_private, s.since between a.begins and a.ends as in_window
from spans s
join audited a on a.us = s.us
join talks t on t.us = s.us and t.thread = s.thread and t.person = s.person
left join complaining c on c.us = s.us and c.thread = s.thread and c.person = s.person
where s.calls = 'kind_word' and s.is_last
