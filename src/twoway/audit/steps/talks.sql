-- A conversation: a person and an organisation in one thread, where a post of either to the other stands.
select organisation, thread, person, bool_or(is_private) as is_private
from (
    select organisation, thread, person, is_private from heard where deleted_at is null
    union all
    select organisation, thread, person, is_private from reached where deleted_at is null
) standing
group by organisation, thread, person
