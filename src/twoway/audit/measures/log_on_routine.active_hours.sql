-- Active hours: in how many hours of the day does it say anything?
-- shape: spread
-- statistic: distinct
-- unit: count
-- needs: O R
-- part active_hours: Active hours of the day
-- formula: different hours of the local day in which it said anything in the window, of 24
-- band active_hours: D | fewer than most support desks < 14 < as support desks | hours of the day
--   with posts, support desks: p10 14, median 21, p90 24 | tweets of support desks | 2017
select
    o.organisation, 'active_hours' as part, o.post, o.said_at as happened_at,
    cast(c.hour as double) as amount, cast(null as bigint) as length
from own_posts o
join windows w on w.organisation = o.organisation
join calendar c on c.zone = w.zone and c.slot = o.slot
