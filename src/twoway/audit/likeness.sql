-- Near-duplicates: pairs of originals of one author, and of replies of one organisation whichever
-- of its accounts wrote them, with at least 70 % of their words in common.
-- Exact: every pair that is alike is found (but see "crowd"), and none is that is not.

-- make likeness_piles: numbers for what is compared: the originals of an account, as one text on two
--   networks is no repetition; the replies of an organisation, as people may share a template
select
    organisation, account,
    cast(2 * row_number() over (order by organisation, account) as integer) as of_account,
    cast(2 * dense_rank() over (order by organisation) + 1 as integer) as of_organisation
from ours

-- make likeness_chosen: the posts compared: originals of some length, and of each organisation's
--   replies the 300 with the lowest keys, which are hashes of their ids. (rank() where row_number()
--   would say the same: DuckDB 2.0 turns that one into lists of 300, which do not spill.)
select o.post, o.said_at, 'full' as form, p.of_account as pile
from own_posts o
join own_readings r on r.organisation = o.organisation and r.post = o.post
join likeness_piles p on p.organisation = o.organisation and p.account = o.author
where o.class = 'original' and r.text_key is not null
union all
select o.post, o.said_at, 'bare', p.of_organisation
from (
    select
        organisation, author, post, said_at,
        rank() over (partition by organisation order by post) as lot
    from own_posts
    where class = 'reply'
) o
join likeness_piles p on p.organisation = o.organisation and p.account = o.author
where o.lot <= 300

-- make likeness_posts: numbered by pile and time
select
    post, form, pile, cast(row_number() over (order by pile, said_at, post) as integer) as place
from likeness_chosen

-- make likeness_words: their words, each once, also where several pieces say it; a word is mixed
--   with its pile (exclusive or), so that the same word of two piles is two
select p.pile, p.place, (w.word | p.pile) - (w.word & p.pile) as word
from words w
join likeness_posts p on p.post = w.post and p.form = w.form
join said s on s.post = p.post and s.pieces = 1
union all
select distinct p.pile, p.place, (w.word | p.pile) - (w.word & p.pile)
from likeness_posts p
join pieces k on k.post = p.post
join words w on w.post = k.piece and w.form = p.form

-- make likeness_sets: the words of a post as a count, a sum that tells sets apart, and 124 bits
select
    place, cast(count(*) as integer) as size, bit_xor(word) as fingerprint,
    bit_or(case when (word & 64) = 0 then cast(power(2, (word & 63) % 62) as bigint) else 0 end) as low,
    bit_or(case when (word & 64) = 0 then 0 else cast(power(2, (word & 63) % 62) as bigint) end) as high,
    max(pile) as pile
from likeness_words
group by place

-- make likeness_firsts: of posts with the very same words the first, which stands for all of them
select pile, size, fingerprint, min(place) as place, max(low) as low, max(high) as high
from likeness_sets
group by pile, size, fingerprint

-- make likeness_shared: the words that another post of the pile has as well
with said as (
    select w.place, w.word from likeness_words w join likeness_firsts f on f.place = w.place
)
select s.place, s.word, f.posts
from said s
join (
    select word, cast(count(*) as integer) as posts from said group by word having count(*) > 1
) f on f.word = s.word

-- make likeness_rare: the rarest words of each post: of two posts that share 70 % of their words,
--   both have one of these in common (prefix filter). A word of more than 128 posts is a crowd,
--   in which a post meets the 32 to 64 before it only: a feed of 100,000 posts made by one
--   template would otherwise make 5,000,000,000 pairs.
select
    place, word, size, low, high,
    case when posts <= 128 then 0 else 1 + cast(floor(row_number() over (
        partition by word, posts > 128 order by place
    ) / 32) as integer) end as crowd
from (
    select
        w.place, w.word, w.posts, s.size, s.low, s.high,
        s.size - s.known + row_number() over (partition by w.place order by w.posts, w.word) as rank
    from likeness_shared w
    join (
        select w.place, count(*) as known, max(s.size) as size, max(s.low) as low,
            max(s.high) as high
        from likeness_shared w
        join likeness_firsts s on s.place = w.place
        group by w.place
        having 10 * count(*) >= 7 * max(s.size)
    ) s on s.place = w.place
) ranked
where 10 * (rank - 1) <= 3 * size

-- make likeness_candidates: pairs that may be alike by their sizes and bitmaps (bitmap filter)
select distinct a.place, b.place as other, a.size, b.size as other_size
from likeness_rare a
cross join (select 0 as back union all select 1) steps
join likeness_rare b on b.word = a.word and b.crowd = a.crowd - steps.back
where b.place < a.place
    and 10 * b.size >= 7 * a.size and 10 * a.size >= 7 * b.size
    and 17 * (
        cast(bit_count((a.low | b.low) - (a.low & b.low)) as integer)
        + cast(bit_count((a.high | b.high) - (a.high & b.high)) as integer)
    ) <= 3 * (a.size + b.size)

-- make likeness_pairs: the candidates that are alike, counted word by word
select place, other, common / cast(size + other_size - common as double) as jaccard
from (
    select c.place, c.other, max(c.size) as size, max(c.other_size) as other_size, count(*) as common
    from likeness_candidates c
    join likeness_shared a on a.place = c.place
    join likeness_shared b on b.place = c.other and b.word = a.word
    group by c.place, c.other
) counted
where 17 * common >= 7 * (size + other_size)

-- make likeness: of each post the first that it is like, and the first that is like it; a post
--   with the very words of an earlier one is like that, and like what that is like
with pairs as (
    select place, other, jaccard, other = first_before as is_first
    from (
        select
            place, other, jaccard, min(other) over (partition by place) as first_before,
            min(place) over (partition by other) as first_after
        from likeness_pairs
    ) paired
    where other = first_before or place = first_after
), copies as (
    select s.place, f.place as original
    from likeness_sets s
    join likeness_firsts f
        on f.pile = s.pile and f.size = s.size and f.fingerprint = s.fingerprint
    where f.place < s.place
), kept as (
    select place, other, jaccard from pairs
    union all
    select place, original, 1.0 from copies
    union all
    select c.place, p.other, p.jaccard
    from copies c
    join pairs p on p.place = c.original and p.is_first
)
select p.post, o.post as other, p.form, cast(k.jaccard as double) as jaccard
from kept k
join likeness_posts p on p.place = k.place
join likeness_posts o on o.place = k.other
