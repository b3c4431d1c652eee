-- A wording of a person's post that was edited, its pieces together: what it was from `since` until the next
-- edit at `until`. `kinds` adds up the bits of theirs; where nothing is known a post is unsure. What was
-- never edited is what said tells.
with edits as (
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
    left join bits b on b.side = 'theirs' and b.kind = coalesce(d.kind, k.kind)
    group by m.post, m.since
)
select
    post, since, lead(since) over (partition by post order by since) as until,
    cast(row_number() over (partition by post order by since) as integer) as number,
    coalesce(kinds, 512) as kinds
from worded
