-- Sharing others: does it pass on what others say, and show what it was told?
-- number: 12
-- group: conversation
-- shape: share
-- unit: share
-- needs: O S
-- formula: plain shares and quotes of accounts that are not the organisation's / own posts of every class
-- formula family: plain shares and quotes of its own accounts / own posts
-- formula featuring: shares and quotes of posts that were addressed to it / own posts
-- needs featuring: O S C
-- claim: A6 D2
-- band: L | less than most < 16 % < more than most | retweets among the tweets of 73 nonprofits
--   | Lovejoy, Waters & Saxton | 2012
-- part family: Of its own accounts
-- part featuring: Of what people told it
-- evidence: hits newest: shares what somebody else said
-- evidence featuring: hits newest: shows to all what somebody told it
-- example: 20 own posts, 4 of them shares: 1 of a sister account, 3 of others, one of whom had written to
--   it: 3 / 20 = 15 %, family 1 / 20, featuring 1 / 20.
with passed_on as (
    select o.organisation, o.post, t.post as target, coalesce(p.shared_author, p.quoted_author, t.author) as author
    from own_posts o
    join posts p on p.post = o.post
    left join pieces l on l.piece = coalesce(p.shared, p.quoted)
    left join said t on t.post = coalesce(l.post, p.shared, p.quoted)
    where o.class in ('share', 'quote')
), judged as (
    select
        o.organisation, o.post, o.said_at, p.post is not null and u.account is null as of_others,
        u.account is not null as of_family, a.post is not null as is_featuring
    from own_posts o
    left join passed_on p on p.organisation = o.organisation and p.post = o.post
    left join ours u on u.organisation = p.organisation and u.account = p.author
    left join addressed a on a.organisation = p.organisation and a.post = p.target
)
select
    organisation, '' as part, post, said_at as happened_at, of_others as hit, true as sure
from judged
union all
select organisation, 'family', post, said_at, of_family, true from judged
union all
select organisation, 'featuring', post, said_at, is_featuring, true from judged
