-- A local quarter of an hour: every day has 96, save those on which the clock changes.
with hours as (
    select * from (
        values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15), (16),
            (17), (18), (19), (20), (21), (22), (23)
    ) as every (hour)
), quarters as (
    select * from (values (0), (1), (2), (3)) as every (quarter)
), locals as (
    select d.*, h.hour, 96 * d.number + 4 * h.hour + q.quarter as place
    from calendar_days d
    cross join hours h
    cross join quarters q
)
select
    s.zone, l.place - s.shift as slot, l.day, cast(l.hour as integer) as hour, l.weekday, l.week, l.month,
    l.hour >= 22 or l.hour < 7 as is_night
from locals l
join calendar_shifts s on l.place - s.shift between s.begins and s.ends
