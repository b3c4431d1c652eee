-- What posts do: what are its originals for?
-- number: 26
-- group: conversation
-- shape: distribution
-- unit: share
-- needs: O
-- formula: originals that are an offer or a launch / originals. Each original is in one class, the first that
--   holds in this order: offer, launch, link to its own site, featuring others, question, daily
--   life of people, information
-- claim: A1 A8 B1
-- band: L | | "only tweets sales" is named as a reason to stop following | practitioners' essays | 2009–2014
-- part offer: Offer or sale
-- part launch: Launch or announcement
-- part own_link: Link to its own site
-- part featuring: Featuring others
-- part question: Question
-- part daily_life: Daily life of people
-- part information: Information
-- evidence: hits newest: offers or announces something
-- evidence daily_life: hits newest: daily life of its people
-- example: 20 originals: 6 offers, one of them with a question, 2 launches, 3 questions and 9 that only
--   inform: (6 + 2) / 20 = 40 %, question 3 / 20.
with kinds as (
    select
        o.organisation, o.post,
        max(case h.kind when 'offer' then h.certainty end) as offer,
        max(case h.kind when 'launch' then h.certainty end) as launch,
        max(case h.kind when 'own_link' then h.certainty end) as own_link,
        max(case h.kind when 'featuring' then h.certainty end) as featuring,
        max(case when h.kind in ('question', 'invitation') then h.certainty end) as question,
        max(case h.kind when 'daily_life' then h.certainty end) as daily_life,
        max(case h.kind when 'information' then h.certainty end) as information
    from own_posts o
    join held h on h.post = o.post and h.side = 'ours'
    where o.class = 'original'
    group by o.organisation, o.post
), own_links as (
    select distinct o.organisation, o.post
    from links l
    left join pieces t on t.piece = l.post
    join own_posts o on o.post = coalesce(t.post, l.post) and o.class = 'original'
    join brands b on b.organisation = o.organisation and b.kind = 'site'
        and (l.site = b.value or l.site like concat('%.', b.value))
), placed as (
    select
        o.organisation, o.post, o.said_at, k.offer, k.launch, k.featuring, k.question, k.daily_life,
        k.information, case when l.post is null then k.own_link else 1.0 end as own_link,
        case
            when k.offer is not null then 'offer'
            when k.launch is not null then 'launch'
            when k.own_link is not null or l.post is not null then 'own_link'
            when k.featuring is not null then 'featuring'
            when k.question is not null then 'question'
            when k.daily_life is not null then 'daily_life'
            else 'information'
        end as part
    from own_posts o
    left join kinds k on k.organisation = o.organisation and k.post = o.post
    left join own_links l on l.organisation = o.organisation and l.post = o.post
    where o.class = 'original'
)
select
    organisation, part, post, said_at as happened_at, part in ('offer', 'launch') as hit,
    case part
        when 'offer' then offer when 'launch' then launch when 'own_link' then own_link
        when 'featuring' then featuring when 'question' then question
        when 'daily_life' then daily_life else coalesce(information, 0.0)
    end as certainty
from placed
