-- Answers under own posts: does it come back to what it started?
-- number: 9
-- group: conversation
-- shape: share
-- unit: share
-- needs: O R C
-- formula: comments by outsiders directly below own originals, sure to call for an answer and at least 72
--   hours old, answered within 72 hours / all such; left out where withdrawn, solved by the community or
--   marked in that time
-- formula all_comments: the same over all comments, whatever they call for: what published bands mean
-- formula no_return_24h: originals in whose thread we answered nobody within 24 hours of the first
--   comment / originals with a comment at least 24 hours old
-- claim: A4 A1
-- band all_comments: D | as most brands < 10 % < in between < 40 % < as a support desk | all comments under own
--   posts: McDonald's 0.9 %, Spotify 6.9 %, Apple 7.2 %, AirAsia 8.4 %, Nike Support 41.7 % | public posts of
--   five brands | 2017
-- part all_comments: All comments
-- part no_return_24h: Originals we did not come back to
-- evidence: misses oldest: comment without an answer for 72 hours
-- evidence all_comments: misses newest: comment without an answer
-- evidence no_return_24h: hits newest: commented, and we did not come back within a day
-- example: 8 comments below our posts, all days old; 4 ask something, 1 of those was answered: 1 / 4 = 25 %
--   eligible, 1 / 8 = 12.5 % of all.
with comments as (
    select
        a.organisation, a.post, a.said_at, a.calls, a.below_original, s.ends - a.said_at as age,
        coalesce(a.answered_at - a.said_at <= 72 * 3600000000, false) as is_answered,
        coalesce(a.settled_by in ('answer', 'taken_private'), false) as is_settled_by_us,
        coalesce(a.settled_at - a.said_at <= 72 * 3600000000, false) as is_settled
    from addressed a
    join windows s on s.organisation = a.organisation
    where a.in_window and not a.is_private and a.deleted_at is null and a.below_original is not null
), commented as (
    select organisation, below_original as post, min(said_at) as first_at, max(age) as age
    from comments
    group by organisation, below_original
), returned as (
    select
        o.organisation, o.post, o.said_at, c.first_at, c.age,
        min(case when r.said_at >= c.first_at then r.said_at end) as returned_at
    from commented c
    join own_posts o on o.organisation = c.organisation and o.post = c.post
    left join own_posts r
        on r.organisation = o.organisation and r.thread = o.thread and r.class = 'reply'
            and not r.is_machine
    group by o.organisation, o.post, o.said_at, c.first_at, c.age
)
select
    organisation, '' as part, post, said_at as happened_at,
    case when calls = 'answer' then is_settled and is_settled_by_us else is_answered end as hit,
    calls = 'answer' as sure
from comments
where age >= 72 * 3600000000 and calls in ('answer', 'unsure')
    and (is_settled_by_us or not is_settled)
union all
select organisation, 'all_comments', post, said_at, is_answered, true
from comments
where age >= 72 * 3600000000
union all
select
    organisation, 'no_return_24h', post, said_at,
    coalesce(returned_at - first_at > 24 * 3600000000, true), true
from returned
where age >= 24 * 3600000000
