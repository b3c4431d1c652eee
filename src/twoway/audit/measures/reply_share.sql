-- Reply share: does the account answer people, or only post?
-- number: 1
-- group: conversation
-- shape: share
-- unit: share
-- needs: O R
-- formula: replies / (originals + replies + quotes of others)
-- claim: A1 A4
-- band: ours | broadcast < 5 % < mostly broadcast < 20 % < mixed < 50 % < conversational
--   | replies among originals, replies and quotes | limits set by this project | 2026
-- band: L | like most nonprofits < 20 % < more conversational than most | conversational tweets
--   among all tweets of 73 nonprofits | Lovejoy, Waters & Saxton | 2012
-- band: L | below brands' average < 4.2 % < above brands' average | replies among replies and promotional
--   posts: 23 promotional posts for each reply | Sprout Social | 2016
-- band: D | | a news account on Bluesky replied in 0.3 % of its posts; support desks in at least
--   94.5 %, which are judged by how they answer | measured on public collections | 2024–2026
-- evidence: hits newest: a reply to somebody
-- example: 5 originals, 3 replies and 2 quotes of others: 3 / 10 = 30 %; shares and self-threads
--   count on neither side.
select
    organisation, '' as part, post, said_at as happened_at, class = 'reply' as hit,
    case when class = 'reply' and not names_whom then null else true end as sure
from own_posts
where class in ('original', 'reply', 'quote')
