-- A person whom an own post speaks to, by the way that matters most.
select
    organisation, post, person, said_at,
    case min(case way
        when 'parent' then 1 when 'flat' then 2 when 'mention' then 3 when 'lead' then 4 else 5
    end) when 1 then 'parent' when 2 then 'flat' when 3 then 'mention' when 4 then 'lead'
    else 'through' end as how
from reached
where deleted_at is null
group by organisation, post, person, said_at
