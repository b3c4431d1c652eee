-- A post of ours that settles what a person wrote in a thread (2.4.1, 2.2 and 2.4.9 of
-- docs/reference/turn-rule.md), no machine's. Its reach: branch, from the post `target` that it
-- answers; named, all they wrote there before; flat, all they wrote there without nesting.
with reaching as (
    select us, thread, person, post, 'flat' as reach, cast(null as bigint) as target
    from reached
    where way = 'flat'
    union all
    select us, thread, person, post, 'named', cast(null as bigint)
    from reached
    where way = 'mention'
    union all
    select r.us, r.thread, r.person, r.post, 'branch', w.above
    from reached r
    join we_said w on w.us = r.us and w.post = r.post
    where r.way = 'parent' and w.above is not null
    union all
    select r.us, t.thread, r.person, r.post, case when t.is_flat then 'flat' else 'branch' end, t.post
    from reached r
    join leads l on l.post = r.post and l.author = r.person
    join they_said t on t.us = r.us and t.person = r.person and t.post = l.target
    where r.way = 'lead'
)
select
    r.us, r.thread, r.person, r.post, w.said_at, w.deleted_at, r.reach, r.target,
    t.said_at as target_at, t.enter, t.leave, t.chain_top, w.moves, w.only_thanks
from reaching r
join we_said w on w.us = r.us and w.post = r.post
left join machines m on m.us = r.us and m.post = r.post
left join they_said t on t.us = r.us and t.post = r.target
where m.post is null and (not w.only_thanks or w.deleted_at is null)
