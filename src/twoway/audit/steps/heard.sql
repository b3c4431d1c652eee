-- A post by somebody else that is addressed to an organisation (2.1 of docs/reference/turn-rule.md),
-- also one that was deleted since. It turns to us by itself, or goes on from one that did.
with turned as (
    select
        us, post, min(case how
            when 'private' then 1 when 'reply' then 2 when 'mention' then 3 when 'quote' then 4 else 5
        end) as way
    from direct
    group by us, post
), chain as (
    -- own posts below own posts
    select post, chain_top, enter, leave, is_share or is_automatic as is_lost
    from said
    where chain_top <> post and not is_flat
), chained as (
    -- what in such a chain turns to us; a robot's post in between breaks it
    select d.us, s.chain_top, s.enter, s.leave, 1 as is_ours
    from turned d
    join said s on s.post = d.post and s.chain_top in (select chain_top from chain)
    union all
    select d.us, c.chain_top, c.enter, c.leave, 0
    from chain c
    join said s on s.chain_top = c.chain_top
    join turned d on d.post = s.post
    where c.is_lost
), below_own as (
    -- e. below an own post that is addressed to us: the nearest of those above decides
    select d.us, c.post
    from chain c
    join chained d on d.chain_top = c.chain_top and d.enter < c.enter and c.enter <= d.leave
    where not c.is_lost
    group by d.us, c.post
    having max(2 * d.enter + d.is_ours) % 2 = 1
), named as (
    select post, count(*) as names from names group by post
), named_ours as (
    select o.us, n.post, count(*) as names
    from names n
    join speakers o on o.account = n.account
    group by o.us, n.post
), comments as (
    select
        t.us, s.post, s.thread, s.author,
        case
            when d.post is not null then 'to us'
            when s.is_share or s.is_automatic or coalesce(n.names, 0) > coalesce(u.names, 0) then 'away'
            else 'on'
        end as goes,
        row_number() over (
            partition by t.us, s.thread, s.author order by s.said_at, s.enter
        ) as place
    from (
        select distinct d.us, s.thread, s.author
        from said s
        join turned d on d.post = s.post
        where s.is_flat and not s.is_private
    ) t
    join said s on s.thread = t.thread and s.author = t.author and not s.is_private
    left join turned d on d.us = t.us and d.post = s.post
    left join named n on n.post = s.post
    left join named_ours u on u.us = t.us and u.post = s.post
), next_comment as (
    -- e. without nesting: the person's next comment that names nobody else
    select us, post
    from (
        select
            us, post, goes,
            max(case when goes = 'to us' then place end) over before as to_us,
            max(case when goes = 'away' then place end) over before as away
        from comments
        window before as (partition by us, thread, author order by place)
    ) placed
    where goes = 'on' and to_us > coalesce(away, 0)
), going_on as (
    select us, post from below_own
    union
    select us, post from next_comment
), addressed_to_us as (
    select us, post, way from turned
    union all
    select g.us, g.post, 6
    from going_on g
    left join turned d on d.us = g.us and d.post = g.post
    where d.post is null
), quoting as (
    -- a quote with words of one's own, and one that says nothing: a share in another form
    select
        o.us, l.post, bool_or(trim(p.text) <> '') as has_words,
        bool_and(trim(p.text) = '' and a.post is null and m.piece is null) as is_silent
    from leads l
    join speakers o on o.account = l.author
    left join pieces m on m.post = l.post
    join posts p on p.post = coalesce(m.piece, l.post)
    left join pieces k on k.piece = p.quoted
    left join media a on a.post = p.post
    where l.is_quote and l.target = coalesce(k.post, p.quoted)
    group by o.us, l.post
)
select
    a.us, a.post, s.author as person, s.said_at,
    case when s.deleted_at <= w.ends then s.deleted_at end as deleted_at,
    s.thread, s.above, s.enter, s.is_flat, s.is_private, s.theirs as kinds,
    case a.way
        when 1 then 'private' when 2 then 'reply' when 3 then 'mention' when 4 then 'quote'
        when 5 then 'flat' else 'goes_on'
    end as how,
    coalesce(q.has_words, false) as quotes, coalesce(q.is_silent, false) as passes_on,
    o.account is not null as is_below_ours
from addressed_to_us a
join audited w on w.us = a.us
join said s on s.post = a.post
left join speakers o on o.us = a.us and o.account = s.above_author
left join quoting q on q.us = a.us and q.post = a.post
where s.said_at <= w.ends
