-- Comments per post: how much do its posts make people say?
-- number: 101
-- group: audience
-- shape: spread
-- statistic: mean
-- unit: ratio
-- needs: O
-- formula: comments below its originals, as the network counts them, else as they are in the collection where
--   comments are covered / originals for which they are known
-- claim: A1
-- evidence: all longest: much commented
-- example: 4 originals with 0, 1, 2 and 9 comments: 12 / 4 = 3 a post.
with comments as (
    select organisation, below_original as post, count(*) as comments
    from addressed
    where below_original is not null and not is_private and deleted_at is null
    group by organisation, below_original
), counted as (
    select
        o.organisation, o.post, o.said_at,
        case
            when p.seen_replies is not null then greatest(p.seen_replies, coalesce(c.comments, 0))
            when v.stream is not null then coalesce(c.comments, 0)
        end as comments
    from own_posts o
    join posts p on p.post = o.post
    left join comments c on c.organisation = o.organisation and c.post = o.post
    left join covered v on v.organisation = o.organisation and v.stream = 'comments'
    where o.class = 'original'
)
select
    organisation, '' as part, post, said_at as happened_at, cast(comments as double) as amount,
    comments as length
from counted
where comments is not null
