-- A post of a person that an answer of ours covers where replies do not nest: of the answers after it
-- the first two, since the second settles what the first one may leave open; all where the post was
-- edited or the answer deleted. `came_after` is the time of our answer before, where the post may have
-- come while we typed this one: then a call of theirs in between decides.
with calling as (
    select p.us, p.thread, p.person, p.post, p.said_at, e.post is not null as is_edited
    from they_said p
    left join (select post from wordings where number = 2) e on e.post = p.post
    where p.is_heard and p.deleted_at is null and p.is_flat
), moments as (
    select
        us, thread, person, said_at,
        lag(said_at, 1, -1) over (partition by us, thread, person order by said_at) as last_at
    from (
        select distinct us, thread, person, said_at
        from answers
        where reach = 'flat' and not only_thanks
    ) answered
), flat as (
    select
        a.*, m.last_at,
        dense_rank() over (
            partition by a.us, a.thread, a.person, a.only_thanks, a.deleted_at is null
            order by a.said_at
        ) as number
    from answers a
    left join moments m on m.us = a.us and m.thread = a.thread and m.person = a.person
        and m.said_at = a.said_at
    where a.reach = 'flat'
), placed as (
    select
        us, thread, person, post, said_at, is_edited, is_ours,
        coalesce(max(answers) over earlier, 0) as answers,
        coalesce(max(thanks) over earlier, 0) as thanks
    from (
        select
            us, thread, person, post, said_at, is_edited, 0 as is_ours,
            cast(null as bigint) as answers, cast(null as bigint) as thanks
        from calling
        union all
        select
            us, thread, person, post, said_at, false, 1,
            case when not only_thanks then number end, case when only_thanks then number end
        from flat
        where deleted_at is null
    ) every
    window earlier as (partition by us, thread, person order by said_at, is_ours)
)
select
    p.us, p.post, f.post as answer, greatest(f.said_at, p.said_at) as covered_at,
    f.said_at as answered_at, f.only_thanks,
    max(case
        when not f.only_thanks and f.said_at - p.said_at < 5 * 60000000 and f.last_at < p.said_at
        then f.last_at
    end) as came_after,
    bool_or(coalesce(f.target = p.post, false)) as is_target
from placed p
join flat f on f.us = p.us and f.thread = p.thread and f.person = p.person
    and (f.said_at >= p.said_at or f.target = p.post)
where p.is_ours = 0 and (
    (f.only_thanks and f.number = p.thanks + 1)
    or (not f.only_thanks and f.number between p.answers + 1 and p.answers + 2)
    or f.deleted_at is not null or p.is_edited or f.target = p.post
)
group by p.us, p.post, p.said_at, f.post, f.said_at, f.only_thanks
