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
with linking as (
    select o.organisation, o.post, l.post as piece, l.site, l.title
    from links l
    left join pieces t on t.piece = l.post
    join own_posts o on o.post = coalesce(t.post, l.post) and o.class = 'original'
), linked as (
    select l.organisation, l.post, max(case when b.value is not null then 1 else 0 end) = 1 as is_own
    from linking l
    left join brands b on b.organisation = l.organisation and b.kind = 'site'
        and (l.site = b.value or l.site like concat('%.', b.value))
    group by l.organisation, l.post
), titled as (
    select l.organisation, l.post, max(length(l.title)) as length
    from linking l
    join posts p on p.post = l.piece
    where instr(p.text, l.title) > 0
    group by l.organisation, l.post
), judged as (
    select
        o.organisation, o.post, o.said_at, l.post is not null as has_link, coalesce(l.is_own, false) as is_own,
        l.post is not null and (
            r.bare_length < case
                when coalesce(r.language, w.language) in ('ja', 'zh', 'th', 'lo', 'my', 'km') then 8
                else 20
            end
            or r.bare_length <= coalesce(t.length, 0)
        ) as is_bare
    from own_posts o
    join windows w on w.organisation = o.organisation
    join own_readings r on r.organisation = o.organisation and r.post = o.post
    left join linked l on l.organisation = o.organisation and l.post = o.post
    left join titled t on t.organisation = o.organisation and t.post = o.post
    where o.class = 'original'
)
select organisation, '' as part, post, said_at as happened_at, is_bare as hit, true as sure
from judged
union all
select organisation, 'any_link', post, said_at, has_link, true from judged
union all
select organisation, 'own_site', post, said_at, is_own, true from judged
