-- Something that settles a post which is addressed to us (2.4 of docs/reference/turn-rule.md), until it
-- is lost: when we delete our answer before the person has reacted to it. A kind word settles only
-- what calls for one. Of what happens in the same moment the lower `turn` and `place` count.
with waiting as (
    select us, thread, person, post, said_at, enter, leave, chain_top, kinds, is_private
    from they_said
    where is_heard and deleted_at is null
), given_up as (
    -- by a mark, or by the person: taken back, or solved by a member
    select
        p.us, p.post, m.marked_at as settled_at, 'no_answer_needed' as settled_by, 3 as turn,
        0 as place
    from marks m
    left join pieces k on k.piece = m.post
    join they_said p on p.post = coalesce(k.post, m.post) and p.is_heard
    join audited a on a.us = p.us
    where m.kind = 'no_answer_needed' and m.marked_at <= a.ends
    union all
    select p.us, p.post, r.said_at, r.ended_by, 4, r.place
    from releases r
    join they_said p on p.us = r.us and p.thread = r.thread and p.person = r.person and p.is_heard
    where p.post <> r.post and p.said_at <= r.said_at and (
        r.is_flat or p.post = r.near
        or (p.enter < r.enter and r.enter <= p.leave)
        or (p.chain_top = r.chain_top and r.enter < p.enter and p.enter <= r.leave)
    )
), came_late as (
    -- where replies do not nest: a call after another one that waits since our answer before, while we
    -- typed
    select distinct c.us, c.post, c.answer
    from covers_flat c
    join waiting p on p.us = c.us and p.post = c.post
    left join wordings w on w.post = c.post and (w.number = 1 or w.since <= c.answered_at)
        and (w.until is null or w.until > c.answered_at)
    join calls o on o.us = p.us and o.thread = p.thread and o.person = p.person
        and o.said_at < p.said_at and o.said_at > c.came_after
        and (o.deleted_at is null or o.deleted_at > c.answered_at)
        and (o.number = 1 or o.since <= c.answered_at) and (o.until is null or o.until > c.answered_at)
    left join given_up g on g.us = o.us and g.post = o.post and g.settled_at <= c.answered_at
    where c.came_after is not null and not c.is_target and (coalesce(w.kinds, p.kinds) & 7) <> 0
        and o.calls = 'answer' and g.post is null
), covered as (
    select us, post, answer, covered_at, only_thanks from covers_nested
    union
    select c.us, c.post, c.answer, c.covered_at, c.only_thanks
    from covers_flat c
    left join came_late l on l.us = c.us and l.post = c.post and l.answer = c.answer
    where l.post is null
), kind_words as (
    select o.us, coalesce(k.post, r.post) as post, r.reacted_at as said_at, r.kind
    from reactions r
    join speakers o on o.account = r.account
    left join pieces k on k.piece = r.post
    left join accounts bots on bots.account = r.account and bots.automatic
    where (r.reacted_at is null or r.reacted_at <= o.ends)
        and (r.taken_back_at is null or r.taken_back_at > o.ends) and bots.account is null
    union all
    select w.us, coalesce(k.post, p.shared), w.said_at, 'share'
    from we_said w
    join posts p on p.post = w.post
    left join pieces k on k.piece = p.shared
    where w.is_share and not w.is_automatic and w.deleted_at is null
)
select
    c.us, c.post, c.covered_at as settled_at,
    case when u.post is not null then greatest(u.lost_at, p.said_at) end as lost_at,
    case
        when c.only_thanks then 'kind_word'
        when w.moves or (w.is_private and not p.is_private) then 'taken_private'
        else 'answer'
    end as settled_by,
    c.answer, w.said_at as answered_at, c.only_thanks as is_kind_word, 1 as turn, w.enter as place
from covered c
join waiting p on p.us = c.us and p.post = c.post
join we_said w on w.us = c.us and w.post = c.answer
left join unseen u on u.us = p.us and u.thread = p.thread and u.person = p.person
    and u.post = c.answer
union all
select
    p.us, p.post, greatest(coalesce(k.said_at, p.said_at), p.said_at), cast(null as bigint), k.kind,
    cast(null as bigint), cast(null as bigint), true, 2, 0
from kind_words k
join waiting p on p.us = k.us and p.post = k.post
union all
select
    p.us, p.post, g.settled_at, cast(null as bigint), g.settled_by, cast(null as bigint),
    cast(null as bigint), false, g.turn, g.place
from given_up g
join waiting p on p.us = g.us and p.post = g.post
