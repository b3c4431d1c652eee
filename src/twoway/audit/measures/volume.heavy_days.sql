-- Heavy days: on how many days does it post far more than it usually does?
-- shape: share
-- unit: share
-- needs: O
-- part heavy_days: Days over twice the median
-- formula: covered days with more than twice the originals of the median day / covered days; none where
--   the median day has no original
-- empty heavy_days: On the median day it posts nothing, so no day can be called twice as heavy.
-- evidence heavy_days: hits newest: from a day with more than twice the usual
with days as (
    select zone, day, min(slot) as first_slot, max(slot) as last_slot from calendar group by zone, day
), said as (
    select o.organisation, c.day, count(*) as originals, min(o.post) as post
    from own_posts o
    join windows w on w.organisation = o.organisation
    join calendar c on c.zone = w.zone and c.slot = o.slot
    where o.class = 'original'
    group by o.organisation, c.day
), covered_days as (
    select
        w.organisation, s.post, d.first_slot * 900000000 as happened_at,
        coalesce(s.originals, 0) as originals
    from windows w
    join covered v on v.organisation = w.organisation and v.stream = 'originals'
    join days d
        on d.zone = w.zone
            and d.last_slot >= floor(greatest(w.begins, v.begins) / 900000000)
            and d.first_slot <= floor(least(w.ends, v.ends) / 900000000)
    left join said s on s.organisation = w.organisation and s.day = d.day
), medians as (
    select organisation, median(originals) as usual from covered_days group by organisation
)
select
    d.organisation, 'heavy_days' as part, d.post, d.happened_at, d.originals > 2 * m.usual as hit,
    true as sure
from covered_days d
join medians m on m.organisation = d.organisation and m.usual > 0
