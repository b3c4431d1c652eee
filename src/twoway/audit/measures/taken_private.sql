-- Taken private: do complaints leave the public, and does the public hear how they ended?
-- number: 20
-- group: place
-- shape: share
-- unit: share
-- needs: R C
-- formula: answers that move to a private message, phone, mail or form / answers to complaints in public
-- formula public_outcome: of those moved, where within 14 days we answered in public again or the person
--   thanked / those moved at least 14 days ago, or with such an outcome
-- claim: D2
-- band: D | little < 7 % < ordinary < 32 % < much | answers to complaints that move
--   away, quartiles 7, 15, 32 %; T-Mobile 90 %, Apple 47 %, Walmart 0.2 % | public tweets of support desks | 2017
-- band: L | | asking only for details does not appease people who complain | Einwiller & Steilen | 2015
-- part public_outcome: With an outcome in public
-- evidence: hits newest: taken private
-- evidence public_outcome: misses oldest: taken private, and nothing said in public since
-- example: 40 complaints answered, 10 of them with "write to us privately": 10 / 40 = 25 %; below 4 of those 10
--   we reported back or were thanked within two weeks: 4 / 10 = 40 %.
with answered as (
    select w.organisation, w.post, w.thread, w.person, w.since, w.ended_at, w.ended_by, w.is_sure, s.ends
    from waits w
    join windows s on s.organisation = w.organisation
    join held h on h.post = w.post and h.side = 'theirs' and h.kind = 'complaint'
    where w.in_window and not w.is_private and w.ended_by in ('answer', 'taken_private')
), moved as (
    select * from answered where ended_by = 'taken_private' and is_sure
), pointing as (
    -- A quote of theirs, or a link to it, answers wherever it stands (design 2.4.9).
    select o.organisation, o.said_at, p.quoted as target
    from own_posts o
    join posts p on p.post = o.post
    where p.quoted is not null and not o.is_machine
    union all
    select o.organisation, o.said_at, l.leads_to
    from own_posts o
    join links l on l.post = o.post
    where l.leads_to is not null and not o.is_machine
), pointed_at as (
    -- distinct, so that an engine finds the few targets before it thinks of all who were moved
    select distinct p.organisation, p.said_at, t.thread, t.author
    from pointing p
    join said t on t.post = p.target
), said_later as (
    select m.organisation, m.post, m.since, o.said_at
    from moved m
    join own_posts o on o.organisation = m.organisation and o.thread = m.thread and not o.is_machine
    join spoken s on s.organisation = o.organisation and s.post = o.post and s.person = m.person
    union all
    select m.organisation, m.post, m.since, a.said_at
    from moved m
    join addressed a on a.organisation = m.organisation and a.thread = m.thread and a.person = m.person
    join held h on h.post = a.post and h.side = 'theirs' and h.kind in ('closer', 'praise')
    where not a.is_private and a.deleted_at is null
    union all
    select m.organisation, m.post, m.since, p.said_at
    from pointed_at p
    join moved m on m.organisation = p.organisation and m.thread = p.thread and m.person = p.author
), outcomes as (
    select m.organisation, m.post, m.since, m.ends - m.ended_at as age, max(
        case when l.said_at > m.ended_at and l.said_at <= m.ended_at + 14 * 86400000000 then 1 else 0 end
    ) as has_one
    from moved m
    left join said_later l on l.organisation = m.organisation and l.post = m.post and l.since = m.since
    group by m.organisation, m.post, m.since, m.ends, m.ended_at
)
select organisation, '' as part, post, since as happened_at, ended_by = 'taken_private' as hit, is_sure as sure
from answered
union all
select organisation, 'public_outcome', post, since, has_one = 1, true
from outcomes
where has_one = 1 or age >= 14 * 86400000000
