-- A wording of a person's post, its pieces together: what it was from `since` until an edit at `until`.
-- `kinds` adds up 1 question, 2 complaint, 4 request, 8 praise, 16 story, 32 statement, 64 closer,
-- 128 withdrawal, 256 spam and 512 unsure; a post of which nothing is known is unsure.
with bits as (
    select *
    from (
        values ('question', 1), ('complaint', 2), ('request', 4), ('praise', 8), ('story', 16),
            ('statement', 32), ('closer', 64), ('withdrawal', 128), ('spam', 256), ('unsure', 512)
    ) as every (kind, bit)
), reading as (
    select h.post, b.bit
    from held h
    join bits b on b.kind = h.kind
    where h.side = 'theirs'
), edits as (
    select t.first_piece as post, v.post as piece, v.version + 1 as version, v.replaced_at as since
    from versions v
    join threads t on t.post = v.post
    left join (select distinct post from decided) d on d.post = v.post
    where d.post is null and v.replaced_at <= (select max(ends) from audited)
), edited as (
    select t.post, min(t.said_at) as said_at
    from they_said t
    where t.post in (select post from edits)
    group by t.post
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
), worded as (
    select m.post, m.since, bit_or(b.bit) as kinds
    from moments m
    join stretches s on s.post = m.post and (s.version = 0 or s.since <= m.since)
        and (s.until is null or s.until > m.since)
    left join decided d on d.post = s.piece
    left join kinds k on k.post = s.piece and k.version = s.version and k.side = 'theirs' and k.holds
    left join bits b on b.kind = coalesce(d.kind, k.kind)
    group by m.post, m.since
)
select
    t.post, min(t.said_at) as since, cast(null as bigint) as until, 1 as number,
    coalesce(bit_or(r.bit), 512) as kinds
from they_said t
left join edited e on e.post = t.post
left join reading r on r.post = t.post
where e.post is null
group by t.post
union all
select
    post, since, lead(since) over (partition by post order by since),
    cast(row_number() over (partition by post order by since) as integer), coalesce(kinds, 512)
from worded
