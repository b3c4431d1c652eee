-- A moment from which a post waits for what it calls for (2.7 of docs/reference/turn-rule.md): it was
-- written, an edit made it call, or the last of our answers to it was lost.
with standing as (
    select * from calls where deleted_at is null
), edited as (
    select *
    from standing
    where number > 1 and calls <> 'nothing' and (calls <> called_before or (adds_call and calls = 'answer'))
), lost as (
    -- what settled the post was lost while it called; a new call forgets what settled the old one
    select
        l.organisation, l.post, c.calls, l.lost_at, l.answer, l.settled_at,
        max(coalesce(e.since, -1)) as forgotten
    from settlements l
    join standing c on c.organisation = l.organisation and c.post = l.post
        and (c.number = 1 or c.since < l.lost_at) and (c.until is null or c.until >= l.lost_at)
    left join edited e on e.organisation = l.organisation and e.post = l.post
        and e.calls = 'answer' and c.calls = 'answer' and e.since < l.lost_at
    where l.lost_at is not null and c.calls <> 'nothing'
    group by l.organisation, l.post, c.calls, l.lost_at, l.answer, l.settled_at
)
select organisation, thread, person, post, calls, said_at as since, true as is_first
from standing
where number = 1 and calls <> 'nothing'
union all
select e.organisation, e.thread, e.person, e.post, e.calls, e.since, false
from edited e
left join settlements s
    on s.organisation = e.organisation and s.post = e.post and e.calls <> 'answer'
        and s.settled_at <= e.since and (s.lost_at is null or s.lost_at > e.since)
        and (e.calls = 'kind_word' or not s.is_kind_word)
where s.post is null
union all
select distinct h.organisation, h.thread, h.person, h.post, l.calls, l.lost_at, false
from lost l
join heard h on h.organisation = l.organisation and h.post = l.post
left join settlements s
    on s.organisation = l.organisation and s.post = l.post
        and s.settled_at <= l.lost_at and s.settled_at > l.forgotten
        and (s.lost_at is null or s.lost_at > l.lost_at)
        and (l.calls = 'kind_word' or not s.is_kind_word)
where l.settled_at > l.forgotten and s.post is null
