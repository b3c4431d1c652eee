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
    from alone o
    join threads t on t.first_piece = o.post
    join mentions m on m.post = t.post
    left join ours u on u.organisation = o.organisation and u.account = m.account
    where u.account is null
    union
    select o.organisation, o.post
    from alone o
    join posts p on p.post = o.post
    left join ours u on u.organisation = o.organisation and u.account = p.quoted_author
    where p.has_poll or (p.quoted is not null and u.account is null)
    union
    select o.organisation, o.post
    from alone o
    join held h on h.post = o.post and h.side = 'ours' and h.kind in ('question', 'asks', 'invitation')
), named as (
    select
        o.organisation, o.post, o.said_at, replace(lower(p.text), chr(10), ' ') as text, b.value,
        coalesce(r.language, '') in ('ja', 'zh', 'th', 'lo', 'my', 'km') as is_spaceless
    from alone o
    join brands b on b.organisation = o.organisation and b.kind = 'word'
    join own_readings r on r.organisation = o.organisation and r.post = o.post
    join posts p on p.post = o.post
)
select
    o.organisation, '' as part, o.post, o.said_at as happened_at, r.post is null as hit, true as sure
from alone o
left join reaching_out r on r.organisation = o.organisation and r.post = o.post
union all
select
    organisation, 'names_brand', post, said_at,
    max(case
        when instr(text, value) = 0 then 0
        when is_spaceless then 1
        when instr(
            concat(' ', translate(text, '.,:;!?"''’()[]{}#@/-', '                   '), ' '),
            concat(' ', translate(value, '.,:;!?"''’()[]{}#@/-', '                   '), ' ')
        ) > 0 then 1
        else 0
    end) = 1, true
from named
group by organisation, post, said_at
