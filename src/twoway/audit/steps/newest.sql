-- The version that a post had at the end of observation, of every post that was edited before.
select post, max(version) + 1 as newest
from versions
where replaced_at <= (select max(ends) from audited)
group by post
