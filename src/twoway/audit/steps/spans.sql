-- A span in which a post waited for what it called for, until what settled it.
with endings as (
    select
        us, post, settled_at as ended_at, settled_by as ended_by, answer, is_kind_word,
        cast(null as string) as calls, turn, place
    from settlements
    union all
    -- edited so that it calls for that no longer
    select us, post, since, 'withdrawal', cast(null as bigint), false, calls, 5, 0
    from calls
    where number > 1 and deleted_at is null
), ended as (
    select us, post, calls, since, ended_at, ended_by, answer
    from (
        select
            o.us, o.post, o.calls, o.since, e.ended_at, e.ended_by, e.answer,
            row_number() over (
                partition by o.us, o.post, o.calls, o.since
                order by e.ended_at, e.turn, e.place, e.answer
            ) as number
        from openings o
        join endings e on e.us = o.us and e.post = o.post
            and (e.ended_at > o.since or (e.ended_at = o.since and (o.is_first or e.turn = 5)))
            and (o.calls = 'kind_word' or not e.is_kind_word)
            and (e.calls is null or e.calls <> o.calls)
    ) numbered
    where number = 1
), spans_of as (
    select o.*, e.ended_at, e.ended_by, e.answer, late.post is not null as is_reopened
    from openings o
    left join ended e on e.us = o.us and e.post = o.post and e.calls = o.calls and e.since = o.since
    left join (select distinct us, post, calls from openings where not is_first) late
        on late.us = o.us and late.post = o.post and late.calls = o.calls
)
select
    us, thread, person, post, calls, since, ended_at, ended_by, answer, true as is_first, true as is_last
from spans_of
where not is_reopened
union all
-- A post that waits already goes on waiting from before.
select
    us, thread, person, post, calls, since, ended_at, ended_by, answer, before_ended_at is null,
    row_number() over (partition by us, post, calls order by since desc) = 1
from (
    select
        *, lag(coalesce(ended_at, 9223372036854775807)) over (
            partition by us, post, calls order by since
        ) as before_ended_at
    from spans_of
    where is_reopened
) reopened
where before_ended_at is null or before_ended_at <= since
