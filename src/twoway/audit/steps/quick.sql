-- A post of ours that came within a minute of what it replies to: of the post above it, or where replies
-- do not nest of a post of the person it speaks to.
select us, post
from we_said
where not is_flat and not is_share and above is not null and said_at - above_at between 0 and 60000000
union
select r.us, r.post
from reached r
join said s on s.thread = r.thread and s.author = r.person and s.is_flat
where r.way in ('flat', 'lead') and r.said_at - s.said_at between 0 and 60000000
    and (s.said_at < r.said_at or s.enter < r.enter)
