-- A post that is written in several pieces, and one of these, the first one included.
with later as (
    select post as piece, first_piece as post
    from threads
    where first_piece <> post
)
select piece, post from later
union all
select distinct post, post from later
