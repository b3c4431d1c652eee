-- Reachability: can people find who is behind it, and a way to reach them?
-- number: 21
-- group: place
-- shape: checklist
-- unit: text
-- value: none
-- needs: P
-- formula: yes, no or unknown for each; one yes among several accounts is a yes, and what the network does
--   not tell is unknown
-- formula replies_open: anybody may reply; also where people do
-- formula contact: the profile names a way to reach it outside the network
-- formula hours: the profile says when somebody is there
-- formula people: an account is a named person's, or its biography holds a signer's name or explains
--   signatures (^AB)
-- formula site: the profile links to a site that links back (rel=me)
-- formula biography: the profile has a biography
-- formula messages_open: anybody may write privately; also where people do
-- claim: D2 D5
-- band site: L | | 96 % of the profiles of Fortune 500 companies link to a site | Rybalko & Seltzer | 2010
-- band people: L | | 27 % of the profiles of Fortune 500 companies say who writes | Rybalko & Seltzer | 2010
-- band biography: L | | 82 % of the profiles of Fortune 500 companies have a biography | Rybalko & Seltzer | 2010
-- part replies_open: Anybody may reply
-- part contact: A way to reach it elsewhere
-- part hours: When somebody is there
-- part people: Names of people
-- part site: Its site, linked both ways
-- part biography: A biography
-- part messages_open: Private messages open
-- example: two accounts; one has a biography and a site that links back, of the other nothing is known:
--   biography yes, site yes, all else unknown.
with heard as (
    select
        organisation, max(case when how in ('reply', 'flat') then 1 else 0 end) as replies,
        max(case when is_private then 1 else 0 end) as messages
    from addressed
    group by organisation
), signers as (
    select distinct o.organisation, r.signature
    from own_posts o
    join own_readings r on r.organisation = o.organisation and r.post = o.post
    where o.class = 'reply' and length(r.signature) > 1
), profiles as (
    select
        o.organisation, a.account, a.biography, a.person_name, a.contact, a.hours, a.site,
        a.site_links_back, a.replies_open, a.messages_open, coalesce(h.replies, 0) as replies,
        coalesce(h.messages, 0) as messages, count(s.signature) as signers
    from ours o
    join accounts a on a.account = o.account
    left join heard h on h.organisation = o.organisation
    left join signers s on s.organisation = o.organisation and instr(a.biography, s.signature) > 0
    group by
        o.organisation, a.account, a.biography, a.person_name, a.contact, a.hours, a.site,
        a.site_links_back, a.replies_open, a.messages_open, h.replies, h.messages
), answers as (
    select
        organisation, 'replies_open' as part, replies_open or replies = 1 as answer, '' as detail
    from profiles
    union all
    select organisation, 'contact', contact <> '', contact from profiles
    union all
    select organisation, 'hours', hours <> '', hours from profiles
    union all
    select
        organisation, 'people',
        person_name is not null or signers > 0 or instr(biography, '^') > 0, person_name
    from profiles
    union all
    select organisation, 'site', site_links_back, site from profiles
    union all
    select organisation, 'biography', biography <> '', biography from profiles
    union all
    select organisation, 'messages_open', messages_open or messages = 1, '' from profiles
)
select
    organisation, part, case when answer then 'yes' when not answer then 'no' else 'unknown' end as answer,
    coalesce(detail, '') as detail
from answers
