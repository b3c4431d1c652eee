-- Depth of conversations: do replies to its posts lead to further replies?
-- number: 104
-- group: audience
-- shape: share
-- unit: share
-- needs: O C
-- formula: own originals with replies by others, on networks with nesting, whose thread has a reply to a
--   reply / own originals with replies by others there
-- claim: A1 B7
-- band: L | as most < 15 % < deeper than most | of 1.2 billion tweets, 85 % of those replied to stayed one level
--   deep | Sysomos | 2010
-- evidence: hits newest: people went on below it
-- example: of 10 originals with replies 2 have a reply to a reply: 2 / 10 = 20 %.
with replies as (
    select o.organisation, o.post, o.said_at, t.post as reply, a.first_piece as above, s.author
    from own_posts o
    join said r on r.post = o.post and r.nesting = 'threaded'
    join threads t on t.thread = o.thread and t.first_piece <> o.post and t.first_piece = t.post
    join threads a on a.post = t.above
    join said s on s.post = t.post
    where o.class = 'original' and o.thread = o.post and s.deleted_at is null
), theirs as (
    select distinct r.organisation, r.post
    from replies r
    left join ours u on u.organisation = r.organisation and u.account = r.author
    where u.account is null and r.above = r.post
)
select
    r.organisation, '' as part, r.post, r.said_at as happened_at,
    max(case when r.above <> r.post then 1 else 0 end) = 1 as hit, true as sure
from replies r
join theirs t on t.organisation = r.organisation and t.post = r.post
group by r.organisation, r.post, r.said_at
