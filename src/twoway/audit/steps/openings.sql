-- A moment from which a post waits for what it calls for (2.7 of docs/reference/turn-rule.md): it was
-- written, an edit made it call, or the last of our answers to it was lost.
with standing as (
    select * from calls where deleted_at is null and calls <> 'nothing'
), edited as (
    -- it calls for something else now, or a kind that calls for an answer was added
    select c.*
    from standing c
    join calls b on b.us = c.us and b.post = c.post and b.number = c.number - 1
    where c.number > 1 and (
        c.calls <> b.calls or (c.calls = 'answer' and ((c.kinds | b.kinds) & 7) > (b.kinds & 7))
    )
), lost as (
    -- what settled the post was lost while it called; a new call forgets what settled the old one
    select
        l.us, l.post, c.thread, c.person, c.calls, l.lost_at, l.answer, l.settled_at,
        max(coalesce(e.since, -1)) as forgotten
    from settlements l
    join standing c on c.us = l.us and c.post = l.post
        and (c.number = 1 or c.since < l.lost_at) and (c.until is null or c.until >= l.lost_at)
    left join edited e on e.us = l.us and e.post = l.post
        and e.calls = 'answer' and c.calls = 'answer' and e.since < l.lost_at
    where l.lost_at is not null
    group by l.us, l.post, c.thread, c.person, c.calls, l.lost_at, l.answer, l.settled_at
)
select us, thread, person, post, calls, said_at as since, true as is_first
from standing
where number = 1
union all
select e.us, e.thread, e.person, e.post, e.calls, e.since, false
from edited e
left join settlements s on s.us = e.us and s.post = e.post and e.calls <> 'answer'
    and s.settled_at <= e.since and (s.lost_at is null or s.lost_at > e.since)
    and (e.calls = 'kind_word' or not s.is_kind_word)
where s.post is null
union all
select distinct l.us, l.thread, l.person, l.post, l.calls, l.lost_at, false
from lost l
left join settlements s on s.us = l.us and s.post = l.post
    and s.settled_at <= l.lost_at and s.settled_at > l.forgotten
    and (s.lost_at is null or s.lost_at > l.lost_at)
    and (l.calls = 'kind_word' or not s.is_kind_word)
where l.settled_at > l.forgotten and s.post is null
