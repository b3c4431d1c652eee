-- The organisations once more, now with the commonest language of their own posts.
with spoken as (
    select organisation, language, row_number() over (
        partition by organisation order by count(*) desc, language
    ) as place
    from own_readings
    where language is not null
    group by organisation, language
)
select
    w.organisation, w.begins, w.ends, w.zone, s.language, w.inbound_begins, w.is_peer, w.change_at
from windows w
left join spoken s on s.organisation = w.organisation and s.place = 1
