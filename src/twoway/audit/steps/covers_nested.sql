-- A post of a person that an answer of ours covers where replies nest (2.4.1 of
-- docs/reference/turn-rule.md): the post it answers, theirs above it, their own chain below it.
with calling as (
    select us, thread, person, post, said_at, enter, leave, chain_top, kinds
    from they_said
    where is_heard and deleted_at is null and not is_flat
), covering as (
    select
        a.us, a.post as answer, p.post, a.said_at as answered_at, p.said_at, p.kinds, a.only_thanks,
        a.enter < p.enter and p.enter <= a.leave and p.said_at > a.target_at
            and a.said_at - p.said_at < 5 * 60000000 as is_soon
    from answers a
    join calling p on p.us = a.us and p.thread = a.thread and p.person = a.person
    where a.reach = 'branch' and (
        p.post = a.target
        or (p.enter < a.enter and a.enter <= p.leave)
        or (
            p.chain_top = a.chain_top and a.enter < p.enter and p.enter <= a.leave
            and p.said_at <= a.said_at
        )
    )
    union all
    select a.us, a.post, p.post, a.said_at, p.said_at, p.kinds, a.only_thanks, false
    from answers a
    join calling p on p.us = a.us and p.thread = a.thread and p.person = a.person
    where a.reach = 'named' and p.said_at < a.said_at
), late as (
    -- came while we typed: asks something, less than five minutes before our answer
    select c.us, c.answer, c.post
    from covering c
    left join wordings w on w.post = c.post and (w.number = 1 or w.since <= c.answered_at)
        and (w.until is null or w.until > c.answered_at)
    where c.is_soon and (coalesce(w.kinds, c.kinds) & 7) <> 0
)
select
    c.us, c.post, c.answer, greatest(c.answered_at, c.said_at) as covered_at, c.answered_at,
    c.only_thanks
from covering c
left join late l on l.us = c.us and l.answer = c.answer and l.post = c.post
where not c.is_soon or l.post is null
