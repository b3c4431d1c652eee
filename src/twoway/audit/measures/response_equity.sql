-- Even-handedness: does it matter who asks, how and when?
-- number: 8
-- group: conversation
-- shape: odds
-- unit: odds
-- value: none
-- needs: R C
-- formula: odds of an answer within 72 hours with the circumstance / odds without it, among intervals at
--   least 72 hours old, a half added to each of the four counts; 1 means it makes no difference
-- formula popular_author: the author has more followers than the median of those who asked
-- formula other_handles: the post names somebody besides us
-- formula other_language: the post is in another language than most of our own posts
-- formula night_weekend: asked between 22 and 7, or on Saturday or Sunday, in the account's time zone
-- claim: A3 B8 C4
-- source: popularity helps and bystanders harm at airlines (Gunarathne, Rui & Seidmann 2014)
-- part popular_author: Authors with many followers
-- part other_handles: Somebody else named too
-- part other_language: Another language
-- part night_weekend: At night or on a weekend
-- sides popular_author: many followers | fewer followers
-- sides other_handles: others named too | only us named
-- sides other_language: another language | our language
-- sides night_weekend: at night or on a weekend | at other times
-- evidence popular_author: other_misses oldest: few followers, no answer
-- evidence other_handles: exposed_misses oldest: names others, no answer
-- evidence other_language: exposed_misses oldest: in another language, no answer
-- evidence night_weekend: exposed_misses oldest: asked at night or on a weekend, no answer
-- example: by day 8 of 10 answered, at night 2 of 10: (2.5 / 8.5) / (8.5 / 2.5) = 0.087.
with judged as (
    select
        w.organisation, w.post, w.person, w.since, s.zone, s.language,
        coalesce(w.ended_by in ('answer', 'taken_private'), false)
            and coalesce(w.ended_at, s.ends) - w.since <= 72 * 3600000000 as hit
    from waits w
    join windows s on s.organisation = w.organisation
    where w.is_sure and w.in_window and not w.is_private and w.since <= s.ends - 72 * 3600000000
        and (
            w.ended_by is null or w.ended_by in ('answer', 'taken_private')
            or w.ended_at - w.since > 72 * 3600000000
        )
), followed as (
    select j.organisation, j.post, j.since, j.hit, coalesce(p.author_followers, a.followers) as followers
    from judged j
    join posts p on p.post = j.post
    left join accounts a on a.account = p.author
), halves as (
    select organisation, median(followers) as middle
    from followed
    where followers is not null
    group by organisation
), crowded as (
    select distinct j.organisation, j.post
    from mentions m
    left join pieces t on t.piece = m.post
    join judged j on j.post = coalesce(t.post, m.post) and j.person <> m.account
    left join ours o on o.organisation = j.organisation and o.account = m.account
    where o.account is null
), spoken_in as (
    select j.organisation, j.post, j.since, j.hit, j.language, r.language as read_as
    from judged j
    join readings r on r.post = j.post
    left join (
        select post, max(version) as newest from readings where version > 0 group by post
    ) edited on edited.post = r.post
    where r.version = coalesce(edited.newest, 0) and r.language <> ''
)
select
    f.organisation, 'popular_author' as part, f.post, f.since as happened_at,
    f.followers > h.middle as exposed, f.hit
from followed f
join halves h on h.organisation = f.organisation
where f.followers is not null
union all
select j.organisation, 'other_handles', j.post, j.since, c.post is not null, j.hit
from judged j
left join crowded c on c.organisation = j.organisation and c.post = j.post
union all
select organisation, 'other_language', post, since, read_as <> language, hit
from spoken_in
where language is not null
union all
select j.organisation, 'night_weekend', j.post, j.since, c.is_night or c.weekday >= 6, j.hit
from judged j
join calendar c on c.zone = j.zone and c.slot = cast(floor(j.since / 900000000) as bigint)
