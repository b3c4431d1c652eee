-- Only a link: does it say anything itself, or only point somewhere?
-- number: 13
-- group: conversation
-- shape: share
-- unit: share
-- needs: O
-- formula: originals with a link whose text without links, handles and tags is under 20 characters (8 in
--   scripts without spaces) or is the link's title / originals
-- formula any_link: originals with a link / originals
-- formula own_site: originals with a link to a site of the organisation / originals
-- claim: A8
-- band: D | ordinary < 6 % < more than three pages in four < 15 % < more than nine pages in ten
--   | originals that only link, public pages: median 1.8 %, p75 6 %, p90 15 %; one technology
--   site 29 % | pages on Facebook | 2016
-- part any_link: With any link
-- part own_site: With a link to its own site
-- evidence: hits newest: a link and nothing else
-- evidence own_site: hits newest: leads to its own site
-- example: 10 originals, 6 with links; one says "Read: https://…" and one repeats the title of the page
--   it links to: 2 / 10 = 20 %, any link 6 / 10.
with linked as (
    select
        o.organisation, o.post, max(case when b.value is not null then 1 else 0 end) as is_own,
        max(length(case when instr(p.text, l.title) > 0 then l.title end)) as title_length
    from own_posts o
    join threads t on t.first_piece = o.post
    join links l on l.post = t.post
    join posts p on p.post = t.post
    left join brands b on b.organisation = o.organisation and b.kind = 'site'
        and (l.site = b.value or l.site like concat('%.', b.value))
    where o.class = 'original'
    group by o.organisation, o.post
), originals as (
    select
        o.organisation, o.post, o.said_at, l.is_own, r.bare_length < case
            when coalesce(r.language, p.language, w.language) in ('ja', 'zh', 'th', 'lo', 'my', 'km')
            then 8 else 20
        end or r.bare_length <= l.title_length as is_bare
    from own_posts o
    join windows w on w.organisation = o.organisation
    join own_readings r on r.organisation = o.organisation and r.post = o.post
    join posts p on p.post = o.post
    left join linked l on l.organisation = o.organisation and l.post = o.post
    where o.class = 'original'
), part as (
    select '' as part
    union all
    select 'any_link'
    union all
    select 'own_site'
)
select
    o.organisation, part.part, o.post, o.said_at as happened_at,
    coalesce(o.is_own >= 0 and case part.part
        when '' then o.is_bare when 'any_link' then true else o.is_own = 1
    end, false) as hit,
    true as sure
from originals o
cross join part
