-- Change over time: is it becoming more of a conversation?
-- number: 25
-- group: people
-- shape: trend
-- unit: odds
-- value: none
-- needs: O
-- needs reply_share: O R
-- needs response_rate: R C
-- needs answers_under_own_posts: O R C
-- needs members_talk: O C
-- formula: factor by which the odds of a hit change from month to month: a logistic slope weighted by the
--   rows of each month, over all that is covered; none under six months. With --change DATE also
--   the share since that date less the share before it
-- formula reply_share: of replies among originals, replies and quotes of others
-- formula response_rate: of intervals answered within 72 hours
-- formula answers_under_own_posts: of eligible comments answered within 72 hours
-- formula members_talk: of comments that speak to another member
-- source: Ma, Sun & Kekre 2015: answering raises later complaints while relations improve, so the number
--   of complaints is no score
-- claim: B3 B5
-- parts: reply_share response_rate first_response_time answers_under_own_posts members_talk
-- part reply_share: Reply share
-- part response_rate: Response rate
-- part answers_under_own_posts: Answers under own posts
-- part members_talk: Members talk
-- example: of 100 posts a month 20, 24, 28, 33, 38 and 43 were replies: the odds of a reply rise by 25 %
--   each month (interval 12 to 39 %).
with observed as (
    -- Half a year is looked for before anything is counted: most windows hold less.
    select organisation, max(ends) as ends
    from covered
    group by organisation
    having max(ends) - min(begins) >= cast(150 as bigint) * 86400000000
), intervals as (
    select
        w.organisation, w.post, w.since, w.ended_by is null as is_open,
        coalesce(w.ended_at, o.ends) - w.since as length,
        coalesce(w.ended_by in ('answer', 'taken_private'), false) as is_answered
    from waits w
    join observed o on o.organisation = w.organisation
    where w.is_sure and not w.is_private and o.ends - w.since >= 72 * 3600000000
), comments as (
    select
        a.organisation, a.post, a.said_at,
        coalesce(a.settled_by in ('answer', 'taken_private'), false) as is_settled_by_us,
        coalesce(a.settled_at - a.said_at <= 72 * 3600000000, false) as is_settled
    from addressed a
    join observed o on o.organisation = a.organisation
    where a.calls = 'answer' and not a.is_private and a.deleted_at is null
        and a.below_original is not null and o.ends - a.said_at >= 72 * 3600000000
), members as (
    select o.organisation, s.post, s.said_at
    from observed w
    join ours o on o.organisation = w.organisation
    join said r on r.author = o.account
    join said s on s.thread = r.post and s.post <> r.post
    left join ours us on us.organisation = o.organisation and us.account = s.author
    where us.account is null and s.deleted_at is null and not s.is_automatic and not s.is_share
        and not s.is_private
)
select
    h.organisation, 'reply_share' as part, h.post, h.said_at as happened_at, h.class = 'reply' as hit,
    true as sure
from own_history h
join observed o on o.organisation = h.organisation
where h.class in ('original', 'reply', 'quote')
union all
select
    organisation, 'response_rate', post, since, is_answered and length <= 72 * 3600000000, true
from intervals
where is_open or is_answered or length > 72 * 3600000000
union all
select
    organisation, 'answers_under_own_posts', post, said_at, is_settled and is_settled_by_us, true
from comments
where is_settled_by_us or not is_settled
union all
select m.organisation, 'members_talk', m.post, m.said_at, c.post is not null, true
from members m
left join community c
    on c.organisation = m.organisation and c.post = m.post and c.below_own_post
