-- An own post inside the window, public, standing; of a reply, whom it speaks to and whether anybody
-- had asked for it.
with in_window as (
    select c.*
    from classed c
    join audited a on a.us = c.us
    where c.said_at between a.begins and a.ends
), replies as (
    select * from in_window where class = 'reply'
), spoken_to as (
    select us, post, person
    from (
        select
            r.us, r.post, s.person,
            row_number() over (
                partition by r.us, r.post
                order by case s.way
                    when 'parent' then 1 when 'flat' then 2 when 'through' then 3
                    when 'mention' then 4 else 5
                end, s.person
            ) as place
        from replies r
        join reached s on s.us = r.us and s.post = r.post
    ) placed
    where place = 1
), named as (
    select distinct r.us, r.post
    from replies r
    join mentions m on m.post = r.post
    left join speakers o on o.us = r.us and o.account = m.account
    where o.account is null
), prompted as (
    -- below a post of ours, one that is addressed to us or names us, or anywhere in a thread of ours
    select r.us, r.post
    from replies r
    join speakers o on o.us = r.us and o.account = r.above_author
    where r.above is not null
    union
    select r.us, r.post
    from replies r
    join heard h on h.us = r.us and h.post = r.above
    union
    select r.us, r.post
    from replies r
    join (
        select distinct o.us, coalesce(k.post, m.post) as post
        from mentions m
        join speakers o on o.account = m.account
        left join pieces k on k.piece = m.post
    ) n on n.us = r.us and n.post = r.above
    union
    select r.us, r.post
    from replies r
    left join said t on t.post = r.thread
    join speakers o on o.us = r.us and o.account = coalesce(t.author, r.root_author)
    where r.above is not null
)
select
    i.organisation, i.post, i.author, i.said_at, i.class, p.person,
    i.class = 'reply' and (p.person is not null or n.post is not null or i.above_author is not null)
        as names_whom,
    i.thread, i.parent, i.above,
    case
        when i.class <> 'reply' or q.post is not null then false
        when i.above is not null then true
    end as is_unprompted,
    m.post is not null as is_machine, cast(floor(i.said_at / 900000000) as bigint) as slot
from in_window i
left join spoken_to p on p.us = i.us and p.post = i.post
left join named n on n.us = i.us and n.post = i.post
left join prompted q on q.us = i.us and q.post = i.post
left join machines m on m.us = i.us and m.post = i.post
