-- A conversation as it stands at the end of observation (2.5 of docs/reference/turn-rule.md).
with unsettled as (
    select organisation, thread, person, min(since) as since
    from spans
    where calls = 'answer' and ended_at is null
    group by organisation, thread, person
), promised as (
    select distinct organisation, thread, person from promises
), listening as (
    select
        organisation, thread, person, max(case when is_heard then said_at end) as heard_at
    from they_said
    where deleted_at is null and not is_share
    group by organisation, thread, person
), last_word as (
    select organisation, thread, person, post, said_at
    from (
        select
            organisation, thread, person, post, said_at,
            row_number() over (
                partition by organisation, thread, person order by said_at desc, enter desc
            ) as place
        from reached
        where deleted_at is null
    ) placed
    where place = 1
), asked as (
    -- asked, and not in a move to a private exchange that goes on
    select l.organisation, l.thread, l.person, l.said_at
    from last_word l
    join we_said w on w.organisation = l.organisation and w.post = l.post and w.asks
    left join machines m on m.organisation = l.organisation and m.post = l.post
    left join went_private v on v.organisation = l.organisation and v.person = l.person
        and v.last_at >= l.said_at
    where w.is_private or not w.moves or m.post is not null or v.person is null
)
select
    t.organisation, t.thread, t.person,
    case
        when u.person is not null or (p.person is not null and h.person is not null) then 'ours'
        when a.person is not null and h.person is not null and (h.heard_at is null or h.heard_at <= a.said_at)
            and w.ends - a.said_at <= 14 * 86400000000 then 'theirs'
        else 'nobody'
    end as turn,
    u.since, p.person is not null and h.person is not null as promised, t.is_private
from talks t
join windows w on w.organisation = t.organisation
left join unsettled u on u.organisation = t.organisation and u.thread = t.thread and u.person = t.person
left join promised p on p.organisation = t.organisation and p.thread = t.thread and p.person = t.person
left join listening h on h.organisation = t.organisation and h.thread = t.thread and h.person = t.person
left join asked a on a.organisation = t.organisation and a.thread = t.thread and a.person = t.person
