-- Monologue: does it speak to itself?
-- number: 16
-- group: conversation
-- shape: share
-- unit: share
-- needs: O
-- formula: originals and self-threads that mention no outsider, quote nobody else and ask nothing /
--   originals and self-threads
-- formula names_brand: originals and self-threads that name a word of its brand / all of them, where
--   its words are known
-- needs names_brand: O brand
-- claim: A5
-- band: L | | 59 % of the tweets of 100 nonprofits only inform | Lovejoy & Saxton | 2012
-- part names_brand: Names its own brand
-- evidence: hits newest: mentions nobody, quotes nobody, asks nothing
-- evidence names_brand: hits newest: names its own brand
-- example: 10 originals: 2 mention a customer, 1 asks a question, 1 goes on from one of them without
--   either: 7 / 10 = 70 %.
with alone as (
    select organisation, post, said_at from own_posts where class in ('original', 'self_thread')
), reaching_out as (
    select o.organisation, o.post
    from mentions m
    left join pieces t on t.piece = m.post
    join alone o on o.post = coalesce(t.post, m.post)
    left join ours u on u.organisation = o.organisation and u.account = m.account
    where u.account is null
    union
    select o.organisation, o.post
    from alone o
    join posts p on p.post = o.post and (p.has_poll or p.quoted is not null)
    left join ours u on u.organisation = o.organisation and u.account = p.quoted_author
    where p.has_poll or u.account is null
    union
    select o.organisation, o.post
    from alone o
    join held h on h.post = o.post and h.side = 'ours' and h.kind in ('question', 'asks', 'invitation')
), worded as (
    select
        o.organisation, o.post, concat(' ', lower(p.text), ' ') as text, b.value,
        instr(concat(' ', lower(p.text), ' '), b.value) as place
    from alone o
    join brands b on b.organisation = o.organisation and b.kind = 'word'
    join posts p on p.post = o.post
), named as (
    -- A word ends where no letter follows: what lower and upper case leave alone, as they do all
    -- letters of scripts without spaces. The slow look at every place is for the few that fail.
    select distinct organisation, post
    from worded
    where place > 0 and (
        (
            lower(substr(text, place - 1, 1)) = upper(substr(text, place - 1, 1))
            and lower(substr(text, place + length(value), 1)) = upper(substr(text, place + length(value), 1))
        )
        or instr(
            translate(text, '.,:;!?"''’()[]{}#@/-', '                   '),
            concat(' ', translate(value, '.,:;!?"''’()[]{}#@/-', '                   '), ' ')
        ) > 0
    )
)
select
    o.organisation, '' as part, o.post, o.said_at as happened_at, r.post is null as hit, true as sure
from alone o
left join reaching_out r on r.organisation = o.organisation and r.post = o.post
union all
select o.organisation, 'names_brand', o.post, o.said_at, n.post is not null, true
from alone o
join (select distinct organisation from brands where kind = 'word') b on b.organisation = o.organisation
left join named n on n.organisation = o.organisation and n.post = o.post
