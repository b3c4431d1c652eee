-- Busiest hour: is it one hour of the day that everything is said in?
-- shape: share
-- unit: share
-- needs: O
-- part busiest_hour: In the busiest hour of the day
-- formula: originals said in the local hour of the day that has most of them / originals
with hours as (
    select o.organisation, o.post, o.said_at, c.hour
    from own_posts o
    join windows w on w.organisation = o.organisation
    join calendar c on c.zone = w.zone and c.slot = o.slot
    where o.class = 'original'
), busiest as (
    select
        organisation, hour,
        row_number() over (partition by organisation order by count(*) desc, hour) as place
    from hours
    group by organisation, hour
)
select
    h.organisation, 'busiest_hour' as part, h.post, h.said_at as happened_at, h.hour = b.hour as hit,
    true as sure
from hours h
join busiest b on b.organisation = h.organisation and b.place = 1
