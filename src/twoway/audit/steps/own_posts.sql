-- An own post inside the window, public, standing; of a reply, whom it speaks to and whether anybody
-- had asked for it.
with spoken_to as (
    select organisation, post, person
    from (
        select
            organisation, post, person,
            row_number() over (
                partition by organisation, post
                order by case how
                    when 'parent' then 1 when 'flat' then 2 when 'through' then 3 when 'mention' then 4
                    else 5
                end, person
            ) as place
        from spoken
    ) placed
    where place = 1
), named as (
    select distinct o.organisation, m.post
    from mentions m
    join own_history o on o.post = m.post and o.class = 'reply'
    left join ours u on u.organisation = o.organisation and u.account = m.account
    where u.account is null
), answered as (
    -- the posts that our replies reply to, where we have them
    select o.organisation, o.post, s.post as above, s.author, s.thread
    from own_history o
    join windows w on w.organisation = o.organisation and o.said_at between w.begins and w.ends
    join said r on r.post = o.post
    join said s on s.post = r.above
    where o.class = 'reply'
), prompted as (
    select a.organisation, a.post
    from answered a
    join ours o on o.organisation = a.organisation and o.account = a.author
    union
    select a.organisation, a.post
    from answered a
    join heard h on h.organisation = a.organisation and h.post = a.above
    union
    select a.organisation, a.post
    from answered a
    join threads t on t.first_piece = a.above
    join mentions m on m.post = t.post
    join ours o on o.organisation = a.organisation and o.account = m.account
    union
    select a.organisation, a.post
    from answered a
    join said s on s.post = a.above
    left join said r on r.post = a.thread
    join ours o on o.organisation = a.organisation and o.account = coalesce(r.author, s.root_author)
)
select
    h.organisation, h.post, s.author, s.said_at, h.class, p.person,
    h.class = 'reply' and (p.person is not null or n.post is not null or coalesce(up.author, s.parent_author) is not null) as names_whom,
    s.thread, s.parent, s.above,
    case when h.class = 'reply' then case
        when q.post is not null then false when a.post is not null then true
    end else false end as is_unprompted,
    m.post is not null as is_machine, cast(floor(s.said_at / 900000000) as bigint) as slot
from own_history h
join windows w on w.organisation = h.organisation and h.said_at between w.begins and w.ends
join said s on s.post = h.post
left join said up on up.post = s.above
left join spoken_to p on p.organisation = h.organisation and p.post = h.post and h.class = 'reply'
left join named n on n.organisation = h.organisation and n.post = h.post
left join answered a on a.organisation = h.organisation and a.post = h.post
left join prompted q on q.organisation = h.organisation and q.post = h.post
left join machines m on m.organisation = h.organisation and m.post = h.post
