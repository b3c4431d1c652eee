-- Invitation: does it ask its readers anything, and stay for what they say?
-- number: 17
-- group: conversation
-- shape: share
-- unit: share
-- needs: O
-- formula: originals that ask their readers something / originals
-- formula returned: invitations in whose thread we answered somebody within 72 hours of the first comment by
--   an outsider / invitations whose first such comment is at least 72 hours old
-- needs returned: O R C
-- claim: A2 A6
-- band: D | | originals with a question mark, asked of readers or not, on public pages: median 8 %, p90
--   19 % | pages on Facebook | 2016
-- part returned: It stayed for the answers
-- evidence: hits newest: asks its readers
-- evidence returned: misses newest: asked, was answered, and said no more
-- example: 50 originals, 10 of which ask readers something; 6 of those got comments and it answered
--   below 3 of them: 10 / 50 = 20 %, returned 3 / 6 = 50 %.
with originals as (
    select
        o.organisation, o.post, o.thread, o.said_at, h.post is not null or p.has_poll as invites
    from own_posts o
    join posts p on p.post = o.post
    left join held h on h.post = o.post and h.side = 'ours' and h.kind = 'invitation'
    where o.class = 'original'
), commented as (
    select o.organisation, o.post, o.thread, o.said_at, min(a.said_at) as first_at
    from originals o
    join addressed a on a.organisation = o.organisation and a.below_original = o.post
    where o.invites and not a.is_private and a.deleted_at is null
    group by o.organisation, o.post, o.thread, o.said_at
)
select
    organisation, '' as part, post, said_at as happened_at, invites as hit, true as sure
from originals
union all
select
    c.organisation, 'returned', c.post, c.said_at,
    count(case when r.said_at between c.first_at and c.first_at + 72 * 3600000000 then 1 end) > 0, true
from commented c
join windows w on w.organisation = c.organisation and w.ends - c.first_at >= 72 * 3600000000
left join own_posts r
    on r.organisation = c.organisation and r.thread = c.thread and r.class = 'reply'
        and not r.is_machine
group by c.organisation, c.post, c.said_at, c.first_at
