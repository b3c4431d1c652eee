-- A post addressed to us in reply to a question of ours put to that person, while we had not yet
-- answered another such reply (2.3 of docs/reference/turn-rule.md).
with questions as (
    select distinct
        r.organisation, r.thread, r.person, r.post, r.said_at, r.deleted_at, r.enter, r.leave,
        w.is_flat
    from reached r
    join we_said w on w.organisation = r.organisation and w.post = r.post
    where w.asks
), heard_here as (
    select organisation, thread, person, post, said_at, deleted_at, enter, leave, chain_top, is_flat
    from they_said
    where is_heard
), last_question as (
    select organisation, post, max(asked_at) as asked_at
    from (
        select
            organisation, post, is_ours,
            max(case when is_ours = 1 then said_at end) over (
                partition by organisation, thread, person order by said_at, is_ours
            ) as asked_at
        from (
            select organisation, thread, person, post, said_at, 0 as is_ours
            from heard_here
            where is_flat
            union all
            select organisation, thread, person, post, said_at, 1
            from questions
            where is_flat and deleted_at is null
        ) every
    ) asked
    where is_ours = 0
    group by organisation, post
), replies as (
    -- where replies nest: below the question, or after it on the branch on which it stands
    select
        q.organisation, q.post as question, q.person, q.said_at as asked_at, q.deleted_at,
        h.post, h.said_at
    from questions q
    join heard_here h
        on h.organisation = q.organisation and h.thread = q.thread and h.person = q.person
    left join stands s
        on s.organisation = q.organisation and s.thread = q.thread and s.person = q.person
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
        q.organisation, q.post, q.person, q.said_at, q.deleted_at, h.post, h.said_at
    from questions q
    join heard_here h
        on h.organisation = q.organisation and h.thread = q.thread and h.person = q.person
            and h.is_flat and h.said_at > q.said_at
    left join last_question l on l.organisation = h.organisation and l.post = h.post
    where q.is_flat and (q.deleted_at is not null or q.said_at = l.asked_at)
), answered as (
    select r.organisation, r.question, r.person, c.covered_at, w.deleted_at
    from replies r
    join wordings k
        on k.post = r.post and k.number = 1 and not k.only_closes and not k.withdraws and not k.is_spam
    join (
        select organisation, post, answer, covered_at, answered_at
        from covers_nested
        where not only_thanks
        union all
        select organisation, post, answer, covered_at, answered_at
        from covers_flat
        where not only_thanks
    ) c on c.organisation = r.organisation and c.post = r.post and c.answered_at > r.asked_at
    join we_said w on w.organisation = c.organisation and w.post = c.answer
), spent as (
    select organisation, question, person, min(covered_at) as spent_at
    from answered
    where deleted_at is null
    group by organisation, question, person
)
select distinct r.organisation, r.post
from replies r
left join spent s
    on s.organisation = r.organisation and s.question = r.question and s.person = r.person
left join (select * from answered where deleted_at is not null) gone
    on gone.organisation = r.organisation and gone.question = r.question and gone.person = r.person
        and gone.covered_at < r.said_at and gone.deleted_at > r.said_at
where (r.deleted_at is null or r.deleted_at > r.said_at)
    and (s.spent_at is null or s.spent_at >= r.said_at) and gone.question is null
