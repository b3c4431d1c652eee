-- Named people: do people with names answer, or the company?
-- number: 18
-- group: people
-- shape: share
-- unit: share
-- needs: R
-- formula: replies signed by a person (^AB, *TMT, -Anna, /NS, "Anna from …"), or from an account that is a
--   named person's / replies
-- formula first_person: replies that speak as I or we / replies
-- claim: B1
-- band: D | hardly ever < 10 % < sometimes < 88 % < as half of the support desks | signed replies: median of 35
--   support desks 88 %; Apple, McDonald's and Nike 0 % | tweets of support desks | 2017
-- part first_person: Speaks as I or we
-- parts: signers profile_names first_person
-- evidence: hits newest: signed
-- example: 20 replies, 12 end in "^AB" or "-Anna" and 3 come from a colleague's own account: 15 / 20 = 75 %.
with replies as (
    select
        o.organisation, o.post, o.said_at, r.first_person,
        r.signature is not null or a.person_name is not null as is_signed
    from own_posts o
    join own_readings r on r.organisation = o.organisation and r.post = o.post
    left join accounts a on a.account = o.author
    where o.class = 'reply'
)
select organisation, '' as part, post, said_at as happened_at, is_signed as hit, true as sure
from replies
union all
select organisation, 'first_person', post, said_at, first_person, true
from replies
