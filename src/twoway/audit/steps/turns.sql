-- A conversation as it stands at the end of observation (2.5 of docs/reference/turn-rule.md).
with unsettled as (
    select us, thread, person, min(since) as since
    from spans
    where calls = 'answer' and ended_at is null
    group by us, thread, person
), last_word as (
    select us, thread, person, post, said_at
    from (
        select
            us, thread, person, post, said_at,
            row_number() over (
                partition by us, thread, person order by said_at desc, enter desc
            ) as place
        from reached
        where deleted_at is null
    ) placed
    where place = 1
), asked as (
    -- asked, and not in a move to a private exchange that goes on
    select l.us, l.thread, l.person, l.said_at
    from last_word l
    join we_said w on w.us = l.us and w.post = l.post and w.asks
    left join machines m on m.us = l.us and m.post = l.post
    left join went_private v on v.us = l.us and v.person = l.person and v.last_at >= l.said_at
    where w.is_private or not w.moves or m.post is not null or v.person is null
), owing as (
    select us, thread, person from asked
    union
    select us, thread, person from promises
), listening as (
    -- of those whom we asked or promised something, who has a post that stands, and heard when
    select t.us, t.thread, t.person, max(case when t.is_heard then t.said_at end) as heard_at
    from they_said t
    join owing o on o.us = t.us and o.thread = t.thread and o.person = t.person
    where t.deleted_at is null and not t.is_share
    group by t.us, t.thread, t.person
), promised as (
    select distinct p.us, p.thread, p.person
    from promises p
    join listening h on h.us = p.us and h.thread = p.thread and h.person = p.person
), waiting_for as (
    select a.us, a.thread, a.person
    from asked a
    join audited w on w.us = a.us and w.ends - a.said_at <= 14 * 86400000000
    join listening h on h.us = a.us and h.thread = a.thread and h.person = a.person
    where h.heard_at is null or h.heard_at <= a.said_at
)
select
    w.organisation, t.thread, t.person,
    case
        when u.person is not null or p.person is not null then 'ours'
        when a.person is not null then 'theirs'
        else 'nobody'
    end as turn,
    u.since, p.person is not null as promised, t.is_private
from talks t
join audited w on w.us = t.us
left join unsettled u on u.us = t.us and u.thread = t.thread and u.person = t.person
left join promised p on p.us = t.us and p.thread = t.thread and p.person = t.person
left join waiting_for a on a.us = t.us and a.thread = t.thread and a.person = t.person
