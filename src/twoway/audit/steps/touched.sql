-- A thread that can matter: an audited organisation wrote there, was named, answered or quoted there, or
-- passed on, linked to or answered in private a post that stands there. All else in the collection is left alone.
with touching as (
    select quoted as post
    from posts
    where quoted is not null and author in (select account from speakers)
    union all
    select shared from posts where shared is not null and author in (select account from speakers)
    union all
    select l.leads_to
    from links l
    join posts p on p.post = l.post
    where l.leads_to is not null and p.author in (select account from speakers)
    union all
    select parent
    from posts
    where parent is not null and (visibility = 'private' or nesting = 'chat')
        and author in (select account from speakers)
    union all
    select post from mentions where account in (select account from speakers)
    union all
    select post from posts where quoted_author in (select account from speakers)
    union all
    select p.post
    from posts p
    join posts q on q.post = p.quoted
    where p.quoted is not null and q.author in (select account from speakers)
)
select thread
from tree
where is_private or author in (select account from speakers)
    or above_author in (select account from speakers)
    or parent_author in (select account from speakers)
    or root_author in (select account from speakers)
union
select thread from threads where post in (select post from touching)
