-- What one own post of the window says: the reading of its last version, its pieces together.
with latest as (
    select r.*
    from readings r
    left join (
        select post, max(version) as newest from readings where version > 0 group by post
    ) edited on edited.post = r.post
    where r.version = coalesce(edited.newest, 0)
)
select o.organisation, o.post, r.language, r.signature, r.text_key, r.bare_length, r.first_person
from own_posts o
join said s on s.post = o.post and s.pieces = 1
join latest r on r.post = o.post
union all
-- Apart, because adding up three million posts of one piece each costs three times the join.
select
    o.organisation, o.post, min(case when r.post = o.post then r.language end), max(r.signature),
    bit_xor(r.text_key), cast(sum(r.bare_length) + count(*) - 1 as integer),  -- a space between pieces
    max(case when r.first_person then 1 else 0 end) = 1
from own_posts o
join pieces k on k.post = o.post
join latest r on r.post = k.piece
group by o.organisation, o.post
