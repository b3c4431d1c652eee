-- A wording of a person's post, its pieces together: what it was from `since` until an edit at `until`.
with talked as (
    select post, min(said_at) as said_at from they_said group by post
), edits as (
    select t.first_piece as post, v.post as piece, v.version + 1 as version, v.replaced_at as since
    from versions v
    join threads t on t.post = v.post
    left join (select distinct post from decided) d on d.post = v.post
    where d.post is null and v.replaced_at <= (select max(ends) from windows)
), edited as (
    select t.post, t.said_at
    from talked t
    join (select distinct post from edits) e on e.post = t.post
), stretches as (
    select
        post, piece, version, since, lead(since) over (partition by piece order by version) as until
    from (
        select e.post, t.post as piece, 0 as version, e.said_at as since
        from edited e
        join threads t on t.first_piece = e.post
        union all
        select post, piece, version, since from edits
    ) versioned
), moments as (
    select post, said_at as since from edited
    union
    select e.post, e.since from edits e join edited d on d.post = e.post
), holding as (
    select t.post, t.said_at as since, h.kind
    from talked t
    left join edited e on e.post = t.post
    left join held h on h.post = t.post and h.side = 'theirs'
    where e.post is null
    union all
    select m.post, m.since, k.kind
    from moments m
    left join (
        select distinct m.post, m.since, coalesce(d.kind, k.kind) as kind
        from moments m
        join stretches s on s.post = m.post and (s.version = 0 or s.since <= m.since)
            and (s.until is null or s.until > m.since)
        left join decided d on d.post = s.piece
        left join kinds k
            on k.post = s.piece and k.version = s.version and k.side = 'theirs' and k.holds
    ) k on k.post = m.post and k.since = m.since and k.kind is not null
), flagged as (
    select
        post, since, count(kind) as kinds,
        coalesce(bool_or(kind = 'question'), false) as is_question,
        coalesce(bool_or(kind = 'complaint'), false) as is_complaint,
        coalesce(bool_or(kind = 'request'), false) as is_request,
        coalesce(bool_or(kind in ('praise', 'story', 'statement')), false) as is_warm,
        coalesce(bool_or(kind = 'praise'), false) as praises,
        coalesce(bool_or(kind = 'closer'), false) as closes,
        coalesce(bool_or(kind = 'withdrawal'), false) as withdraws,
        coalesce(bool_or(kind = 'spam'), false) as is_spam,
        coalesce(bool_or(kind = 'unsure'), false) as is_unsure
    from holding
    group by post, since
)
select
    post, since, lead(since) over (partition by post order by since) as until,
    row_number() over (partition by post order by since) as number,
    is_question, is_complaint, is_request, is_question or is_complaint or is_request as asks,
    is_warm, praises or closes as thanks, closes and kinds = 1 as only_closes, withdraws, is_spam,
    is_unsure or kinds = 0 as is_unsure
from flagged
