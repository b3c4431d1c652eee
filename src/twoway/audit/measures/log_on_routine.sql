-- Log-on routine: does it log on, post and log off again?
-- number: 10
-- group: conversation
-- shape: spread
-- statistic: burstiness
-- unit: score
-- needs: O
-- formula: of the n gaps between the originals of an account, r = standard deviation / mean; burstiness is
--   (√(n + 1) · r − √(n − 1)) / ((√(n + 1) − 2) · r + √(n − 1)): −1 by the clock, 0 by chance, 1 in
--   bursts. Gaps of several accounts are taken together, each in means of its account
-- source: Kim & Jo 2016, Measuring burstiness for finite event sequences
-- claim: A4
-- band: D | steadier than most pages < -0.07 < ordinary < 0.24 < more in bursts than most pages
--   | burstiness of the originals of public pages: median 0.09, quartiles −0.07 and 0.24 | pages on Facebook | 2016
-- parts: rapid silent_sessions active_hours
-- evidence: all longest: after a silence of {length}
-- example: originals at 0, 10, 20, 30, 40 and 50 minutes: every gap is 10, so r = 0 and burstiness
--   (0 − √4) / (0 + √4) = −1.
select
    organisation, '' as part, post, said_at as happened_at,
    gap / nullif(avg(gap) over (partition by organisation, author), 0) as amount, gap as length
from (
    select
        organisation, author, post, said_at,
        said_at - lag(said_at) over (
            partition by organisation, author order by said_at, post
        ) as gap
    from own_posts
    where class = 'original'
) gaps
where gap is not null
