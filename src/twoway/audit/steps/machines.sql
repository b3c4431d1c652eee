-- A post of an organisation that no person wrote (2.4.7 of docs/reference/turn-rule.md): sent by an
-- account or client marked automatic, or one of three or more copies of the same words that each came
-- within a minute of what they reply to.
with worded as (
    -- Words too few for a key count as they stand, without the handle they begin with.
    select
        q.us, q.post, r.text_key,
        case
            when r.text_key is not null then ''
            when p.text like '@%' and instr(p.text, ' ') = 0 then ''
            when p.text like '@%' then trim(substr(p.text, instr(p.text, ' ')))
            else trim(p.text)
        end as words
    from quick q
    join posts p on p.post = q.post
    left join readings r on r.post = q.post and r.version = 0
), copied as (
    select us, text_key, words
    from worded
    where text_key is not null or words <> ''
    group by us, text_key, words
    having count(*) >= 3
)
select us, post
from we_said
where is_automatic
union
select w.us, w.post
from worded w
join copied c on c.us = w.us and c.words = w.words
    and coalesce(c.text_key, 0) = coalesce(w.text_key, 0)
