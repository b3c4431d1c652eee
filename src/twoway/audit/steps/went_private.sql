-- When the private exchanges of a person and an organisation last went on.
select t.us, t.person, max(s.said_at) as last_at
from talks t
join said s on s.thread = t.thread and s.said_at <= t.ends
where t.is_private and (s.deleted_at is null or s.deleted_at > t.ends)
group by t.us, t.person
