-- Talking and listening: how many people does it speak to, and how much does it hear for each answer?
-- number: 2
-- group: conversation
-- shape: ratio
-- unit: ratio
-- value: none
-- needs: O R C
-- formula: two ratios
-- formula outsiders_per_original: different people outside the organisation spoken to : originals
-- formula received_per_given: replies received : replies given
-- needs outsiders_per_original: O R
-- claim: A2
-- band received_per_given: D | | a news account received 140,843 replies and gave 23 | public posts on Bluesky | 2024–2026
-- part outsiders_per_original: People spoken to per original
-- part received_per_given: Replies received per reply given
-- evidence received_per_given: over newest: a reply received
-- example: 4 originals and 6 replies to 2 people are 2 : 4 = 0.5; 30 replies received for those 6 are
--   30 : 6 = 5.
select
    o.organisation, 'outsiders_per_original' as part, o.post, o.said_at as happened_at,
    'over' as side, s.person as thing
from own_posts o
join spoken s on s.organisation = o.organisation and s.post = o.post
union all
select organisation, 'outsiders_per_original', post, said_at, 'under', null
from own_posts
where class = 'original'
union all
select organisation, 'received_per_given', post, said_at, 'over', null
from addressed
where in_window and not is_private and deleted_at is null and how in ('reply', 'goes_on', 'flat')
union all
select organisation, 'received_per_given', post, said_at, 'under', null
from own_posts
where class = 'reply'
