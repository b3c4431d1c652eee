-- A post by somebody else that is addressed to an organisation (2.1 of docs/reference/turn-rule.md),
-- also one that was deleted since. It turns to us by itself, or goes on from one that did.
with turned as (
    select
        organisation, post, min(case how
            when 'private' then 1 when 'reply' then 2 when 'mention' then 3 when 'quote' then 4 else 5
        end) as way
    from direct
    group by organisation, post
), chained as (
    -- own chains in which a post turns to us; a robot's post in between breaks them
    select d.organisation, s.chain_top, s.enter, s.leave, 1 as is_ours
    from turned d
    join said s on s.post = d.post
    where not s.is_flat
    union all
    select d.organisation, s.chain_top, s.enter, s.leave, 0
    from said s
    join (
        select distinct d.organisation, s.chain_top
        from turned d
        join said s on s.post = d.post
        where not s.is_flat
    ) d on d.chain_top = s.chain_top
    where s.is_share or s.is_automatic
), below_own as (
    -- e. below an own post that is addressed to us: the nearest of those above decides
    select c.organisation, s.post
    from said s
    join chained c on c.chain_top = s.chain_top and c.enter < s.enter and s.enter <= c.leave
    where s.chain_top <> s.post and not s.is_flat and not s.is_share and not s.is_automatic
    group by c.organisation, s.post
    having max(2 * c.enter + c.is_ours) % 2 = 1
), named as (
    select post, count(*) as names from names group by post
), named_ours as (
    select n.post, o.organisation, count(*) as names
    from names n
    join ours o on o.account = n.account
    group by n.post, o.organisation
), comments as (
    select
        t.organisation, s.post, s.thread, s.author,
        case
            when d.post is not null then 'to us'
            when s.is_share or s.is_automatic or coalesce(n.names, 0) > coalesce(u.names, 0) then 'away'
            else 'on'
        end as goes,
        row_number() over (
            partition by t.organisation, s.thread, s.author order by s.said_at, s.enter
        ) as place
    from (
        select distinct d.organisation, s.thread, s.author
        from turned d
        join said s on s.post = d.post
        where s.is_flat and not s.is_private
    ) t
    join said s on s.thread = t.thread and s.author = t.author and not s.is_private
    left join turned d on d.organisation = t.organisation and d.post = s.post
    left join named n on n.post = s.post
    left join named_ours u on u.organisation = t.organisation and u.post = s.post
), next_comment as (
    -- e. without nesting: the person's next comment that names nobody else
    select organisation, post
    from (
        select
            organisation, post, goes,
            max(case when goes = 'to us' then place end) over before as to_us,
            max(case when goes = 'away' then place end) over before as away
        from comments
        window before as (partition by organisation, thread, author order by place)
    ) placed
    where goes = 'on' and to_us > coalesce(away, 0)
), addressed_to_us as (
    select organisation, post, min(way) as way
    from (
        select organisation, post, way from turned
        union all
        select organisation, post, 6 from below_own
        union all
        select organisation, post, 6 from next_comment
    ) every
    group by organisation, post
), quoting as (
    -- a quote with words of one's own
    select distinct o.organisation, l.post
    from leads l
    join ours o on o.account = l.author
    join threads t on t.first_piece = l.post
    join posts p on p.post = t.post and trim(p.text) <> ''
    left join pieces k on k.piece = p.quoted
    where l.target = coalesce(k.post, p.quoted)
)
select
    a.organisation, a.post, s.author as person, s.said_at,
    case when s.deleted_at <= w.ends then s.deleted_at end as deleted_at,
    s.thread, s.above, s.enter, s.leave, s.chain_top, s.is_flat, s.is_private,
    case a.way
        when 1 then 'private' when 2 then 'reply' when 3 then 'mention' when 4 then 'quote'
        when 5 then 'flat' else 'goes_on'
    end as how,
    q.post is not null as quotes, u.account is not null as is_below_ours
from addressed_to_us a
join said s on s.post = a.post
join windows w on w.organisation = a.organisation and s.said_at <= w.ends
left join said up on up.post = s.above
left join ours u
    on u.organisation = a.organisation and u.account = coalesce(up.author, s.parent_author)
left join quoting q on q.organisation = a.organisation and q.post = a.post
