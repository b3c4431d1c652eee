-- Regulars: how many people came back in at least three weeks?
-- shape: count
-- unit: count
-- needs: C
-- formula: people whose public posts to us fall into at least three ISO weeks of the account's time zone
-- part regulars: People present in three weeks or more
-- evidence regulars: all newest: by somebody who came back in at least three weeks
select
    r.organisation, 'regulars' as part, min(a.post) as post, r.last_at as happened_at,
    r.last_at - r.first_at as age
from regulars r
join addressed a on a.organisation = r.organisation and a.person = r.person and a.said_at = r.last_at
group by r.organisation, r.person, r.first_at, r.last_at
