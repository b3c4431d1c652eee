-- A person whose public posts to an organisation fall into at least three ISO weeks of its time zone.
with often as (
    -- Few write three times, and to count the weeks of all is dear.
    select organisation, person
    from addressed
    where in_window and not is_private and deleted_at is null
    group by organisation, person
    having count(*) >= 3
)
select a.organisation, a.person, min(a.said_at) as first_at, max(a.said_at) as last_at
from addressed a
join often o on o.organisation = a.organisation and o.person = a.person
join windows w on w.organisation = a.organisation
join calendar c on c.zone = w.zone and c.slot = a.slot
where a.in_window and not a.is_private and a.deleted_at is null
group by a.organisation, a.person
having count(distinct c.week) >= 3
