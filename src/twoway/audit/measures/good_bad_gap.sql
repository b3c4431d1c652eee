-- Good and bad: is praise heard as well as complaints are?
-- number: 4
-- group: conversation
-- shape: difference
-- unit: points
-- needs: R C
-- flag: L
-- formula: share of complaints answered within 72 hours minus share of praise that got a kind word
--   within 7 days, in points; a flag only where likes given are covered
-- claim: A3
-- band: ours | tilted to praise < -10 % < even-handed < 10 % < tilted to complaints | a tilt is a
--   difference of more than ten points with an interval that excludes 0 | limits set by this project | 2026
-- sides: complaints answered within 72 hours | praise heard within 7 days
-- parts: median_gap
-- evidence: second_misses newest: praise that got no kind word
-- example: 18 of 20 complaints answered and 4 of 20 kind words given: 90 % − 20 % = 70 points.
with complaints as (
    select
        w.organisation, w.post, w.since, w.is_sure,
        coalesce(w.ended_at, s.ends) - w.since as length, w.ended_by is null as is_open,
        coalesce(w.ended_by in ('answer', 'taken_private'), false) as is_answered
    from waits w
    join windows s on s.organisation = w.organisation
    join held h on h.post = w.post and h.side = 'theirs' and h.kind = 'complaint'
    where w.in_window and not w.is_private and w.since <= s.ends - 72 * 3600000000
)
select
    organisation, '' as part, post, since as happened_at, 'first' as side,
    is_answered and length <= 72 * 3600000000 as hit, is_sure as sure
from complaints
where is_open or is_answered or length > 72 * 3600000000
union all
select
    k.organisation, '', k.post, k.since, 'second',
    coalesce(k.settled_at - k.since <= 7 * 86400000000, false)
        and (k.settled_by = 'answer' or l.stream is not null),
    true
from kind_words k
join windows s on s.organisation = k.organisation
join (select distinct post from held where side = 'theirs' and kind in ('praise', 'closer')) h on h.post = k.post
left join covered l on l.organisation = k.organisation and l.stream = 'likes'
where k.in_window and not k.is_private and k.since <= s.ends - 7 * 86400000000
