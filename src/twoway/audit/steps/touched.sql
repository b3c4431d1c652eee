-- A thread that can matter: an audited organisation wrote there, was named, answered or quoted there, or
-- passed on or linked to a post that stands there. All else in the collection is left alone.
with own as (
    select post, quoted, shared from posts where author in (select account from speakers)
), touching as (
    select post from own
    union all
    select quoted from own where quoted is not null
    union all
    select shared from own where shared is not null
    union all
    select leads_to from links where leads_to is not null and post in (select post from own)
    union all
    select post from mentions where account in (select account from speakers)
    union all
    select post
    from posts
    where visibility = 'private' or nesting = 'chat'
        or parent_author in (select account from speakers)
        or root_author in (select account from speakers)
        or quoted_author in (select account from speakers)
        or quoted in (select post from own)
)
select distinct thread from threads where post in (select post from touching)
