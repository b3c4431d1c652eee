-- What one own post of the window says: the reading of its last version, its pieces together.
with edited as (
    select post, max(version) as newest from readings where version > 0 group by post
)
select o.organisation, o.post, r.language, r.signature, r.text_key, r.bare_length, r.first_person
from own_posts o
left join pieces k on k.piece = o.post
left join edited e on e.post = o.post
join readings r on r.post = o.post and r.version = coalesce(e.newest, 0)
where k.piece is null
union all
-- Apart, because adding up three million posts of one piece each costs three times the join.
select
    o.organisation, o.post, min(case when r.post = o.post then r.language end), max(r.signature),
    bit_xor(r.text_key), cast(sum(r.bare_length) + count(*) - 1 as integer),  -- a space between pieces
    max(case when r.first_person then 1 else 0 end) = 1
from own_posts o
join pieces k on k.post = o.post
left join edited e on e.post = k.piece
join readings r on r.post = k.piece and r.version = coalesce(e.newest, 0)
group by o.organisation, o.post
