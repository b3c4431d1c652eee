-- A post of an organisation that no person wrote (2.4.7 of docs/reference/turn-rule.md): sent by an
-- account or client marked automatic, or one of three or more copies of the same words that each came
-- within a minute of what they reply to.
with quick as (
    select w.organisation, w.post
    from we_said w
    join said s on s.post = w.above
    where not w.is_flat and not w.is_share and w.said_at - s.said_at between 0 and 60000000
    union
    -- without nesting, within a minute of a post of the person it speaks to
    select r.organisation, r.post
    from reached r
    join said s on s.thread = r.thread and s.author = r.person
    where r.way in ('flat', 'lead') and s.is_flat and r.said_at - s.said_at between 0 and 60000000
        and (s.said_at < r.said_at or s.enter < r.enter)
), worded as (
    -- A text too short for a key counts as it stands, without the handle it begins with.
    select
        q.organisation, q.post, r.text_key,
        case
            when r.text_key is not null then ''
            when p.text like '@%' and instr(p.text, ' ') = 0 then ''
            when p.text like '@%' then trim(substr(p.text, instr(p.text, ' ')))
            else trim(p.text)
        end as words
    from quick q
    join threads t on t.first_piece = q.post
    join posts p on p.post = t.post
    left join readings r on r.post = p.post and r.version = 0
), texts as (
    select
        organisation, post, bit_xor(text_key) as text_key, min(words) as words, max(words) as more,
        count(*) as pieces
    from worded
    where text_key is not null or words <> ''
    group by organisation, post
), copied as (
    select organisation, text_key, words, more, pieces
    from texts
    group by organisation, text_key, words, more, pieces
    having count(*) >= 3
)
select organisation, post
from we_said
where is_automatic
union
select t.organisation, t.post
from texts t
join copied c
    on c.organisation = t.organisation and coalesce(c.text_key, 0) = coalesce(t.text_key, 0)
        and c.words = t.words and c.more = t.more and c.pieces = t.pieces
