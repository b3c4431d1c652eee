-- Answers to regulars and newcomers: are both heard?
-- shape: share
-- unit: share
-- needs: R C
-- formula: intervals at least 72 hours old answered within 72 hours / all such
-- formula response_regulars: the same, of people present in at least three ISO weeks
-- formula response_newcomers: the same, of people from whom nothing came in the 90 covered days before
-- needs response_newcomers: R C 90d
-- band response_newcomers: L | | of newcomers who got a reply 56 % posted again, of the others 44 % | Joyce & Kraut | 2006
-- part response_regulars: Answered, regulars
-- part response_newcomers: Answered, newcomers
-- evidence response_regulars: misses newest: a regular without an answer
-- evidence response_newcomers: misses newest: a newcomer without an answer
with judged as (
    select
        w.organisation, w.post, w.person, w.since, w.is_sure, s.inbound_begins,
        coalesce(w.ended_by in ('answer', 'taken_private'), false)
            and coalesce(w.ended_at, s.ends) - w.since <= 72 * 3600000000 as hit
    from waits w
    join windows s on s.organisation = w.organisation
    where w.in_window and not w.is_private and w.since <= s.ends - 72 * 3600000000
        and (
            w.ended_by is null or w.ended_by in ('answer', 'taken_private')
            or w.ended_at - w.since > 72 * 3600000000
        )
), known as (
    select distinct j.organisation, j.post, j.since
    from judged j
    join addressed a on a.organisation = j.organisation and a.person = j.person
    where a.said_at < j.since and a.said_at >= j.since - 90 * 86400000000 and a.post <> j.post
        and a.deleted_at is null
)
select j.organisation, 'response_regulars' as part, j.post, j.since as happened_at, j.hit, j.is_sure as sure
from judged j
join regulars r on r.organisation = j.organisation and r.person = j.person
union all
select j.organisation, 'response_newcomers', j.post, j.since, j.hit, j.is_sure
from judged j
left join known k on k.organisation = j.organisation and k.post = j.post and k.since = j.since
where k.post is null and j.inbound_begins <= j.since - 90 * 86400000000
