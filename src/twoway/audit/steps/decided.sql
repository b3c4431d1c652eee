-- A kind that teammates gave a post instead of what language/ read: their last decision by the end of
-- observation. It holds for all versions, as if the post had always been so.
with decisions as (
    select m.post, m.marked_at, m.value as kind
    from marks m
    where m.kind = 'corrected_kind' and m.value is not null
        and m.marked_at <= (select max(ends) from audited)
)
select distinct d.post, d.kind
from decisions d
join (select post, max(marked_at) as marked_at from decisions group by post) last
    on last.post = d.post and last.marked_at = d.marked_at
