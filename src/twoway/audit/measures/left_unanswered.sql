-- Left unanswered: who is still waiting?
-- number: 5
-- group: conversation
-- shape: count
-- unit: count
-- needs: R C
-- formula: questions and complaints, in public, still open at the end of observation and by then at
--   least 24 hours old
-- formula after_72h: the same, at least 72 hours old
-- formula oldest: age of the oldest of them at the end of observation
-- unit oldest: minutes
-- claim: A3 A5
-- band: D | | support desks leave 15 to 17 % of follow-up questions unanswered | public tweets of support desks | 2017
-- part after_72h: Still open after 72 hours
-- part oldest: Oldest of them
-- evidence: all longest: open for {length}
-- evidence after_72h: all longest: open for {length}
-- example: open for 3 hours, 2 days and 5 days when the collection ends: 2 after 24 hours, 1 after 72,
--   the oldest 5 days.
with still as (
    select w.organisation, w.post, w.since, s.ends - w.since as age
    from waits w
    join windows s on s.organisation = w.organisation
    join (
        select distinct post from held where side = 'theirs' and kind in ('question', 'complaint')
    ) h on h.post = w.post
    where w.is_sure and w.in_window and not w.is_private and w.ended_by is null
)
select organisation, '' as part, post, since as happened_at, age
from still
where age >= 24 * 3600000000
union all
select organisation, 'after_72h', post, since, age
from still
where age >= 72 * 3600000000
union all
select organisation, 'oldest', post, since, age
from still
where age >= 24 * 3600000000
