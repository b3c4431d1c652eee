-- A kind that holds for a merged post at the end of observation: of its last version, on any of its
-- pieces; what a teammate decided stands instead. What a post does as one of ours is kept of ours only.
with current as (
    select k.post, k.side, k.kind, k.certainty
    from kinds k
    left join newest e on e.post = k.post
    left join (select distinct post from decided) d on d.post = k.post
    where k.holds and k.version = coalesce(e.newest, 0) and d.post is null
    union all
    select post, 'theirs', kind, 1.0 from decided
    union all
    select post, 'ours', kind, 1.0 from decided
)
select c.post, c.side, c.kind, c.certainty
from current c
join said s on s.post = c.post
where s.pieces = 1 and (c.side = 'theirs' or s.is_ours)
union all
-- Apart, because adding up millions of posts of one piece each costs far more than joining them.
select s.post, c.side, c.kind, max(c.certainty)
from said s
join pieces k on k.post = s.post
join current c on c.post = k.piece
where c.side = 'theirs' or s.is_ours
group by s.post, c.side, c.kind
