-- Posted at once: how often does an original follow within five minutes of the one before?
-- shape: share
-- unit: share
-- needs: O
-- part rapid: Within five minutes of the last
-- formula: originals less than 5 minutes after the account's last original / originals that have one before
-- band rapid: D | ordinary < 10.7 % < more than nine pages in ten | gaps under 5 minutes on public
--   pages: median 2.3 %, p90 10.7 % | pages on Facebook | 2016
-- evidence rapid: hits newest: less than five minutes after the one before
select
    organisation, 'rapid' as part, post, said_at as happened_at,
    gap < 5 * 60000000 as hit, true as sure
from (
    select
        organisation, post, said_at,
        said_at - lag(said_at) over (
            partition by organisation, author order by said_at, post
        ) as gap
    from own_posts
    where class = 'original'
) gaps
where gap is not null
