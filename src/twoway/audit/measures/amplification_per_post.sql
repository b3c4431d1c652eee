-- Shares per post: do people pass on what it posts?
-- number: 102
-- group: audience
-- shape: spread
-- statistic: mean
-- unit: ratio
-- needs: O
-- formula: shares of its originals, as the network counts them, else as they are in the collection /
--   originals for which they are known
-- claim: A1
-- evidence: all longest: much shared
-- example: 4 originals with 0, 1, 2 and 9 shares: 12 / 4 = 3 a post.
with reacted as (
    select post, count(*) as reactions
    from reactions
    where kind = 'share' and taken_back_at is null
    group by post
), counted as (
    select o.organisation, o.post, o.said_at, coalesce(p.seen_shares, r.reactions) as reactions
    from own_posts o
    join posts p on p.post = o.post
    left join reacted r on r.post = o.post
    where o.class = 'original'
)
select
    organisation, '' as part, post, said_at as happened_at, cast(reactions as double) as amount,
    reactions as length
from counted
where reactions is not null
