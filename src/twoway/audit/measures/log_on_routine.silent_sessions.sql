-- Silent sessions: how often does it come to post, and leave without an answer to anybody?
-- shape: share
-- unit: share
-- needs: O R
-- part silent_sessions: Sessions without a reply
-- formula: sessions with originals and no reply / sessions with originals; a session ends where the
--   organisation says nothing for more than 30 minutes
-- evidence silent_sessions: hits newest: nobody was answered half an hour before or after
with openings as (
    select
        organisation, post, said_at, class,
        case when said_at - lag(said_at) over (
            partition by organisation order by said_at, post
        ) <= 30 * 60000000 then 0 else 1 end as opens
    from own_posts
), sessions as (
    select
        organisation, post, said_at, class,
        sum(opens) over (
            partition by organisation order by said_at, post
            rows between unbounded preceding and current row
        ) as session
    from openings
)
select
    organisation, 'silent_sessions' as part, min(case when class = 'original' then post end) as post,
    min(case when class = 'original' then said_at end) as happened_at,
    count(case when class = 'reply' then 1 end) = 0 as hit, true as sure
from sessions
group by organisation, session
having count(case when class = 'original' then 1 end) > 0
