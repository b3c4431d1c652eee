-- A post of ours that we deleted before the person had reacted to it: written on that branch, or liked
-- it (2.7 of docs/reference/turn-rule.md).
with deleted as (
    select us, thread, person, post from reached where deleted_at is not null
    union
    select us, thread, person, post from answers where deleted_at is not null
    union
    -- thanks that quote or link a post, which are no answers
    select r.us, t.thread, r.person, r.post
    from reached r
    join leads l on l.post = r.post and l.author = r.person
    join they_said t on t.us = r.us and t.person = r.person and t.post = l.target
    where r.way = 'lead' and r.deleted_at is not null and r.only_thanks
), gone as (
    select
        d.us, d.thread, d.person, w.post, w.said_at, w.deleted_at, w.thread as stands_in, w.enter,
        w.leave
    from deleted d
    join we_said w on w.us = d.us and w.post = d.post
), reacted as (
    select g.us, g.thread, g.person, g.post
    from gone g
    join they_said t on t.us = g.us and t.thread = g.thread and t.person = g.person
        and t.said_at > g.said_at and t.said_at <= g.deleted_at and not t.is_share
    left join stands s on s.us = g.us and s.thread = g.thread and s.person = g.person
        and s.post = g.post and s.counts
    where t.is_flat
        or (g.stands_in = g.thread and g.enter < t.enter and t.enter <= g.leave)
        or t.post = s.stand
        or (t.enter < s.enter and s.enter <= t.leave)
        or (s.enter < t.enter and t.enter <= s.leave)
    union
    select g.us, g.thread, g.person, g.post
    from gone g
    join audited a on a.us = g.us
    left join pieces k on k.post = g.post
    join reactions r on r.post = coalesce(k.piece, g.post) and r.account = g.person
        and r.kind = 'like'
    where coalesce(r.reacted_at, g.said_at) <= g.deleted_at
        and (r.taken_back_at is null or r.taken_back_at > a.ends)
)
select g.us, g.thread, g.person, g.post, g.deleted_at as lost_at
from gone g
left join reacted r on r.us = g.us and r.thread = g.thread and r.person = g.person
    and r.post = g.post
where r.post is null
