-- A conversation: a person and an organisation in one thread, where a post of either to the other stands.
select t.us, t.thread, t.person, bool_or(t.is_private) as is_private, max(a.ends) as ends
from (
    select us, thread, person, is_private from heard where deleted_at is null
    union all
    select us, thread, person, is_private from reached where deleted_at is null
) t
join audited a on a.us = t.us
group by t.us, t.thread, t.person
