-- Signers: how many different people answer?
-- shape: spread
-- statistic: distinct
-- unit: count
-- needs: R
-- part signers: People who sign
-- formula: different signatures and named accounts among the replies that have one
select
    o.organisation, 'signers' as part, o.post, o.said_at as happened_at,
    cast(dense_rank() over (
        partition by o.organisation order by lower(coalesce(r.signature, a.person_name))
    ) as double) as amount,
    cast(null as bigint) as length
from own_posts o
join own_readings r on r.organisation = o.organisation and r.post = o.post
left join accounts a on a.account = o.author
where o.class = 'reply' and (r.signature is not null or a.person_name is not null)
