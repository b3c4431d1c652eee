-- Unprompted comments: does it join other people's conversations?
-- number: 11
-- group: people
-- shape: share
-- unit: share
-- needs: R parents
-- formula: replies to posts that neither mention us nor stand in our threads / own posts; replies to posts
--   that we do not have only widen the bound
-- claim: A6
-- evidence: hits newest: joined a conversation without being asked
-- example: 20 own posts, 9 of them replies: 7 below our own posts or to people who named us, 2 to a stranger's
--   question: 2 / 20 = 10 %.
select
    organisation, '' as part, post, said_at as happened_at, coalesce(is_unprompted, false) as hit,
    class <> 'reply' or is_unprompted is not null as sure
from own_posts
