-- An audited organisation with the number by which the steps know it, and the time it is observed.
select
    cast(row_number() over (order by organisation) as integer) as us, organisation, begins, ends
from windows
