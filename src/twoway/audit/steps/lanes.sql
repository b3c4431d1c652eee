-- A post in a lane of its conversation at the end of observation: open, it calls for an answer; kind_word;
-- or maybe, it is unsure whether it calls.
select organisation, thread, person, post, since, case calls when 'answer' then 'open' else 'maybe' end as lane
from spans
where calls in ('answer', 'unsure') and ended_at is null
union all
select organisation, thread, person, post, since, 'kind_word'
from kind_words
where is_open
