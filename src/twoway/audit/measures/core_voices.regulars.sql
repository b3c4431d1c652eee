-- Regulars: how many people came back in at least three weeks?
-- shape: count
-- unit: count
-- needs: C
-- formula: people whose public posts to us fall into at least three ISO weeks of the account's time zone
-- part regulars: People present in three weeks or more
-- evidence regulars: all newest: by somebody who came back in at least three weeks
with regulars as (
    select a.organisation, a.person, min(a.said_at) as first_at, max(a.said_at) as last_at
    from addressed a
    join windows w on w.organisation = a.organisation
    join calendar c on c.zone = w.zone and c.slot = a.slot
    where a.in_window and not a.is_private and a.deleted_at is null
    group by a.organisation, a.person
    having count(distinct c.week) >= 3
)
select
    r.organisation, 'regulars' as part, min(a.post) as post, r.last_at as happened_at,
    r.last_at - r.first_at as age
from regulars r
join addressed a on a.organisation = r.organisation and a.person = r.person and a.said_at = r.last_at
group by r.organisation, r.person, r.first_at, r.last_at
