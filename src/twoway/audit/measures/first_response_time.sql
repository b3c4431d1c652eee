-- First response time: how long do people wait for an answer?
-- number: 6
-- group: conversation
-- shape: duration
-- unit: minutes
-- needs: R C
-- formula: length of the waiting intervals that begin with a post sure to call for an answer,
--   in public; `all` with Kaplan & Meier's estimate, in which those still open, withdrawn, solved
--   by the community or marked "no answer needed" are censored, and `among answered`
-- claim: A3
-- band median_answered: D | fast < 8 < ordinary < 91 < slow | median among answered, quartiles of 75
--   brands (p10 and p90: 4 and 440 minutes) | tweets of support desks | 2017
-- band median_answered: L | quicker than airlines < 22 < between < 46 < slower than most answers to complaints
--   | median among answered: airlines 22 minutes, complaints to companies 46 | Einwiller & Steilen | 2015
-- band p90_answered: D | better than half of 75 brands < 516 < worse than half | ninth decile among
--   answered, median of 75 brands | tweets of support desks | 2017
-- part median_all: Median, all intervals
-- part p90_all: Ninth decile, all intervals
-- part median_answered: Median among answered
-- part p90_answered: Ninth decile among answered
-- evidence: ended longest: answered after {length}
-- example: answered after 10, 20 and 40 minutes, two still open after 30 and 60: of 5 waiting at first 4
--   are left after 10 and 3 after 20, 2 of them still watched at 40, where one more is answered. 3/5 × 1/2 =
--   30 % wait longer than 40 minutes, so the median of all is 40; among answered it is 20.
select
    organisation, '' as part, post, since as happened_at,
    coalesce(ended_at, ends) - since as length,
    coalesce(ended_by in ('answer', 'taken_private'), false) as ended
from waits
join windows using (organisation)
where is_sure and in_window and not is_private
