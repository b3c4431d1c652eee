-- A post of a thread that can matter, its pieces merged, with its place in the tree.
select
    t.post, t.author, t.said_at, t.deleted_at, t.thread, t.parent, t.above, t.above_author, t.above_at,
    t.parent_author, t.root_author, t.enter, t.leave, t.chain_top, t.pieces, t.is_private, t.is_flat,
    t.is_share, t.is_reply, t.is_automatic, coalesce(r.theirs, t.theirs) as theirs,
    coalesce(r.ours, t.ours) as ours, o.account is not null as is_ours
from tree t
left join revised r on r.post = t.post
left join (select distinct account from speakers) o on o.account = t.author
where t.thread in (select thread from touched)
