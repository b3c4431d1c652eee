-- Answered within the hour: how many get an answer while they are still there?
-- number: 7
-- group: conversation
-- shape: share
-- unit: share
-- needs: R C
-- formula: intervals answered within 60 minutes / all but those younger and still open, and those that
--   ended otherwise in that time
-- formula answered: the same / those answered at all
-- claim: A3
-- band: L | | 72 % of people who complain to a brand on Twitter expect an answer within an hour | Lithium
--   Technologies | 2013
-- band answered: D | slow < 41 % < ordinary < 92 % < fast | among answered, quartiles of 75 brands (median 68 %)
--   | public tweets of support desks | 2017
-- part answered: Among answered
-- evidence: misses newest: not within the hour
-- example: answered after 20, 50 and 90 minutes, one open for a day, one asked ten minutes ago: 2 / 4 = 50 %
--   of all, 2 / 3 = 67 % of those answered.
with intervals as (
    select
        w.organisation, w.post, w.since, w.is_sure, coalesce(w.ended_at, s.ends) - w.since as length,
        w.ended_by is null as is_open,
        coalesce(w.ended_by in ('answer', 'taken_private'), false) as is_answered
    from waits w
    join windows s on s.organisation = w.organisation
    where w.in_window and not w.is_private
)
select
    organisation, '' as part, post, since as happened_at, is_answered and length <= 3600000000 as hit,
    is_sure as sure
from intervals
where is_answered or (is_open and length >= 3600000000) or length > 3600000000
union all
select organisation, 'answered', post, since, length <= 3600000000, is_sure
from intervals
where is_answered
