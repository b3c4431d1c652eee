-- First response time over time: do people wait less than they did?
-- shape: time_trend
-- unit: minutes
-- needs: R C
-- part first_response_time: First response time
-- formula: minutes by which the median of all intervals moves from month to month: Theil & Sen's slope over
--   the months' medians (Kaplan & Meier), over all that is covered; none under six months. With
--   --change DATE also the median since that date less the median before it
with observed as (
    select organisation, max(ends) as ends
    from covered
    group by organisation
    having max(ends) - min(begins) >= cast(150 as bigint) * 86400000000
)
select
    w.organisation, 'first_response_time' as part, w.post, w.since as happened_at,
    coalesce(w.ended_at, o.ends) - w.since as length,
    coalesce(w.ended_by in ('answer', 'taken_private'), false) as ended
from waits w
join observed o on o.organisation = w.organisation
where w.is_sure and not w.is_private and o.ends > w.since
