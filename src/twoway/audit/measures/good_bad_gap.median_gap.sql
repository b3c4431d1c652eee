-- Good and bad, in time: do complaints wait longer than praise?
-- shape: time_difference
-- unit: minutes
-- needs: R C
-- formula: median time to the answer of complaints minus median time to the kind word for praise, both
--   with Kaplan & Meier's estimate
-- sides median_gap: median of complaints | median of praise
-- part median_gap: Median of complaints minus that of praise
select
    w.organisation, 'median_gap' as part, w.post, w.since as happened_at, 'first' as side,
    coalesce(w.ended_at, s.ends) - w.since as length,
    coalesce(w.ended_by in ('answer', 'taken_private'), false) as ended
from waits w
join windows s on s.organisation = w.organisation
join held h on h.post = w.post and h.side = 'theirs' and h.kind = 'complaint'
where w.is_sure and w.in_window and not w.is_private
union all
select
    k.organisation, 'median_gap', k.post, k.since, 'second',
    case when k.settled_by = 'answer' or l.stream is not null then coalesce(k.settled_at, s.ends)
        else s.ends end - k.since,
    k.settled_at is not null and (k.settled_by = 'answer' or l.stream is not null)
from kind_words k
join windows s on s.organisation = k.organisation
join (select distinct post from held where side = 'theirs' and kind in ('praise', 'closer')) h on h.post = k.post
left join covered l on l.organisation = k.organisation and l.stream = 'likes'
where k.in_window and not k.is_private
