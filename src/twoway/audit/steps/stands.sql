-- On whose branch a post of ours stands for a person: that of their post which it quotes, links or
-- answers, else of their nearest post above it. The latter has a row in any case; `counts` is the stand.
-- Where it names them anew it answers all they wrote before, and stands on all those branches as well.
with led as (
    select r.us, t.thread, r.person, r.post, min(t.post) as stand
    from reached r
    join leads l on l.post = r.post and l.author = r.person
    join they_said t on t.us = r.us and t.person = r.person and t.post = l.target
    where r.way = 'lead'
    group by r.us, t.thread, r.person, r.post
), above as (
    select r.us, r.thread, r.person, r.post, max(t.enter) as enter
    from reached r
    join they_said t on t.us = r.us and t.thread = r.thread and t.person = r.person
        and t.enter < r.enter and r.enter <= t.leave
    group by r.us, r.thread, r.person, r.post
)
select
    l.us, l.thread, l.person, l.post, l.stand, 'led' as how, true as counts, t.enter, t.leave,
    t.chain_top
from led l
join they_said t on t.us = l.us and t.post = l.stand
union all
select
    a.us, a.thread, a.person, a.post, t.post, 'above', l.post is null, t.enter, t.leave, t.chain_top
from above a
join they_said t on t.us = a.us and t.thread = a.thread and t.person = a.person and t.enter = a.enter
left join led l on l.us = a.us and l.thread = a.thread and l.person = a.person and l.post = a.post
union all
select
    r.us, r.thread, r.person, r.post, t.post, 'named', true, t.enter, t.leave, t.chain_top
from reached r
join they_said t on t.us = r.us and t.thread = r.thread and t.person = r.person
    and t.said_at < r.said_at and not t.is_share
where r.way = 'mention'
