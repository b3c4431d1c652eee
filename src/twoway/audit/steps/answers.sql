-- A post of ours that settles what a person wrote in a thread (2.4.1, 2.2 and 2.4.9 of
-- docs/reference/turn-rule.md), no machine's. Its reach: branch, from the post `target` that it
-- answers; named, all they wrote there before; flat, all they wrote there without nesting.
with reaching as (
    select
        us, thread, person, post, said_at, deleted_at, moves, only_thanks,
        case way when 'flat' then 'flat' when 'mention' then 'named' else 'branch' end as reach,
        case when way = 'parent' then above end as target
    from reached
    where way in ('flat', 'mention') or (way = 'parent' and above is not null)
    union all
    select
        r.us, t.thread, r.person, r.post, r.said_at, r.deleted_at, r.moves, r.only_thanks,
        case when t.is_flat then 'flat' else 'branch' end, t.post
    from reached r
    join leads l on l.post = r.post and l.author = r.person
    join they_said t on t.us = r.us and t.person = r.person and t.post = l.target
    where r.way = 'lead'
)
select
    r.us, r.thread, r.person, r.post, r.said_at, r.deleted_at, r.reach, r.target,
    t.said_at as target_at, t.enter, t.leave, t.chain_top, r.moves, r.only_thanks
from reaching r
left join machines m on m.us = r.us and m.post = r.post
left join they_said t on t.us = r.us and t.post = r.target
where m.post is null and (not r.only_thanks or r.deleted_at is null)
