-- A promise of ours to a person that is open (2.4.8 of docs/reference/turn-rule.md).
with speaking as (
    -- our posts to a person in a thread, and those elsewhere that quote or link what they wrote there
    select
        r.us, r.thread, r.person, r.post, true as is_here, bool_or(r.way = 'mention') as names
    from reached r
    group by r.us, r.thread, r.person, r.post
    union all
    select distinct r.us, t.thread, r.person, r.post, false, false
    from reached r
    join leads l on l.post = r.post and l.author = r.person
    join they_said t on t.us = r.us and t.person = r.person and t.post = l.target
    where r.way = 'lead' and t.thread <> r.thread
), said_to as (
    select
        s.*, w.said_at, w.enter as place, w.above, w.is_flat, w.is_private, w.deleted_at, w.promises, w.moves,
        w.only_asks
    from speaking s
    join we_said w on w.us = s.us and w.post = s.post
    left join machines m on m.us = s.us and m.post = s.post
    left join unseen u on u.us = s.us and u.thread = s.thread
        and u.person = s.person and u.post = s.post
    where m.post is null and u.post is null
), promised as (
    select p.*, s.stand, s.enter, s.leave, s.chain_top
    from said_to p
    left join stands s on s.us = p.us and s.thread = p.thread
        and s.person = p.person and s.post = p.post and s.counts
    where p.promises and p.is_here
), met as (
    -- our other posts to the person on the branch of the promise
    select distinct
        p.us, p.thread, p.person, p.post as promise, p.said_at as promised_at, x.post,
        x.said_at, x.place, x.above, x.is_flat, x.is_private, x.is_here, x.deleted_at, x.promises, x.moves, x.only_asks
    from promised p
    join said_to x on x.us = p.us and x.thread = p.thread and x.person = p.person
        and x.said_at >= p.said_at
    left join stands s on s.us = x.us and s.thread = x.thread
        and s.person = x.person and s.post = x.post and s.counts
    where p.stand is null or (x.is_here and (x.is_flat or x.names))
        or s.stand = p.stand or (s.enter < p.enter and p.enter <= s.leave)
        or (p.enter < s.enter and s.enter <= p.leave)
), answered as (
    -- the post of theirs that one of ours answers: quoted or linked, else above, and where replies do
    -- not nest the last one before; in a chat only what is not its first message tells by being above
    select x.us, x.thread, x.person, x.post, x.said_at, s.stand as answered
    from said_to x
    join stands s on s.us = x.us and s.thread = x.thread
        and s.person = x.person and s.post = x.post and s.counts
    where s.how = 'led' or (s.stand = x.above and s.how = 'above' and not x.is_flat)
    union all
    select x.us, x.thread, x.person, x.post, x.said_at, a.post
    from said_to x
    join said a on a.post = x.above and a.author = x.person and a.above is not null
    left join stands s on s.us = x.us and s.thread = x.thread
        and s.person = x.person and s.post = x.post and s.how = 'led'
    where x.is_private and s.post is null
    union all
    select us, thread, person, post, said_at, answered
    from (
        select
            x.us, x.thread, x.person, x.post, x.said_at, t.post as answered,
            row_number() over (
                partition by x.us, x.thread, x.person, x.post
                order by t.said_at desc, t.enter desc
            ) as place
        from said_to x
        join (select distinct us, thread, person from promised) p
            on p.us = x.us and p.thread = x.thread and p.person = x.person
        join they_said t on t.us = x.us and t.thread = x.thread
            and t.person = x.person and not t.is_share
            and (t.said_at < x.said_at or (t.said_at = x.said_at and t.enter < x.place))
        left join stands s on s.us = x.us and s.thread = x.thread
            and s.person = x.person and s.post = x.post and s.how = 'led'
        left join said a on a.post = x.above and a.above is not null
        where x.is_flat and s.post is null and (a.post is null or not x.is_private)
    ) before
    where place = 1
), closed as (
    -- a word after their thanks keeps no promise
    select a.us, a.thread, a.person, a.post
    from answered a
    join said t on t.post = a.answered
    left join wordings w on w.post = a.answered
        and (w.number = 1 or w.since <= a.said_at) and (w.until is null or w.until > a.said_at)
    where coalesce(w.kinds, t.theirs) = 64
), marked as (
    select coalesce(k.post, m.post) as post, m.marked_at
    from marks m
    left join pieces k on k.piece = m.post
    where m.kind <> 'corrected_kind'
), done as (
    select m.us, m.thread, m.person, m.promise as post
    from met m
    left join closed c on c.us = m.us and c.thread = m.thread
        and c.person = m.person and c.post = m.post
    where m.said_at > m.promised_at and not m.promises and not m.only_asks and c.post is null
    union
    -- moved to a private exchange that goes on: that one has its own turn
    select m.us, m.thread, m.person, m.promise
    from met m
    join went_private v on v.us = m.us and v.person = m.person
    join talks t on t.us = m.us and t.thread = m.thread and t.person = m.person
    where m.moves and m.is_here and m.deleted_at is null and not m.is_private and m.said_at <= v.last_at
        and not t.is_private
    union
    -- taken back
    select p.us, p.thread, p.person, p.post
    from promised p
    join releases r on r.us = p.us and r.thread = p.thread
        and r.person = p.person and r.ended_by = 'withdrawal' and r.said_at >= p.said_at
    where r.is_flat or r.near = p.stand or (p.enter < r.enter and r.enter <= p.leave)
        or (p.chain_top = r.chain_top and r.enter < p.enter and p.enter <= r.leave)
    union
    -- marked by a teammate
    select p.us, p.thread, p.person, p.post
    from promised p
    join audited w on w.us = p.us
    join they_said t on t.us = p.us and t.thread = p.thread and t.person = p.person
        and not t.is_share and (
            p.stand is null or t.is_flat or t.post = p.stand
            or (t.enter < p.enter and p.enter <= t.leave) or (p.enter < t.enter and t.enter <= p.leave)
        )
    join marked m on m.post = t.post and m.marked_at between p.said_at and w.ends
    union
    select p.us, p.thread, p.person, p.post
    from promised p
    join audited w on w.us = p.us
    join marked m on m.post = p.post and m.marked_at between p.said_at and w.ends
)
select distinct p.us, p.thread, p.person, p.post, p.said_at
from promised p
left join done d on d.us = p.us and d.thread = p.thread
    and d.person = p.person and d.post = p.post
where d.post is null
