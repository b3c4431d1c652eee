-- When the private exchanges of a person and an organisation last went on.
select t.organisation, t.person, max(s.said_at) as last_at
from talks t
join windows w on w.organisation = t.organisation
join said s on s.thread = t.thread and s.said_at <= w.ends
where t.is_private and (s.deleted_at is null or s.deleted_at > w.ends)
group by t.organisation, t.person
