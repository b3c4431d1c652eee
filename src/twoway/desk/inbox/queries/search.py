"""Find what was said: the newest first, a page at a time, without sorting what was found."""

from dataclasses import dataclass

import msgspec

from twoway.desk import database
from twoway.desk.database import fetch
from twoway.desk.folding import fold
from twoway.desk.inbox.models import Post
from twoway.desk.inbox.queries.lists import carried
from twoway.desk.inbox.search.asking import Asked, ask, page
from twoway.desk.people.models import Account
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate

_MOST_TALKS = 2_000
_opened = msgspec.json.Decoder(list[int]).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What a search is narrowed to; `month` is counted from year 0, `is_ours` None means both."""

    channel: int | None = None
    person: int | None = None
    kind: str = ""
    language: str = ""
    month: int | None = None
    is_ours: bool | None = None


@dataclass(slots=True)
class Hit:
    """A post that was found (its account fetched), and the conversation it belongs to, if any."""

    post: Post
    conversation: int | None


@dataclass(slots=True)
class Found:
    """A page of hits, the newest first, and before which post the next one begins."""

    hits: list[Hit]
    next: str | None


def search_for_observer(
    teammate: Teammate,
    words: str,
    narrowed: Narrowed | None = None,
    before: str | None = None,
    size: int = 50,
) -> Found:
    """Return the posts that hold all words asked for; none where nothing was asked."""
    needs(teammate, "observer")
    asked = ask(words)
    narrowed = narrowed or Narrowed()
    facets = _facets(narrowed)
    if not asked and not facets:
        return Found([], None)
    facets += _organisation(teammate)
    older = carried(before)
    alternatives = _by_account(teammate, narrowed)
    numbers = sorted(
        {
            post
            for account in alternatives
            for post in page(asked, [*facets, *account], older, size + 1)
        },
        reverse=True,
    )[: size + 1]
    posts = [post for post in _posts(teammate, numbers[:size]) if _says(post, asked)]
    following = str(numbers[size - 1]) if len(numbers) > size else None
    return Found(_hits(posts), following)


def _organisation(teammate: Teammate) -> list[str]:
    """Return the facet of a teammate's organisation, where there is another one.

    Every post of it has this facet: looking that up for each post that holds the words took 6 to
    30 ms with five million.
    """
    if len(database.ask("select id from team_organisation limit 2")) == 1:
        return []
    return [f"o{teammate.organisation_id}"]


def _facets(narrowed: Narrowed) -> list[str]:
    named = []
    if narrowed.channel is not None:
        named.append(f"c{narrowed.channel}")
    if narrowed.kind.replace("_", "").isalnum():
        named.append(f"k{narrowed.kind.replace('_', '')}")
    if narrowed.language.isalnum():
        named.append(f"l{narrowed.language}")
    if narrowed.month is not None:
        named.append(f"m{narrowed.month}")
    if narrowed.is_ours is not None:
        named.append("w1" if narrowed.is_ours else "w0")
    return named


def _by_account(teammate: Teammate, narrowed: Narrowed) -> list[list[str]]:
    """A person is found by the accounts they have; one question each."""
    if narrowed.person is None:
        return [[]]
    rows = Account.objects.filter(
        organisation_id=teammate.organisation_id, person_id=narrowed.person
    )
    return [[f"a{account}"] for account in rows.values_list("pk", flat=True)[:10]]


def _posts(teammate: Teammate, numbers: list[int]) -> list[Post]:
    """Return posts with their accounts, the newest first."""
    posts = fetch(
        Post,
        "where id in (%s) and organisation_id = %s order by id desc",
        numbers,
        teammate.organisation_id,
    )
    wrote = {post.account_id for post in posts}
    accounts = {one.pk: one for one in fetch(Account, "where id in (%s)", wrote)} if posts else {}
    for post in posts:
        post.account = accounts[post.account_id]
    return posts


def _says(post: Post, asked: Asked) -> bool:
    """Check phrases in the text itself: the index keeps no places of words."""
    if not asked.phrases:
        return True
    text = " ".join(fold(post.text).split())
    return all(phrase in text for phrase in asked.phrases)


def _hits(posts: list[Post]) -> list[Hit]:
    """Find the conversations of posts; one of ours belongs to the first in whose exchange it is."""
    rows = database.ask(
        "select id, thread_id, person_id, exchange from inbox_conversation "
        f"where thread_id in (%s) order by id limit {_MOST_TALKS}",
        {post.thread_id for post in posts},
    )
    of_person: dict[tuple[int, int], int] = {}
    of_post: dict[int, int] = {}
    for talk, thread, person, exchange in rows:
        of_person[thread, person] = talk
        for post in _opened(exchange):
            of_post.setdefault(post, talk)
    return [
        Hit(post, of_post.get(post.pk) or of_person.get((post.thread_id, post.account.person_id)))
        for post in posts
    ]
