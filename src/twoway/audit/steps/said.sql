-- A post of a touched thread, its pieces merged, with its place in the tree.
with more as (
    select k.post, count(*) as pieces, bool_or(p.automatic) as is_automatic
    from pieces k
    join posts p on p.post = k.piece
    group by k.post
)
select
    p.post, p.author, p.said_at, p.deleted_at, t.thread,
    coalesce(up.post, p.parent) as parent,
    case when t.above = p.parent then coalesce(up.post, t.above) else t.above end as above,
    p.parent_author, p.root_author, t.enter, t.leave, t.chain_top,
    cast(1 + coalesce(m.pieces, 0) as integer) as pieces, p.visibility, p.nesting,
    p.visibility = 'private' or p.nesting = 'chat' as is_private,
    p.visibility = 'private' or p.nesting <> 'threaded' as is_flat,
    p.shared is not null as is_share, p.is_reply or p.parent is not null as is_reply,
    p.automatic or coalesce(m.is_automatic, false) or bots.account is not null as is_automatic
from threads t
join touched on touched.thread = t.thread
join posts p on p.post = t.post
left join pieces up on up.piece = p.parent
left join more m on m.post = t.post
left join accounts bots on bots.account = p.author and bots.automatic
where t.first_piece = t.post and p.said_at <= (select max(ends) from windows)
