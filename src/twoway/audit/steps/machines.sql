-- A post of an organisation that no person wrote (2.4.7 of docs/reference/turn-rule.md): sent by an
-- account or client marked automatic, or one of three or more copies of the same words that each came
-- within a minute of what they reply to.
with keyed as (
    select q.us, q.post, coalesce(k.piece, q.post) as piece, r.text_key
    from quick q
    left join pieces k on k.post = q.post
    left join readings r on r.post = coalesce(k.piece, q.post) and r.version = 0
), worded as (
    select us, post, text_key, '' as words
    from keyed
    where text_key is not null
    union all
    -- Words too few for a key count as they stand, without the handle they begin with. (Apart, because
    -- to read all texts is dear, and mostly there is none to be read.)
    select
        q.us, q.post, q.text_key,
        case
            when p.text like '@%' and instr(p.text, ' ') = 0 then ''
            when p.text like '@%' then trim(substr(p.text, instr(p.text, ' ')))
            else trim(p.text)
        end
    from keyed q
    join posts p on p.post = q.piece
    where q.text_key is null
), texts as (
    select
        us, post, bit_xor(text_key) as text_key, min(words) as words, max(words) as more,
        count(*) as pieces
    from worded
    where text_key is not null or words <> ''
    group by us, post
), copied as (
    select us, text_key, words, more, pieces
    from texts
    group by us, text_key, words, more, pieces
    having count(*) >= 3
)
select us, post
from we_said
where is_automatic
union
select t.us, t.post
from texts t
join copied c on c.us = t.us and coalesce(c.text_key, 0) = coalesce(t.text_key, 0)
    and c.words = t.words and c.more = t.more and c.pieces = t.pieces
