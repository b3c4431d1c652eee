-- A post of an organisation, of any time, public or private, also one that was deleted since, and what
-- it does in a conversation.
with doing as (
    select
        post, bool_or(kind = 'asks') as asks, bool_or(kind = 'promise') as promises,
        bool_or(kind = 'invitation') as invites, bool_or(kind = 'taken_private') as moves,
        bool_or(kind = 'thanks') as thanks, count(*) as kinds
    from held
    where side = 'ours' and kind in ('asks', 'promise', 'invitation', 'taken_private', 'thanks')
    group by post
)
select
    o.us, s.post, s.author, s.said_at,
    case when s.deleted_at <= o.ends then s.deleted_at end as deleted_at,
    s.thread, s.parent, s.above, s.above_author, s.above_at, s.root_author, s.enter, s.leave,
    s.is_flat, s.is_private,
    s.is_share, s.is_reply, s.is_automatic, coalesce(d.asks, false) as asks,
    coalesce(d.promises, false) as promises, coalesce(d.invites, false) as invites,
    coalesce(d.moves, false) as moves, coalesce(d.thanks and d.kinds = 1, false) as only_thanks,
    coalesce(d.asks and d.kinds = 1, false) as only_asks
from said s
join speakers o on o.account = s.author
left join doing d on d.post = s.post
where s.said_at <= o.ends
