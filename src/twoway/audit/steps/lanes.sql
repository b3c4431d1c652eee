-- A post in a lane of its conversation at the end of observation: open, it calls for an answer; kind_word;
-- or maybe, it is unsure whether it calls.
select
    a.organisation, s.thread, s.person, s.post, s.since,
    case s.calls when 'answer' then 'open' else 'maybe' end as lane
from spans s
join audited a on a.us = s.us
where s.calls in ('answer', 'unsure') and s.ended_at is null
union all
select organisation, thread, person, post, since, 'kind_word'
from kind_words
where is_open
