-- A thread that can matter: an audited organisation wrote there, was named, answered or quoted there, or
-- passed on or linked to a post that stands there. All else in the collection is left alone.
with own as (
    select p.post, p.quoted, p.shared
    from posts p
    join ours o on o.account = p.author
), touching as (
    select post from own
    union all
    select quoted from own where quoted is not null
    union all
    select shared from own where shared is not null
    union all
    select l.leads_to from links l join own on own.post = l.post where l.leads_to is not null
    union all
    select m.post from mentions m join ours o on o.account = m.account
    union all
    select post
    from posts
    where visibility = 'private' or nesting = 'chat'
        or parent_author in (select account from ours)
        or root_author in (select account from ours)
        or quoted_author in (select account from ours)
        or quoted in (select post from own)
)
select distinct t.thread
from threads t
join (select distinct post from touching) x on x.post = t.post
