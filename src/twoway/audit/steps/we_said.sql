-- A post of an organisation, of any time, public or private, also one that was deleted since, and what
-- it does in a conversation. One in pieces only thanks, or only asks, where every piece does: a piece that
-- does nothing tells something.
with in_several as (
    select s.post, s.pieces, case s.ours & 31 when 16 then 'thanks' else 'asks' end as kind
    from said s
    where s.is_ours and s.pieces > 1 and (s.ours & 31) in (1, 16)
), doing as (
    select m.post, k.piece
    from in_several m
    join pieces k on k.post = m.post
    join kinds i on i.post = k.piece and i.side = 'ours' and i.kind = m.kind and i.holds
    left join newest e on e.post = k.piece
    left join decided d on d.post = k.piece
    where i.version = coalesce(e.newest, 0) and d.post is null
    union
    select m.post, k.piece
    from in_several m
    join pieces k on k.post = m.post
    join decided d on d.post = k.piece and d.kind = m.kind
), doing_more as (
    select m.post
    from in_several m
    left join doing d on d.post = m.post
    group by m.post, m.pieces
    having count(d.piece) < m.pieces
)
select
    o.us, s.post, s.author, s.said_at,
    case when s.deleted_at <= o.ends then s.deleted_at end as deleted_at,
    s.thread, s.parent, s.above, s.above_author, s.above_at, s.root_author, s.enter, s.leave,
    s.is_flat, s.is_private, s.is_share, s.is_reply, s.is_automatic,
    (s.ours & 1) <> 0 as asks, (s.ours & 2) <> 0 as promises, (s.ours & 4) <> 0 as invites,
    (s.ours & 8) <> 0 as moves, (s.ours & 31) = 16 and m.post is null as only_thanks,
    (s.ours & 31) = 1 and m.post is null as only_asks
from said s
join speakers o on o.account = s.author
left join doing_more m on m.post = s.post
where s.said_at <= o.ends and s.is_ours
