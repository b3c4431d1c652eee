-- Members talk: do people below its posts speak with each other?
-- number: 23
-- group: people
-- shape: share
-- unit: share
-- needs: O C
-- formula: comments by outsiders in threads that we began that speak to another member / all comments there
-- formula member_answers: questions among those comments that another member replied to / those questions
-- formula mutual_pairs: pairs of members of whom each replied to the other / pairs of whom one did
-- claim: B7
-- band: D | little < 25 % < much < 53 % < as in a forum | in a city's forum 53 % of comments and 42 % of
--   posts get a reply, the first after 42 minutes (median) | a public forum of one city | 2019
-- part member_answers: Questions answered by members
-- part mutual_pairs: Pairs who talk both ways
-- evidence: hits newest: speaks to another member
-- evidence member_answers: hits newest: a member's question that a member answered
-- example: 20 comments below our posts, 6 of them to each other, by 4 pairs of whom 1 talks both ways: 6 / 20 =
--   30 %, and 1 / 4 of the pairs.
with comments as (
    select o.organisation, s.post, s.author as person, s.said_at
    from said s
    join said r on r.post = s.thread
    join ours o on o.account = r.author
    left join ours us on us.organisation = o.organisation and us.account = s.author
    join windows w on w.organisation = o.organisation
    where s.post <> s.thread and us.account is null and s.deleted_at is null and not s.is_automatic
        and not s.is_share and not s.is_private and s.said_at between w.begins and w.ends
), talk as (
    select c.organisation, c.post, c.person, c.other, c.answers, c.said_at
    from community c
    join windows w on w.organisation = c.organisation
    where c.below_own_post and c.said_at between w.begins and w.ends
), pairs as (
    select
        organisation, least(person, other) as one, greatest(person, other) as another,
        max(post) as post, max(said_at) as said_at, count(distinct person) as sides
    from talk
    where person <> other
    group by organisation, least(person, other), greatest(person, other)
)
select
    c.organisation, '' as part, c.post, c.said_at as happened_at, t.post is not null as hit, true as sure
from comments c
left join talk t on t.organisation = c.organisation and t.post = c.post
union all
select c.organisation, 'member_answers', c.post, c.said_at, a.answers is not null, true
from comments c
join held h on h.post = c.post and h.side = 'theirs' and h.kind = 'question'
left join (select distinct organisation, answers from talk) a
    on a.organisation = c.organisation and a.answers = c.post
union all
select organisation, 'mutual_pairs', post, said_at, sides = 2, true
from pairs
