-- Response rate: do people who need an answer get one in public within 72 hours?
-- number: 3
-- group: conversation
-- shape: share
-- unit: share
-- needs: R C
-- formula: waiting intervals at least 72 hours old that were answered within 72 hours / all such; an
--   interval begins with a post sure to call for an answer, and one that ended otherwise in that
--   time (withdrawn, solved by the community, marked, deleted) is left out
-- formula praise: posts of praise at least 7 days old that got a kind word within 7 days / all such
-- formula without_canned: as the whole, but an answer that repeats another reply of ours is no hit
-- formula within_24h: intervals answered within 24 hours / all but those younger and still open
-- unless praise: L: Answers only
-- claim: A3
-- band: L | as most brands < 12 % < in between < 65 % < devoted | 12 % of all messages to brands
--   answered within 72 hours; "socially devoted" means 65 % of questions | Sprout Social; Socialbakers | 2015; 2012
-- band: L | | Facebook gave its badge "very responsive" for 90 % of private messages | Facebook | 2015
-- band questions: L | low < 30 % < ordinary < 40 % < high | questions to brands on Twitter | Socialbakers | 2012–2014
-- band complaints: L | below 34 large companies < 53 % < above 34 large companies | complaints that got any
--   answer, on Facebook and Twitter pages | Einwiller & Steilen | 2015
-- part questions: Questions
-- part complaints: Complaints
-- part requests: Requests
-- part praise: Praise, within 7 days
-- part without_canned: Without canned answers
-- part within_24h: All, within 24 hours
-- evidence: misses oldest: no answer within 72 hours
-- evidence questions: misses oldest: question without an answer for 72 hours
-- evidence complaints: misses oldest: complaint without an answer for 72 hours
-- evidence requests: misses oldest: request without an answer for 72 hours
-- evidence praise: misses newest: praise that got no kind word
-- evidence without_canned: misses newest: a canned answer, or none
-- example: 10 intervals of at least 3 days: 6 answered after hours, 1 after 5 days, 1 withdrawn within
--   the hour, 2 open: 6 / 9 = 67 %. One asked yesterday and answered at once does not count yet.
with intervals as (
    select
        w.organisation, w.post, w.since, w.is_sure, w.answer, s.ends - w.since as age,
        coalesce(w.ended_at, s.ends) - w.since as length, w.ended_by is null as is_open,
        coalesce(w.ended_by in ('answer', 'taken_private'), false) as is_answered
    from waits w
    join windows s on s.organisation = w.organisation
    where w.in_window and not w.is_private
), judged as (
    select organisation, post, since, is_sure, answer, is_answered and length <= 72 * 3600000000 as hit
    from intervals
    where age >= 72 * 3600000000 and (is_open or is_answered or length > 72 * 3600000000)
), worded as (
    select o.organisation, o.post, r.text_key
    from own_posts o
    join own_readings r on r.organisation = o.organisation and r.post = o.post
    where o.class = 'reply' and r.text_key is not null
), repeated as (
    select w.organisation, w.post
    from worded w
    join (
        select organisation, text_key from worded group by organisation, text_key having count(*) > 1
    ) often on often.organisation = w.organisation and often.text_key = w.text_key
    union
    select o.organisation, l.post from likeness l join own_posts o on o.post = l.post where l.form = 'bare'
    union
    select o.organisation, l.other from likeness l join own_posts o on o.post = l.other where l.form = 'bare'
)
select organisation, '' as part, post, since as happened_at, hit, is_sure as sure
from judged
union all
select j.organisation, concat(h.kind, 's'), j.post, j.since, j.hit, j.is_sure
from judged j
join held h on h.post = j.post and h.side = 'theirs' and h.kind in ('question', 'complaint', 'request')
union all
select j.organisation, 'without_canned', j.post, j.since, j.hit and c.post is null, j.is_sure
from judged j
left join repeated c on c.organisation = j.organisation and c.post = j.answer
union all
select organisation, 'within_24h', post, since, is_answered and length <= 24 * 3600000000, is_sure
from intervals
where is_answered or (is_open and length >= 24 * 3600000000) or length > 24 * 3600000000
union all
select
    k.organisation, 'praise', k.post, k.since,
    coalesce(k.settled_at - k.since <= 7 * 86400000000, false)
        and (k.settled_by = 'answer' or l.stream is not null),
    true
from kind_words k
join windows s on s.organisation = k.organisation
join (select distinct post from held where side = 'theirs' and kind in ('praise', 'closer')) h on h.post = k.post
left join covered l on l.organisation = k.organisation and l.stream = 'likes'
where k.in_window and not k.is_private and k.since <= s.ends - 7 * 86400000000
