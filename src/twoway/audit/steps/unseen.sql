-- A post of ours that we deleted before the person had reacted to it: written on that branch, or liked
-- it (2.7 of docs/reference/turn-rule.md).
with deleted as (
    select organisation, thread, person, post from reached where deleted_at is not null
    union
    select organisation, thread, person, post from answers where deleted_at is not null
), gone as (
    select d.organisation, d.thread, d.person, w.post, w.said_at, w.deleted_at, w.thread as stands_in, w.enter, w.leave
    from deleted d
    join we_said w on w.organisation = d.organisation and w.post = d.post
), reacted as (
    select g.organisation, g.thread, g.person, g.post
    from gone g
    join they_said t
        on t.organisation = g.organisation and t.thread = g.thread and t.person = g.person
            and t.said_at > g.said_at and t.said_at <= g.deleted_at and not t.is_share
    left join stands s
        on s.organisation = g.organisation and s.thread = g.thread and s.person = g.person
            and s.post = g.post and s.counts
    where t.is_flat
        or (g.stands_in = g.thread and g.enter < t.enter and t.enter <= g.leave)
        or t.post = s.stand
        or (t.enter < s.enter and s.enter <= t.leave)
        or (s.enter < t.enter and t.enter <= s.leave)
    union
    select g.organisation, g.thread, g.person, g.post
    from gone g
    join windows w on w.organisation = g.organisation
    join threads p on p.first_piece = g.post
    join reactions r on r.post = p.post and r.account = g.person and r.kind = 'like'
    where coalesce(r.reacted_at, g.said_at) <= g.deleted_at
        and (r.taken_back_at is null or r.taken_back_at > w.ends)
)
select g.organisation, g.thread, g.person, g.post, g.deleted_at as lost_at
from gone g
left join reacted r
    on r.organisation = g.organisation and r.thread = g.thread and r.person = g.person
        and r.post = g.post
where r.post is null
