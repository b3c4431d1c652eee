-- Eight measures of a hand-written statement, as a peer: simple definitions, DuckDB's own dialect, no evidence,
-- no intervals, no language. The same definitions as convokit_eight.py, so that both give the same figures.
create temp table own as
    select p.*, o.organisation, p.parent is null and p.shared is null as is_original, p.parent is not null as is_reply
    from posts p join organisations o on o.account = p.author;
create temp table heard as
    select p.*, w.organisation, w.post as below from posts p join own w on w.post = p.parent
    where p.author not in (select account from organisations);
create temp table answered as
    select h.organisation, h.post, h.said_at, min(a.said_at) as answered_at
    from heard h left join own a on a.parent = h.post and a.organisation = h.organisation
    where contains(h.text, '?') group by all;
create temp table gaps as
    select organisation, is_reply, is_original,
        sum(case when said_at - before <= 1800000000 then 0 else 1 end) over (partition by organisation order by said_at, post) as session
    from (select *, lag(said_at) over (partition by organisation order by said_at, post) as before from own);
select 'reply_share' as measure, organisation, count(*) filter (is_reply) / count(*) as value
from own where is_reply or is_original group by organisation
union all
select 'response_rate', organisation, count(*) filter (answered_at - said_at <= 259200000000) / count(*) from answered group by organisation
union all
select 'response_median', organisation, quantile_disc((answered_at - said_at) / 60000000.0, 0.5) from answered where answered_at is not null group by organisation
union all
select 'unanswered_questions', organisation, count(*) filter (answered_at is null) from answered group by organisation
union all
select 'repetition', organisation, 1 - count(distinct lower(text)) / count(*) from own where is_original group by organisation
union all
select 'silent_sessions', organisation, count(*) filter (originals > 0 and replies = 0) / count(*) filter (originals > 0)
from (select organisation, session, count(*) filter (is_original) as originals, count(*) filter (is_reply) as replies from gaps group by all)
group by organisation
union all
select 'left_alone', w.organisation, 1 - count(distinct h.below) / count(distinct w.post)
from own w left join heard h on h.below = w.post where w.is_original group by w.organisation
union all
select 'reciprocity', organisation, count(*) filter (back) / count(*)
from (select h.organisation, h.author, bool_or(a.post is not null) as back
      from heard h left join own a on a.parent = h.post and a.organisation = h.organisation group by all)
group by organisation;
