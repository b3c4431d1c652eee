-- "You never answer": how many people tell it so?
-- number: 105
-- group: audience
-- shape: count
-- unit: count
-- needs: C
-- formula: people who said in public, in a post addressed to it in the window, that it never answers
-- claim: B6
-- evidence: all newest: says that it never answers
-- example: 40 posts addressed to it, 3 of which say "do you ever answer here?", 2 of them by one person: 2.
select organisation, '' as part, post, said_at as happened_at, age
from (
    select
        a.organisation, a.post, a.said_at, w.ends - a.said_at as age,
        row_number() over (
            partition by a.organisation, a.person order by a.said_at desc, a.post
        ) as place
    from addressed a
    join windows w on w.organisation = a.organisation
    join (select distinct post from readings where says_never_answer) r on r.post = a.post
    where a.in_window and not a.is_private and a.deleted_at is null
) told
where place = 1
