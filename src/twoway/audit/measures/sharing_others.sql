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
    select
        o.organisation, o.post, t.first_piece as target,
        coalesce(p.shared_author, p.quoted_author, t.author) as author
    from own_posts o
    join posts p on p.post = o.post
    left join (
        select t.post, t.first_piece, s.author
        from threads t
        join said s on s.post = t.first_piece
    ) t on t.post = coalesce(p.shared, p.quoted)
    where o.class in ('share', 'quote')
), known as (
    select
        p.organisation, p.post, u.account is not null as is_family, a.post is not null as is_featuring
    from passed_on p
    left join ours u on u.organisation = p.organisation and u.account = p.author
    left join addressed a on a.organisation = p.organisation and a.post = p.target
), part as (
    select '' as part
    union all
    select 'family'
    union all
    select 'featuring'
)
select
    o.organisation, part.part, o.post, o.said_at as happened_at,
    coalesce(case part.part
        when '' then not k.is_family when 'family' then k.is_family else k.is_featuring
    end, false) as hit,
    true as sure
from own_posts o
cross join part
left join known k on k.organisation = o.organisation and k.post = o.post
