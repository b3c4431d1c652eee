-- The place of a merged post in a thread that can matter, as of its first piece; `above` is a first piece
-- too. (Kept as a table: engines expect few rows of `first_piece = post`, and would plan for few.)
select t.post, t.thread, coalesce(k.post, t.above) as above, t.enter, t.leave, t.chain_top
from threads t
left join pieces k on k.piece = t.above
where t.first_piece = t.post and t.thread in (select thread from touched)
