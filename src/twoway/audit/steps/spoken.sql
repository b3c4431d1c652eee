-- A person whom an own post speaks to, by the way that matters most.
select
    a.organisation, r.post, r.person, r.said_at,
    case min(case r.way
        when 'parent' then 1 when 'flat' then 2 when 'mention' then 3 when 'lead' then 4 else 5
    end)
        when 1 then 'parent' when 2 then 'flat' when 3 then 'mention' when 4 then 'lead'
        else 'through'
    end as how
from reached r
join audited a on a.us = r.us
where r.deleted_at is null
group by a.organisation, r.post, r.person, r.said_at
