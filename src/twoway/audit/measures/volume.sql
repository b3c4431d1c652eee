-- Volume: how much does it post?
-- number: 19
-- group: conversation
-- shape: spread
-- statistic: mean
-- unit: count
-- needs: O
-- formula: originals per local day of the window on which originals are covered, days without one included
-- claim: A7
-- band: D | ordinary < 41 < more than nine pages in ten | originals a day on public pages: 6.4 (p90 41); S&P 500
--   companies posted 621 times a year (median) | pages on Facebook | 2016
-- band: L | | 39 to 44 % stopped following a brand because it posted too often | ExactTarget | 2011
-- parts: busiest_hour heavy_days
-- evidence: all longest: from one of its busiest days
-- example: 28 originals in a window of 14 days, 4 of which saw none: 28 / 14 = 2 a day.
with days as (
    select zone, day, min(slot) as first_slot, max(slot) as last_slot from calendar group by zone, day
), said as (
    select o.organisation, c.day, count(*) as originals, min(o.post) as post
    from own_posts o
    join windows w on w.organisation = o.organisation
    join calendar c on c.zone = w.zone and c.slot = o.slot
    where o.class = 'original'
    group by o.organisation, c.day
)
select
    w.organisation, '' as part, s.post, d.first_slot * 900000000 as happened_at,
    cast(coalesce(s.originals, 0) as double) as amount, s.originals as length
from windows w
join covered v on v.organisation = w.organisation and v.stream = 'originals'
join days d
    on d.zone = w.zone
        and d.last_slot >= floor(greatest(w.begins, v.begins) / 900000000)
        and d.first_slot <= floor(least(w.ends, v.ends) / 900000000)
left join said s on s.organisation = w.organisation and s.day = d.day
