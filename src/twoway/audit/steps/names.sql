-- An account that a merged post names anew, its own author left out.
select m.post, m.account
from mentions m
join said s on s.post = m.post and s.pieces = 1
where m.is_new and m.account <> s.author
union all
select distinct s.post, m.account
from mentions m
join pieces k on k.piece = m.post
join said s on s.post = k.post
where m.is_new and m.account <> s.author
