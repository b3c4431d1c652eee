-- A post addressed to us in reply to a question of ours put to that person, while we had not yet
-- answered another such reply (2.3 of docs/reference/turn-rule.md).
with questions as (
    select distinct
        r.us, r.thread, r.person, r.post, r.said_at, r.deleted_at, r.enter, r.leave, w.is_flat
    from reached r
    join we_said w on w.us = r.us and w.post = r.post and w.asks
), heard_here as (
    select us, thread, person, post, said_at, deleted_at, enter, leave, chain_top, is_flat, kinds
    from they_said
    where is_heard
), last_question as (
    select us, post, max(asked_at) as asked_at
    from (
        select
            us, post, is_ours,
            max(case when is_ours = 1 then said_at end) over (
                partition by us, thread, person order by said_at, is_ours
            ) as asked_at
        from (
            select us, thread, person, post, said_at, 0 as is_ours
            from heard_here
            where is_flat
            union all
            select us, thread, person, post, said_at, 1
            from questions
            where is_flat and deleted_at is null
        ) every
    ) asked
    where is_ours = 0
    group by us, post
), replies as (
    -- where replies nest: below the question, or after it on the branch on which it stands
    select
        q.us, q.post as question, q.person, q.said_at as asked_at, q.deleted_at as retracted_at,
        h.post, h.said_at, h.deleted_at, h.kinds
    from questions q
    join heard_here h on h.us = q.us and h.thread = q.thread and h.person = q.person
    left join stands s on s.us = q.us and s.thread = q.thread and s.person = q.person
        and s.post = q.post and s.counts
    where not q.is_flat and (
        (q.enter < h.enter and h.enter <= q.leave)
        or (
            h.said_at > q.said_at and (
                h.post = s.stand
                or (h.enter < s.enter and s.enter <= h.leave)
                or (s.enter < h.enter and h.enter <= s.leave and h.chain_top = s.chain_top)
            )
        )
    )
    union all
    -- where they do not: anything after it, of which the last question before is enough to know,
    -- save of questions that were deleted
    select
        q.us, q.post, q.person, q.said_at, q.deleted_at, h.post, h.said_at, h.deleted_at, h.kinds
    from questions q
    join heard_here h on h.us = q.us and h.thread = q.thread and h.person = q.person
        and h.is_flat and h.said_at > q.said_at
    left join last_question l on l.us = h.us and l.post = h.post
    where q.is_flat and (q.deleted_at is not null or q.said_at = l.asked_at)
), answered as (
    select r.us, r.question, r.person, c.covered_at, w.deleted_at
    from replies r
    left join wordings k on k.post = r.post and k.number = 1
    join (
        select us, post, answer, covered_at, answered_at from covers_nested where not only_thanks
        union all
        select us, post, answer, covered_at, answered_at from covers_flat where not only_thanks
    ) c on c.us = r.us and c.post = r.post and c.answered_at > r.asked_at
    join we_said w on w.us = c.us and w.post = c.answer
    where r.deleted_at is null and coalesce(k.kinds, r.kinds) <> 64
        and (coalesce(k.kinds, r.kinds) & (128 + 256)) = 0
), spent as (
    select us, question, person, min(covered_at) as spent_at
    from answered
    where deleted_at is null
    group by us, question, person
)
select distinct r.us, r.post
from replies r
left join spent s on s.us = r.us and s.question = r.question and s.person = r.person
left join (select * from answered where deleted_at is not null) gone
    on gone.us = r.us and gone.question = r.question and gone.person = r.person
        and gone.covered_at < r.said_at and gone.deleted_at > r.said_at
where (r.retracted_at is null or r.retracted_at > r.said_at)
    and (s.spent_at is null or s.spent_at >= r.said_at) and gone.question is null
