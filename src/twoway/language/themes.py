"""What several people talk about: clusters with readable names that keep their identity from day to day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from twoway.language.phrases import phrasebook
from twoway.language.surface import look
from twoway.language.tongue import KNOWN

Floats = NDArray[np.float32]

# More posts are sampled evenly: beyond this a theme's name does not change, only the wait for it.
MOST_POSTS = 8000
_WORDS = 3000
_ROUNDS = 15
# A word in more of the posts than this tells none from another.
_TOO_COMMON = 0.6
_MERGED = 0.85
# Alike enough to be yesterday's theme.
_SAME = 0.35
_NAMED_BY = 3
_SHOWN = 5
_FEWEST = 3
_NATURES = {"complaint": "issue", "request": "wish", "praise": "liking"}


@dataclass(frozen=True, slots=True)
class Said:
    """An opening post: themes are made of what begins conversations, not of thanks and answers."""

    post: int
    author: int
    text: str
    language: str | None
    kinds: frozenset[str]
    is_recent: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme; `words` weigh what it is about and recognise it tomorrow.

    `recent` and `before` count its posts in the period and in the one before; `nature` is issue,
    wish, liking or talk; `best` are the posts that show it best. A person's `name` stays.
    """

    id: int
    name: str
    is_named_by_hand: bool
    words: dict[str, float]
    posts: tuple[int, ...]
    best: tuple[int, ...]
    recent: int
    before: int
    nature: str


def themes(
    said: Sequence[Said], earlier: Sequence[Theme] = (), leave_out: Iterable[str] = ()
) -> list[Theme]:
    """Return the themes of `said`, the largest first; one of `earlier` that goes on keeps id and name.

    `leave_out` are words everybody says: the brand's name, for one.
    """
    step = max(1, -(-len(said) // MOST_POSTS))
    chosen = said[::step]
    bags = [_words(one, frozenset(leave_out)) for one in chosen]
    vocabulary = _vocabulary(bags)
    if len(chosen) < _FEWEST or not vocabulary:
        return []
    vectors, rare = _vectors(bags, vocabulary)
    groups = _clusters(vectors)
    found = [
        _theme(np.flatnonzero(groups == g), chosen, bags, vectors, rare, vocabulary)
        for g in np.unique(groups)
    ]
    kept = [theme for theme in found if theme and len(theme.posts) >= _FEWEST]
    return sorted(_recognised(kept, earlier), key=lambda theme: (-theme.recent, theme.id))


def _words(one: Said, leave_out: frozenset[str]) -> list[str]:
    book = phrasebook(one.language) if one.language in KNOWN and one.language else None
    dull = (
        book.lists["common"] | book.lists["filler"] | book.lists["greeting"]
        if book
        else frozenset[str]()
    )
    return [
        word
        for word in look(one.text).words
        if len(word) > 2 and word not in dull and word not in leave_out and not word.isdigit()
    ]


def _vocabulary(bags: Sequence[Sequence[str]]) -> dict[str, int]:
    seen = Counter(word for bag in bags for word in set(bag))
    often = [
        word for word, count in seen.most_common(_WORDS) if 1 < count < _TOO_COMMON * len(bags) + 2
    ]
    return {word: place for place, word in enumerate(sorted(often))}


def _vectors(bags: Sequence[Sequence[str]], vocabulary: dict[str, int]) -> tuple[Floats, Floats]:
    counts = np.zeros((len(bags), len(vocabulary)), dtype=np.float32)
    for row, bag in enumerate(bags):
        for word in bag:
            place = vocabulary.get(word)
            if place is not None:
                counts[row, place] = 1
    rare = np.log((1 + len(bags)) / (1 + counts.sum(axis=0))).astype(np.float32)
    vectors = counts * rare
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), rare


def _clusters(vectors: Floats) -> NDArray[np.int64]:
    """Return a group number for every post: k-means on directions, then near ones merged."""
    count = max(1, round(np.sqrt(len(vectors) / 2)))
    chance = np.random.default_rng(5)
    centres = vectors[_spread(vectors, count, chance)]
    groups = np.zeros(len(vectors), dtype=np.int64)
    for _ in range(_ROUNDS):
        fresh = np.argmax(vectors @ centres.T, axis=1)
        if (fresh == groups).all():
            break
        groups = fresh
        centres = _centres(vectors, groups, len(centres))
    like = centres @ centres.T
    into = np.array(
        [np.flatnonzero(like[i, : i + 1] >= _MERGED).min(initial=i) for i in range(len(centres))]
    )
    return into[groups]


def _spread(vectors: Floats, count: int, chance: np.random.Generator) -> list[int]:
    """Return places to begin from that are far from each other."""
    places = [int(chance.integers(len(vectors)))]
    nearest = vectors @ vectors[places[0]]
    for _ in range(count - 1):
        far = np.maximum(1 - nearest, 0) ** 2
        if far.sum() <= 0:
            break
        places.append(int(chance.choice(len(vectors), p=far / far.sum())))
        nearest = np.maximum(nearest, vectors @ vectors[places[-1]])
    return places


def _centres(vectors: Floats, groups: NDArray[np.int64], count: int) -> Floats:
    sums = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, groups, vectors)
    centres: Floats = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return centres


def _theme(
    members: NDArray[np.int64],
    said: Sequence[Said],
    bags: Sequence[Sequence[str]],
    vectors: Floats,
    rare: Floats,
    vocabulary: dict[str, int],
) -> Theme | None:
    counts = Counter(word for i in members for word in set(bags[i]) if word in vocabulary)
    told = {
        word: count * float(rare[vocabulary[word]]) for word, count in counts.items() if count > 1
    }
    # One busy author is no theme.
    if not told or len({said[i].author for i in members}) < _FEWEST:
        return None
    top = sorted(told, key=lambda word: (-told[word], word))
    centre = vectors[members].mean(axis=0)
    near = members[np.argsort(-(vectors[members] @ centre), kind="stable")]
    recent = sum(said[i].is_recent for i in members)
    return Theme(
        id=0,
        name=" / ".join(top[:_NAMED_BY]),
        is_named_by_hand=False,
        words={word: round(told[word], 3) for word in top[:30]},
        posts=tuple(said[i].post for i in members),
        best=tuple(said[i].post for i in near[:_SHOWN]),
        recent=recent,
        before=len(members) - recent,
        nature=_nature([said[i].kinds for i in members]),
    )


def _nature(kinds: Sequence[frozenset[str]]) -> str:
    counts = Counter(_NATURES[name] for one in kinds for name in one if name in _NATURES)
    if not counts:
        return "talk"
    name, count = counts.most_common(1)[0]
    return name if count * 3 >= len(kinds) else "talk"


def _recognised(found: Sequence[Theme], earlier: Sequence[Theme]) -> list[Theme]:
    """Return `found` with the ids and names of those of `earlier` that they go on from."""
    pairs = sorted(
        (
            (_likeness(new, old), n, o)
            for n, new in enumerate(found)
            for o, old in enumerate(earlier)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    match: dict[int, int] = {}
    for likeness, new, old in pairs:
        if likeness >= _SAME and new not in match and old not in match.values():
            match[new] = old
    fresh = max((theme.id for theme in earlier), default=0)
    named = []
    for place, theme in enumerate(found):
        if place in match:
            known = earlier[match[place]]
            name = known.name if known.is_named_by_hand else theme.name
            named.append(
                replace(theme, id=known.id, name=name, is_named_by_hand=known.is_named_by_hand)
            )
        else:
            fresh += 1
            named.append(replace(theme, id=fresh))
    return named


def _likeness(one: Theme, other: Theme) -> float:
    shared = sum(weight * other.words.get(word, 0.0) for word, weight in one.words.items())
    lengths = [sum(weight**2 for weight in theme.words.values()) ** 0.5 for theme in (one, other)]
    return shared / (lengths[0] * lengths[1]) if all(lengths) else 0.0
