-- Where people are: is it on the networks on which people speak to it?
-- number: 22
-- group: place
-- shape: balance
-- unit: points
-- needs: O R C networks
-- formula: for each network of the organisation, its share of all public posts addressed to it less its share
--   of all own posts; and the networks on which it has no account and others name its brand
-- claim: D1
-- evidence: theirs newest: said to it or about it here
-- example: it received 80 of 100 posts on one network and wrote 10 of its 50 posts there: 80 % − 20 % = +60
--   points there, −60 points on the other.
with several as (
    select o.organisation
    from ours o
    join accounts a on a.account = o.account
    group by o.organisation
    having count(distinct a.network) > 1
), networks as (
    -- Told that they are few, engines look them up in the posts instead of the posts in them.
    select distinct network from posts limit 100
), absent as (
    select s.organisation, n.network
    from several s
    cross join networks n
    left join (
        select o.organisation, a.network
        from ours o
        join accounts a on a.account = o.account
    ) present on present.organisation = s.organisation and present.network = n.network
    where present.network is null
), speaking as (
    select
        a.organisation, p.network, p.post, p.said_at, b.value,
        concat(' ', translate(lower(p.text), '.,:;!?"''’()[]{}#@/-', '                   '), ' ') as text
    from absent a
    join brands b on b.organisation = a.organisation and b.kind = 'word'
    join posts p on p.network = a.network and p.visibility = 'public'
    join windows w on w.organisation = a.organisation and p.said_at between w.begins and w.ends
)
select a.organisation, p.network as part, a.post, a.said_at as happened_at, 'received' as side
from addressed a
join several s on s.organisation = a.organisation
join posts p on p.post = a.post
where a.in_window and not a.is_private and a.deleted_at is null
union all
select o.organisation, a.network, o.post, o.said_at, 'done'
from own_posts o
join several s on s.organisation = o.organisation
join accounts a on a.account = o.author
union all
select distinct organisation, network, post, said_at, 'named'
from speaking
where instr(text, concat(' ', value, ' ')) > 0
