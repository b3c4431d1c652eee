-- Canned replies: does everybody get the same answer?
-- number: 15
-- group: people
-- shape: share
-- unit: share
-- needs: R
-- formula: of the 300 replies with the lowest hash of their id (all where there are fewer; the share grows
--   with their number), those that share 70 % of their words with another of them, handles, the
--   person's names and signatures left out / the replies compared
-- claim: B1
-- band: D | hardly any < 2.3 % < some < 21 % < more than the most canned of three brands | near-duplicates among
--   300 replies: Walmart 0 %, AmazonHelp 2.3 %, McDonald's 21 % | tweets of support desks | 2017
-- evidence: hits newest: nearly the same as another reply
-- example: 40 replies, 6 of which say "Please send us your order number" to six people: 6 / 40 = 15 %.
with compared as (
    select organisation, post, said_at
    from (
        select
            organisation, post, said_at,
            rank() over (partition by organisation order by post) as lot
        from own_posts
        where class = 'reply'
    ) replies
    where lot <= 300
), alike as (
    select organisation, post
    from (
        select c.organisation, l.post, l.other
        from likeness l
        join compared c on c.post = l.post
        join compared d on d.organisation = c.organisation and d.post = l.other
        where l.form = 'bare'
    ) pairs
    union
    select c.organisation, l.other
    from likeness l
    join compared c on c.post = l.post
    join compared d on d.organisation = c.organisation and d.post = l.other
    where l.form = 'bare'
)
select
    c.organisation, '' as part, c.post, c.said_at as happened_at, a.post is not null as hit,
    true as sure
from compared c
left join alike a on a.organisation = c.organisation and a.post = c.post
