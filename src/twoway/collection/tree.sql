-- A post, its pieces merged, with its place in its thread and what was read in it: what an audit asks of
-- every post before it asks about anybody. In the common subset of DuckDB and Spark, since an audit makes
-- the table itself where a collection does not hold it. `theirs` and `ours` add up the bits of the kinds.
with later as (
    select post as piece, first_piece as post
    from threads
    where first_piece <> post
), in_pieces as (
    select piece, post from later
    union all
    select distinct post, post from later
), several as (
    select k.post, count(*) as pieces, bool_or(p.automatic) as is_automatic
    from in_pieces k
    join posts p on p.post = k.piece
    group by k.post
), bots as (
    select account from accounts where automatic
), newest as (
    select post, max(version) + 1 as version from versions group by post
), held as (
    select
        coalesce(i.post, k.post) as post,
        bit_or(case when b.side = 'theirs' then b.bit else 0 end) as theirs,
        bit_or(case when b.side = 'ours' then b.bit else 0 end) as ours
    from kinds k
    join bits b on b.side = k.side and b.kind = k.kind
    left join newest n on n.post = k.post
    left join in_pieces i on i.piece = k.post
    where k.holds and k.version = coalesce(n.version, 0)
    group by coalesce(i.post, k.post)
)
select
    p.post, p.author, p.said_at, p.deleted_at, t.thread, coalesce(f.post, p.parent) as parent,
    coalesce(a.post, t.above) as above, coalesce(u.author, p.parent_author) as above_author,
    u.said_at as above_at, p.parent_author, p.root_author, t.enter, t.leave, t.chain_top,
    cast(coalesce(s.pieces, 1) as integer) as pieces,
    p.visibility = 'private' or p.nesting = 'chat' as is_private,
    p.visibility = 'private' or p.nesting <> 'threaded' as is_flat,
    p.shared is not null as is_share, p.is_reply or p.parent is not null as is_reply,
    p.automatic or coalesce(s.is_automatic, false) or b.account is not null as is_automatic,
    cast(case when coalesce(h.theirs, 0) = 0 then 512 else h.theirs end as integer) as theirs,
    cast(coalesce(h.ours, 0) as integer) as ours
from posts p
join threads t on t.post = p.post and t.first_piece = t.post
left join in_pieces a on a.piece = t.above
left join in_pieces f on f.piece = p.parent
left join posts u on u.post = coalesce(a.post, t.above)
left join several s on s.post = p.post
left join bots b on b.account = p.author
left join held h on h.post = p.post
