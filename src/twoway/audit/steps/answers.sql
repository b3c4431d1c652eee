-- A post of ours that settles what a person wrote in a thread (2.4.1, 2.2 and 2.4.9 of
-- docs/reference/turn-rule.md), no machine's. Its reach: branch, from the post `target` that it
-- answers; named, all they wrote there before; flat, all they wrote there without nesting.
with by_hand as (
    select w.*
    from we_said w
    left join machines m on m.organisation = w.organisation and m.post = w.post
    where m.post is null and not w.is_share
), reaching as (
    select r.organisation, r.thread, r.person, r.post, 'flat' as reach, cast(null as bigint) as target
    from reached r
    where r.way = 'flat'
    union all
    select organisation, thread, person, post, 'named', cast(null as bigint)
    from reached
    where way = 'mention'
    union all
    select r.organisation, r.thread, r.person, r.post, 'branch', w.above
    from reached r
    join we_said w on w.organisation = r.organisation and w.post = r.post
    where r.way = 'parent' and w.above is not null
    union all
    select r.organisation, t.thread, r.person, r.post, case when t.is_flat then 'flat' else 'branch' end, t.post
    from reached r
    join leads l on l.post = r.post and l.author = r.person
    join they_said t on t.organisation = r.organisation and t.person = r.person and t.post = l.target
    where r.way = 'lead'
)
select
    r.organisation, r.thread, r.person, r.post, b.said_at, b.deleted_at, r.reach, r.target,
    t.said_at as target_at, t.enter, t.leave, t.chain_top, b.moves, b.only_thanks
from reaching r
join by_hand b on b.organisation = r.organisation and b.post = r.post
left join they_said t on t.organisation = r.organisation and t.post = r.target
where not b.only_thanks or b.deleted_at is null
