-- What a wording of a post that is addressed to us calls for (2.3 of docs/reference/turn-rule.md):
-- answer, kind_word, nothing or unsure. `kinds` as in wordings.
with crowds as (
    -- five names at once, ours among them
    select distinct o.us, n.post
    from names n
    join speakers o on o.account = n.account
    join (select post from names group by post having count(*) >= 5) crowd on crowd.post = n.post
), closers as (
    select distinct h.us, h.thread, h.post, h.said_at, h.enter
    from heard h
    left join wordings w on w.post = h.post
    where coalesce(w.kinds, h.kinds) = 64
), first_of_ours as (
    select us, thread, said_at, enter
    from (
        select
            us, thread, said_at, enter,
            row_number() over (partition by us, thread order by said_at, enter) as place
        from we_said
        where not is_share and deleted_at is null
            and (us, thread) in (select us, thread from closers)
    ) placed
    where place = 1
), following as (
    -- thanks after a post of ours that stood by then
    select c.us, c.post
    from closers c
    join first_of_ours f on f.us = c.us and f.thread = c.thread
    where f.said_at < c.said_at or (f.said_at = c.said_at and f.enter < c.enter)
    union
    select c.us, c.post
    from closers c
    join we_said w on w.us = c.us and w.thread = c.thread
    where w.deleted_at > c.said_at and not w.is_share
        and (w.said_at < c.said_at or (w.said_at = c.said_at and w.enter < c.enter))
), below_invitation as (
    select h.us, h.post, h.thread, h.person, h.said_at
    from heard h
    join we_said w on w.us = h.us and w.post = h.above and w.invites and w.parent is null
    where w.deleted_at is null or w.deleted_at > h.said_at
), invited as (
    -- before we have spoken to that person
    select i.us, i.post
    from below_invitation i
    left join reached r on r.us = i.us and r.thread = i.thread and r.person = i.person
        and r.said_at < i.said_at
    where r.post is null
), worded as (
    select
        h.*, coalesce(w.since, h.said_at) as since, w.until, coalesce(w.number, 1) as number,
        coalesce(w.kinds, h.kinds) as calling
    from heard h
    left join wordings w on w.post = h.post
)
select
    h.us, h.thread, h.person, h.post, h.said_at, h.deleted_at, h.how, h.above, h.is_private, h.since,
    h.until, h.number, h.calling as kinds,
    case
        when (h.calling & 256) <> 0 then 'nothing'
        when c.post is not null and not h.is_private and not h.is_below_ours then 'nothing'
        when (h.calling & 7) <> 0 then 'answer'
        when a.post is not null and h.calling <> 64 and (h.calling & 128) = 0 then 'answer'
        when (h.calling & 512) <> 0 and h.passes_on then 'nothing'
        when (h.calling & 512) <> 0 then 'unsure'
        when (h.calling & (8 + 16 + 32)) <> 0 or h.quotes or i.post is not null then 'kind_word'
        when h.calling = 64 and f.post is null then 'kind_word'
        else 'nothing'
    end as calls
from worded h
left join crowds c on c.us = h.us and c.post = h.post
left join after_question a on a.us = h.us and a.post = h.post
left join following f on f.us = h.us and f.post = h.post
left join invited i on i.us = h.us and i.post = h.post
