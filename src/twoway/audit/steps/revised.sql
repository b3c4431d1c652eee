-- A post whose kinds at the end of observation may not be those of its last version: it was edited, or
-- teammates decided what it is.
with changed as (
    select distinct coalesce(k.post, c.post) as post
    from (select post from versions union all select post from decided) c
    left join pieces k on k.piece = c.post
), parts as (
    select c.post, coalesce(k.piece, c.post) as piece
    from changed c
    left join pieces k on k.post = c.post
), current as (
    select p.post, k.side, k.kind
    from parts p
    join kinds k on k.post = p.piece
    left join newest e on e.post = p.piece
    left join decided d on d.post = p.piece
    where k.holds and k.version = coalesce(e.newest, 0) and d.post is null
    union all
    select p.post, s.side, d.kind
    from parts p
    join decided d on d.post = p.piece
    cross join (select distinct side from bits) s
), added as (
    select
        c.post, bit_or(case when c.side = 'theirs' then b.bit else 0 end) as theirs,
        bit_or(case when c.side = 'ours' then b.bit else 0 end) as ours
    from current c
    join bits b on b.side = c.side and b.kind = c.kind
    group by c.post
)
select
    c.post, case when coalesce(a.theirs, 0) = 0 then 512 else a.theirs end as theirs,
    coalesce(a.ours, 0) as ours
from changed c
left join added a on a.post = c.post
