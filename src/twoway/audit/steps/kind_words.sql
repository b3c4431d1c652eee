-- A post that calls for a kind word, and whether it got one (2.4.2 of docs/reference/turn-rule.md). It
-- stays in the lane for a week, and out of it while a complaint of the person is open.
with complaining as (
    select distinct s.organisation, s.thread, s.person
    from spans s
    join held h on h.post = s.post and h.side = 'theirs' and h.kind = 'complaint'
    where s.calls = 'answer' and s.ended_at is null
), latest as (
    select
        organisation, thread, person, post, since, ended_at, ended_by,
        row_number() over (partition by organisation, post order by since desc) as place
    from spans
    where calls = 'kind_word'
)
select
    l.organisation, l.thread, l.person, l.post, l.since,
    case
        when l.ended_by in ('like', 'share', 'kind_word', 'answer', 'taken_private') then l.ended_at
    end as settled_at,
    case
        when l.ended_by in ('like', 'share') then l.ended_by
        when l.ended_by in ('kind_word', 'answer', 'taken_private') then 'answer'
    end as settled_by,
    l.ended_at is null and w.ends - l.since <= 7 * 86400000000 and c.person is null as is_open,
    h.is_private, l.since between w.begins and w.ends as in_window
from latest l
join windows w on w.organisation = l.organisation
join heard h on h.organisation = l.organisation and h.post = l.post
left join complaining c
    on c.organisation = l.organisation and c.thread = l.thread and c.person = l.person
where l.place = 1
