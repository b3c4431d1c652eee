"""The desk's tables filled directly, at any size: Zipf's words in two scripts, threads, boxes.

Every conversation is made from its number alone, so several processes make parts of one world.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from twoway.desk.inbox.models import Box
from twoway.desk.inbox.search.index import facets

NETWORK = "practice"
CHANNELS = 40
TEAMMATES = 20
TAGS = 200
KINDS = ("question", "complaint", "request")
LANGUAGES = ("en", "en", "en", "de", "fr", "es", "zh")
BEGINS = 1_680_000_000_000_000
SPAN = 3 * 365 * 24 * 3600 * 1_000_000
PER_CONVERSATION = 10
LONG_THREAD = 5_000
VOCABULARY = 50_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything, from the number of posts; the trial's proportions."""

    posts: int

    @property
    def conversations(self) -> int:
        return self.posts // PER_CONVERSATION

    @property
    def people(self) -> int:
        return max(self.posts * 6 // 100, 600)


@cache
def _words() -> tuple[list[str], list[float]]:
    random = Random(7)
    letters = "etaoinshrdlucmfwypvbgk"
    words = [
        "".join(random.choices(letters, k=random.randint(2, 9))) + (str(n) if n > 5_000 else "")
        for n in range(VOCABULARY)
    ]
    return words, list(accumulate(1 / (rank + 5) for rank in range(VOCABULARY)))


def say(random: Random, language: str) -> str:
    """Return a text."""
    if language == "zh":
        return "".join(chr(0x4E00 + int(2_000 * random.random() ** 2)) for _ in range(24))
    words, weights = _words()
    return " ".join(random.choices(words, cum_weights=weights, k=14))


def box_of(random: Random) -> Box:
    """Return where a conversation lies: 4 % ours, 6 % theirs, 90 % settled as in the trial."""
    at = random.random()
    for share, box in (
        (0.04, Box.OURS), (0.10, Box.THEIRS), (0.106, Box.SNOOZED), (0.11, Box.PROMISED),
        (0.12, Box.MAYBE),
    ):  # fmt: skip
        if at < share:
            return box
    return Box.SETTLED


@dataclass(slots=True)
class Part:
    """Rows of some conversations, by table, and what the search index has of their posts."""

    posts: list[tuple[Any, ...]]
    conversations: list[tuple[Any, ...]]
    tags: list[tuple[Any, ...]]
    threads: list[tuple[Any, ...]]
    found: list[tuple[int, str, str]]


def part(size: Size, begin: int, end: int) -> Part:
    """Make the conversations from one number to another."""
    made = Part([], [], [], [], [])
    for number in range(begin, end):
        _converse(size, number, made)
    return made


def _thread(number: int) -> int:
    """The first conversations share one long thread, of all others five share two."""
    long = LONG_THREAD // PER_CONVERSATION
    return 1 if number < long else number * 2 // 5 + 2


def _converse(size: Size, number: int, made: Part) -> None:
    random = Random(number)
    channel = int(CHANNELS * random.random() ** 2) + 1
    # Three conversations share a thread at most, save the long one: three people who differ.
    person = CHANNELS + 1 + int((size.people // 3 - 1) * random.random() ** 3) * 3 + number % 3
    if number < LONG_THREAD // PER_CONVERSATION:
        person = CHANNELS + 1 + number % size.people
    language = random.choice(LANGUAGES)
    box = box_of(random)
    kind = random.choice(KINDS) if box in {Box.OURS, Box.MAYBE, Box.SNOOZED} else ""
    thread = _thread(number)
    is_first = number == 0 or _thread(number - 1) != thread
    start = BEGINS + SPAN * number // size.conversations
    root = f"root{thread}"
    if is_first:
        long = LONG_THREAD if thread == 1 else PER_CONVERSATION * 5 // 2
        made.threads.append((thread, 1, NETWORK, root, long, False))
    posts = PER_CONVERSATION if box in {Box.SETTLED, Box.THEIRS, Box.PROMISED} else 9
    numbers, above = [], None if is_first else root
    for nth in range(posts):
        said_at = start + nth * 1_000_000 + nth
        pk = ((said_at // 1000) << 20) | (number * PER_CONVERSATION + nth) % (1 << 20)
        remote = root if is_first and nth == 0 else f"p{number}.{nth}"
        ours = nth % 2 == 1
        text = say(random, language)
        kinds = [] if ours else [kind or "statement"]
        found = facets(
            organisation=1, channel=channel, account=channel if ours else person,
            said_at=said_at, language=language, kinds=kinds, is_ours=ours,
        )  # fmt: skip
        made.posts.append(
            (
                pk, 1, NETWORK, remote, channel, channel if ours else person, thread, above,
                said_at, text, language, ours, False, False, False, None, None, said_at,
                _record(root, above, channel, person, ours=ours),
                json.dumps([[said_at, kinds, kinds]], separators=(",", ":")),
                json.dumps({"theirs": [[k, 0.9, True] for k in kinds], "language": language}),
                found,
            )
        )  # fmt: skip
        made.found.append((pk, text, found))
        numbers.append(pk)
        above = remote
    last_at = start + (posts - 1) * 1_000_001
    open_posts = numbers[-1:] if box in {Box.OURS, Box.SNOOZED} else []
    rank = -last_at if box in {Box.SETTLED, Box.THEIRS} else last_at
    mate = int(TEAMMATES * random.random()) + 1 if random.random() < 0.5 else None
    pk = number + 1
    made.conversations.append(
        (
            pk, 1, thread, person, NETWORK, channel, mate, int(box), rank,
            last_at if open_posts else None, kind, language, None, box == Box.PROMISED, False,
            False, None, None, None, None, last_at, numbers[-1], posts, json.dumps(numbers),
            json.dumps([["kind", kind]] if kind else []), json.dumps(open_posts), "[]", "[]", 1,
        )
    )  # fmt: skip
    if random.random() < 0.3:
        word = int(TAGS * random.random() ** 2) + 1
        made.tags.append((1, word, pk, int(box), rank, channel, mate, kind, language))


def _record(root: str, above: str | None, channel: int, person: int, *, ours: bool) -> str:
    if above is None:
        return "{}"
    author = f"a{person}" if ours else f"us{channel}"
    return json.dumps(
        {"parent_author": author, "root": root, "mentions": [{"account": author, "is_new": False}]},
        separators=(",", ":"),
    )


def people(size: Size) -> Iterator[tuple[int, bool]]:
    """Hand over all account numbers, and whether they are ours."""
    for number in range(1, CHANNELS + size.people + 1):
        yield number, number <= CHANNELS
