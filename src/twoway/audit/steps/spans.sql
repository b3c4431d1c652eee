-- A span in which a post waited for what it called for, until what settled it.
with endings as (
    select
        organisation, post, settled_at as ended_at, settled_by as ended_by, answer, is_kind_word,
        cast(null as string) as calls, turn, place
    from settlements
    union all
    -- edited so that it calls for that no longer
    select organisation, post, since, 'withdrawal', cast(null as bigint), false, calls, 5, 0
    from calls
    where number > 1 and deleted_at is null
), ended as (
    select
        o.organisation, o.thread, o.person, o.post, o.calls, o.since, e.ended_at, e.ended_by, e.answer,
        row_number() over (
            partition by o.organisation, o.post, o.calls, o.since
            order by e.ended_at, e.turn, e.place, e.answer
        ) as place
    from openings o
    left join endings e
        on e.organisation = o.organisation and e.post = o.post
            and (e.ended_at > o.since or (e.ended_at = o.since and (o.is_first or e.turn = 5)))
            and (o.calls = 'kind_word' or not e.is_kind_word)
            and (e.calls is null or e.calls <> o.calls)
), firsts as (
    select
        organisation, thread, person, post, calls, since, ended_at, ended_by, answer,
        lag(coalesce(ended_at, 9223372036854775807)) over (
            partition by organisation, post, calls order by since
        ) as before_ended_at
    from ended
    where place = 1
)
-- A post that waits already goes on waiting from before.
select organisation, thread, person, post, calls, since, ended_at, ended_by, answer
from firsts
where before_ended_at is null or before_ended_at <= since
