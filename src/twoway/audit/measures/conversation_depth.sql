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
    select o.organisation, o.post, o.said_at, s.author, coalesce(l.post, t.above) = o.post as is_direct
    from own_posts o
    join threads t on t.thread = o.post and t.post <> o.post
    join said s on s.post = t.post and not s.is_flat and s.deleted_at is null
    left join pieces l on l.piece = t.above
    where o.class = 'original'
)
select
    r.organisation, '' as part, r.post, r.said_at as happened_at,
    count(case when not r.is_direct then 1 end) > 0 as hit, true as sure
from replies r
left join ours u on u.organisation = r.organisation and u.account = r.author
group by r.organisation, r.post, r.said_at
having count(case when r.is_direct and u.account is null then 1 end) > 0
