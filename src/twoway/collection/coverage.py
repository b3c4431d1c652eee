"""Which streams of which accounts a file holds that does not say so: inferred, and said in words.

Two kinds of files state nothing. *Timelines* hold what some accounts wrote; the parents of their
replies are mostly missing. *Conversations* hold what several people said to each other; what an
account said outside of them may be missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from twoway.collection.database import Database, quoted
from twoway.collection.rows import Row
from twoway.core.coverage import STREAMS, Stream

# Who wrote less than WRITES posts in a file of more authors than FEW_AUTHORS is the public.
FEW_AUTHORS: Final = 50
WRITES: Final = 10
# At most so many are taken as those to be judged, those first whom most people speak to.
SUBJECTS: Final = 50
# Whom so many different people speak to is no mere passer-by.
SPOKEN_TO_BY: Final = 3
# … and as many as this share of those who speak to the most spoken to: rivals, not regulars.
BESIDE_THE_FIRST: Final = 0.1
# A file in which at least this share of the replies finds its parent holds conversations.
WHOLE: Final = 0.5
# Replies held / replies counted by the network, from which on nothing seems to be missing.
ALL_THERE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Inferred:
    """Rows of core.tables.COVERAGE, and the sentences that say what was inferred.

    Where the user said it, they overrule whatever else is known of those accounts.
    """

    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    overrules: bool = False


@dataclass(frozen=True, slots=True)
class _Subject:
    """An account whose own posts the file seems to be about."""

    account: int
    handle: str
    originals: int
    replies: int
    shares: int
    begins: int
    ends: int
    comments: int
    mentions: int
    quotes: int
    left_alone: int
    counted: int
    held: int
    has_profile: bool


def infer(database: Database, account: str | None, covers: tuple[str, ...]) -> Inferred:
    """Infer the coverage of the posts in table `plain`, with the views posts, mentions, accounts.

    `account` is the one the user asked for, `covers` what they say the file holds.
    """
    _count(database)
    if not database.number("select count(*) from writers"):
        return Inferred()
    has_conversations = _has_conversations(database)
    notes = _choose_subjects(database, account, has_conversations=has_conversations)
    subjects = _find_inbound(database, has_conversations=has_conversations)
    if not subjects:
        return Inferred(notes=tuple(notes))
    if covers:
        rows = [
            (one.account, stream, one.begins, one.ends, True, "said with --covers")
            for one in subjects
            for stream in covers
        ]
        return Inferred(tuple(rows), tuple(notes), overrules=True)
    held = _conversations(subjects) if has_conversations else _timelines(subjects)
    rows = [
        (one.account, stream, one.begins, one.ends, is_complete, f"inferred: {how}")
        for one, stream, is_complete, how in held
    ]
    return Inferred(tuple(rows), (*notes, _say(subjects, rows)))


def _count(database: Database) -> None:
    """Count what everybody in the file wrote, and who speaks to whom in the whole collection."""
    database.run(
        "create or replace table writers as select author, count(*) as posts, "
        "count(*) filter (where not is_reply and shared is null) as originals, "
        "count(*) filter (where is_reply and parent_author is distinct from author) as replies, "
        "count(shared) as shares, min(said_at) as begins, max(said_at) as ends "
        "from posts semi join plain using (post) group by author"
    )
    database.run(
        "create or replace table heard as "
        "select parent_author as account, author, post, said_at, 'comments' as stream from posts "
        "where parent_author <> author union all "
        "select m.account, p.author, p.post, p.said_at, 'mentions' from mentions m "
        "join posts p using (post) where m.is_new and m.account <> p.author "
        "and p.parent_author is distinct from m.account union all "
        "select quoted_author, author, post, said_at, 'quotes' from posts "
        "where quoted_author <> author"
    )


def _has_conversations(database: Database) -> bool:
    ((replies, found),) = database.rows(
        "select count(*), count(above.post) from posts p semi join plain using (post) "
        "left join (select post from posts) above on above.post = p.parent "
        "where p.is_reply and p.parent_author is distinct from p.author"
    )
    return bool(replies) and found / replies >= WHOLE


def _choose_subjects(
    database: Database, account: str | None, *, has_conversations: bool
) -> list[str]:
    """Make table `subjects` (author): whose coverage is worth stating; say how they were chosen."""
    database.run(
        "create or replace table ranked as select w.author, w.posts, w.originals, "
        "count(distinct h.author) as people from writers w left join heard h "
        "on h.account = w.author group by all"
    )
    if account is not None:
        wanted = quoted(account.removeprefix("@").lower())
        named = f"select account from accounts where {wanted} in (lower(handle), lower(id))"
        if _keep_subjects(database, f"author in ({named})"):
            return []
        return [f"No post in the file is by {account}, so nothing is known about it."]
    authors = database.number("select count(*) from ranked")
    conditions = ["true"] if authors == 1 else _conditions(authors, has_conversations)
    chosen = next((found for one in conditions if (found := _keep_subjects(database, one))), 0)
    return [] if chosen == authors else [_say_who(authors, chosen)]


def _say_who(authors: int, chosen: int) -> str:
    if chosen:
        return (
            f"{authors:,} accounts wrote in the file; {chosen:,} of them are taken as those it is "
            "about, the others as the public. Name another one with --account."
        )
    return (
        f"{authors:,} accounts wrote in the file, nobody of whom it seems to be about: it holds "
        "replies to posts that are not in it. Name one of them with --account."
    )


def _conditions(authors: int, has_conversations: bool) -> list[str]:
    """Return the tests of a subject; the first that anybody passes counts."""
    if has_conversations:
        most = "(select max(people) from ranked)"
        return [
            f"people >= {SPOKEN_TO_BY} and people >= {BESIDE_THE_FIRST} * {most}",
            f"people = {most}",
        ]
    return ["true"] if authors <= FEW_AUTHORS else [f"posts >= {WRITES} and originals > 0"]


def _keep_subjects(database: Database, condition: str) -> int:
    """Keep those who pass, the most spoken to first, and return how many there are."""
    database.run(
        f"create or replace table subjects as select author from ranked where {condition} "
        f"order by people desc, posts desc, author limit {SUBJECTS}"
    )
    return database.number("select count(*) from subjects")


def _find_inbound(database: Database, *, has_conversations: bool) -> list[_Subject]:
    """Return the subjects; in timelines what subjects say to each other is no inbound."""
    who = "true" if has_conversations else "author not in (from subjects)"
    database.run(
        f"create or replace table inbound as from heard where account in (from subjects) and {who}"
    )
    return [_Subject(*row) for row in database.rows(_SUBJECTS)]


_SUBJECTS: Final = """
select w.author, a.handle, w.originals, w.replies, w.shares, w.begins,
       greatest(w.ends, coalesce(i.ends, w.ends)) as ends,
       coalesce(i.comments, 0), coalesce(i.mentions, 0), coalesce(i.quotes, 0),
       coalesce(o.left_alone, 0), coalesce(o.counted, 0), coalesce(o.held, 0),
       a.biography is not null
from writers w
semi join subjects using (author)
join accounts a on a.account = w.author
left join (
  select account, max(said_at) as ends,
         count(*) filter (where stream = 'comments') as comments,
         count(*) filter (where stream = 'mentions') as mentions,
         count(*) filter (where stream = 'quotes') as quotes
  from inbound group by account
) i on i.account = w.author
left join (
  select p.author, count(*) filter (where below.parent is null and not p.is_reply) as left_alone,
         sum(p.seen_replies) as counted, sum(below.replies) as held
  from posts p semi join plain using (post)
  left join (select parent, count(*) as replies from posts group by parent) below
  on below.parent = p.post
  where p.shared is null group by p.author
) o on o.author = w.author
order by w.posts desc, w.author
"""


def _timelines(subjects: list[_Subject]) -> Iterator[tuple[_Subject, Stream, bool, str]]:
    """Own posts count as complete; a stream that nobody in the file has was perhaps left out."""
    for one in subjects:
        if any(other.originals for other in subjects):
            yield one, "originals", True, "the file holds them"
        if any(other.replies for other in subjects):
            yield one, "replies", True, "the file holds them"
        if any(other.shares for other in subjects):
            yield one, "shares", True, "the file holds them"
        yield from _received(one)


def _conversations(subjects: list[_Subject]) -> Iterator[tuple[_Subject, Stream, bool, str]]:
    """An original that nobody answered shows that not only conversations were kept."""
    for one in subjects:
        is_complete = one.left_alone > 0
        how = (
            "the file holds originals that nobody answered, so it does not hold conversations only"
            if is_complete
            else "the file holds conversations; what was said outside of them may be missing"
        )
        yield one, "originals", is_complete, how
        yield one, "replies", is_complete, how
        if one.shares:
            yield one, "shares", is_complete, how
        yield from _received(one)


def _received(one: _Subject) -> Iterator[tuple[_Subject, Stream, bool, str]]:
    if one.comments:
        if one.counted and one.held >= ALL_THERE * one.counted:
            how = f"the file holds at least {ALL_THERE:.0%} of the replies that the network counted"
            yield one, "comments", True, how
        else:
            yield one, "comments", False, "the file holds some by other people"
    if one.mentions:
        yield one, "mentions", False, "the file holds some by other people"
    if one.quotes:
        yield one, "quotes", False, "the file holds some by other people"
    if one.has_profile:
        yield one, "profile", True, "the file holds it"


def _say(subjects: list[_Subject], rows: list[Row]) -> str:
    """Say what was inferred, and what the audit can therefore not see."""
    names = ", ".join(f"@{one.handle}" for one in subjects[:3])
    if len(subjects) > 3:
        names += f" and {len(subjects) - 3:,} more"
    held = [stream for stream in STREAMS if any(row[1] == stream for row in rows)]
    main: tuple[Stream, ...] = ("originals", "replies", "comments")
    missing = [stream for stream in main if stream not in held]
    said = f"Inferred for {names}: the file covers {', '.join(held) or 'no stream'}"
    if missing:
        said += f"; it shows no {' and no '.join(missing)}, so those count as not covered"
    return f"{said}. Use --covers to say otherwise."
