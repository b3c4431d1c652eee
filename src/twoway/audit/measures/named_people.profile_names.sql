-- Names in the profile: does the profile say who writes?
-- shape: checklist
-- unit: text
-- needs: P
-- part profile_names: The profile names people
-- formula: yes where an account is a named person's, or its biography holds a signer's name or explains
--   signatures (^AB); no where it has a biography without them; unknown where there is none to read
-- band profile_names: L | | 27 % of the profiles of Fortune 500 companies say who writes | Rybalko & Seltzer | 2010
with signers as (
    select distinct o.organisation, r.signature
    from own_posts o
    join own_readings r on r.organisation = o.organisation and r.post = o.post
    where o.class = 'reply' and length(r.signature) > 1
)
select
    o.organisation, 'profile_names' as part,
    case
        when a.person_name is not null or instr(a.biography, '^') > 0 or count(s.signature) > 0
            then 'yes'
        when a.biography is null then 'unknown'
        else 'no'
    end as answer,
    coalesce(a.person_name, min(s.signature), '') as detail
from ours o
join accounts a on a.account = o.account
left join signers s on s.organisation = o.organisation and instr(a.biography, s.signature) > 0
group by o.organisation, o.account, a.person_name, a.biography
