-- Core voices: does a loyal base carry the conversation, and are newcomers welcomed?
-- number: 24
-- group: people
-- shape: share
-- unit: share
-- needs: C
-- formula: posts addressed to us, in public, by the tenth of authors who wrote most / all such posts
-- claim: B7
-- evidence: hits newest: by one of the most active tenth
-- parts: regulars response_regulars response_newcomers
-- example: 20 people write 50 posts, the two most active 12 and 8: 20 / 50 = 40 %.
with inbound as (
    select organisation, post, person, said_at
    from addressed
    where in_window and not is_private and deleted_at is null
), authors as (
    select
        organisation, person,
        row_number() over (partition by organisation order by count(*) desc, person) as place,
        count(*) over (partition by organisation) as authors
    from inbound
    group by organisation, person
)
select
    i.organisation, '' as part, i.post, i.said_at as happened_at,
    10 * a.place < a.authors + 10 as hit, true as sure
from inbound i
join authors a on a.organisation = i.organisation and a.person = i.person
