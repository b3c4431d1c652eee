-- Repeated content: does it say the same again and again?
-- number: 14
-- group: conversation
-- shape: repeats
-- unit: share
-- needs: O
-- formula: originals of at least 20 characters (links, handles and digits aside) that share 70 % of their
--   words, or of their pairs of characters in scripts without spaces, with an earlier original of the
--   same account in the window / such originals
-- formula exact: originals whose text is the same as that of an earlier one / such originals
-- claim: A7 A8
-- band: L | | repetitive or boring content made 52 % stop following a brand on Facebook: the first reason
--   | ExactTarget | 2011
-- band exact: D | ordinary < 2.2 % < more than three pages in four < 5.1 % < more than nine pages in ten
--   | exact repetitions among the originals of public pages: median 0.6 %, p75 2.2 %, p90 5.1 %;
--   two pages 31 and 22 % | pages on Facebook | 2016
-- part exact: Word for word
-- evidence: hits newest: says again what it said before
-- example: of 10 originals 3 say the same and one differs from them by a word in ten: the first of the
--   four repeats nothing, so 3 / 10 = 30 %, word for word 2 / 10.
with originals as (
    select
        o.organisation, o.post, o.said_at, r.text_key,
        first_value(o.post) over (
            partition by o.organisation, o.author, r.text_key order by o.said_at, o.post
            rows between unbounded preceding and current row
        ) as first_same
    from own_posts o
    join own_readings r on r.organisation = o.organisation and r.post = o.post
    where o.class = 'original' and r.text_key is not null
), alike as (
    select
        o.organisation, l.post, l.other,
        row_number() over (
            partition by o.organisation, l.post order by o.said_at, l.other
        ) as place
    from likeness l
    join originals o on o.post = l.other
    where l.form = 'full'
)
select
    o.organisation, '' as part, o.post, o.said_at as happened_at,
    o.first_same <> o.post or a.other is not null as hit, true as sure,
    coalesce(a.other, o.first_same) as first_said
from originals o
left join alike a on a.organisation = o.organisation and a.post = o.post and a.place = 1
union all
select organisation, 'exact', post, said_at, first_same <> post, true, first_same
from originals
