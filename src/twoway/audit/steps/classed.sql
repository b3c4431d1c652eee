-- An own post of any time, public, standing: an original, a reply (it speaks to a person), part of a
-- self-thread, a quote of somebody else, or a plain share.
with speaking as (
    -- To name somebody in a thread of one's own is no dialogue in the posts that follow it.
    select distinct us, post from reached where way <> 'trailing'
), quoting as (
    select distinct w.us, w.post
    from we_said w
    join leads l on l.post = w.post and l.is_quote
    left join speakers o on o.us = w.us and o.account = l.author
    where o.account is null
)
select
    w.us, a.organisation, w.post, w.author, w.said_at, w.thread, w.parent, w.above, w.above_author,
    w.root_author,
    case
        when w.is_share then 'share'
        when not w.is_reply and q.post is not null then 'quote'
        when not w.is_reply then 'original'
        when s.post is null and o.account is not null then 'self_thread'
        else 'reply'
    end as class
from we_said w
join audited a on a.us = w.us
left join speaking s on s.us = w.us and s.post = w.post
left join quoting q on q.us = w.us and q.post = w.post
left join speakers o on o.us = w.us and o.account = w.above_author
where not w.is_private and w.deleted_at is null
