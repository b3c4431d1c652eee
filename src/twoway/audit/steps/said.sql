-- A post of a thread that can matter, its pieces merged, with its place in the tree. `above_author` wrote
-- what it replies to, also where we do not have that post.
with more as (
    select k.post, count(*) as pieces, bool_or(p.automatic) as is_automatic
    from pieces k
    join posts p on p.post = k.piece
    group by k.post
), speaking as (
    select distinct account from speakers
), bots as (
    select account from accounts where automatic
)
select
    p.post, p.author, p.said_at, p.deleted_at, t.thread, coalesce(up.post, p.parent) as parent, t.above,
    coalesce(u.author, p.parent_author) as above_author, u.said_at as above_at,
    p.parent_author, p.root_author,
    t.enter, t.leave, t.chain_top, cast(coalesce(m.pieces, 1) as integer) as pieces,
    p.visibility, p.nesting, p.visibility = 'private' or p.nesting = 'chat' as is_private,
    p.visibility = 'private' or p.nesting <> 'threaded' as is_flat,
    p.shared is not null as is_share, p.is_reply or p.parent is not null as is_reply,
    p.automatic or coalesce(m.is_automatic, false) or b.account is not null as is_automatic,
    o.account is not null as is_ours
from posts p
join spots t on t.post = p.post
left join posts u on u.post = t.above
left join pieces up on up.piece = p.parent
left join more m on m.post = p.post
left join bots b on b.account = p.author
left join speaking o on o.account = p.author
