-- What a wording of a post that is addressed to us calls for (2.3 of docs/reference/turn-rule.md):
-- answer, kind_word, nothing or unsure.
with crowds as (
    -- five names at once, ours among them
    select n.organisation, n.post
    from (select post, count(*) as names from names group by post) every
    join (
        select distinct o.organisation, n.post
        from names n
        join ours o on o.account = n.account
    ) n on n.post = every.post
    where every.names >= 5
), first_of_ours as (
    select organisation, thread, said_at, enter
    from (
        select
            organisation, thread, said_at, enter,
            row_number() over (partition by organisation, thread order by said_at, enter) as place
        from we_said
        where not is_share and deleted_at is null
    ) placed
    where place = 1
), following as (
    -- after a post of ours that stood by then
    select h.organisation, h.post
    from heard h
    join first_of_ours f on f.organisation = h.organisation and f.thread = h.thread
    where f.said_at < h.said_at or (f.said_at = h.said_at and f.enter < h.enter)
    union
    select h.organisation, h.post
    from heard h
    join we_said w on w.organisation = h.organisation and w.thread = h.thread
    where w.deleted_at > h.said_at and not w.is_share
        and (w.said_at < h.said_at or (w.said_at = h.said_at and w.enter < h.enter))
), invited as (
    -- directly below an invitation of ours, before we have spoken to that person
    select h.organisation, h.post
    from heard h
    join we_said w on w.organisation = h.organisation and w.post = h.above
    left join (
        select organisation, thread, person, min(said_at) as said_at
        from reached
        group by organisation, thread, person
    ) spoke on spoke.organisation = h.organisation and spoke.thread = h.thread and spoke.person = h.person
        and spoke.said_at < h.said_at
    where w.invites and (w.deleted_at is null or w.deleted_at > h.said_at) and spoke.person is null
), called as (
    select
        h.organisation, h.thread, h.person, h.post, h.said_at, h.deleted_at, h.is_private,
        w.since, w.until, w.number, w.is_question, w.is_complaint, w.is_request,
        case
            when w.is_spam or (c.post is not null and not h.is_private and not h.is_below_ours) then 'nothing'
            when w.asks then 'answer'
            when a.post is not null and not w.only_closes and not w.withdraws then 'answer'
            when w.is_unsure then 'unsure'
            when w.is_warm or h.quotes or i.post is not null or (w.only_closes and f.post is null) then 'kind_word'
            else 'nothing'
        end as calls
    from heard h
    join wordings w on w.post = h.post
    left join crowds c on c.organisation = h.organisation and c.post = h.post
    left join after_question a on a.organisation = h.organisation and a.post = h.post
    left join following f on f.organisation = h.organisation and f.post = h.post
    left join invited i on i.organisation = h.organisation and i.post = h.post
)
select
    *,
    lag(calls) over (partition by organisation, post order by since) as called_before,
    number > 1 and (
        (is_question and not lag(is_question, 1, true) over (partition by organisation, post order by since))
        or (is_complaint and not lag(is_complaint, 1, true) over (partition by organisation, post order by since))
        or (is_request and not lag(is_request, 1, true) over (partition by organisation, post order by since))
    ) as adds_call
from called
