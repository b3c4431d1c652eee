"""A file of labelled posts, as somebody else made it: columns, labels, and what they mean to us."""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from twoway.core.readings import THEIR_KINDS
from twoway.language.evaluation import Labelled
from twoway.language.surface import look
from twoway.language.tongue import detect

# A label may name several kinds.
_BETWEEN = "+|;"
# A file has one language where this share of so many of its posts has.
_ASKED, _FEWEST, _NEARLY_ALL = 500, 20, 0.8


class LabelsError(Exception):
    """A file that cannot be used; `str()` is the whole message, with the cure."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Labelled posts, the kinds their labels speak of, and what the reader of figures must know."""

    name: str
    posts: tuple[Labelled, ...]
    kinds: tuple[str, ...]
    notes: tuple[str, ...]
    says_language: bool

    @classmethod
    def read(
        cls, file: Path, text: str, label: str, language: str | None, names: Mapping[str, str]
    ) -> "Labels":
        """Read `file`; labels are kinds by name, or by `names`. Raises LabelsError."""
        rows = list(_rows(file))
        _check(file, rows, [column for column in (text, label, language) if column])
        wrong = sorted(set(names.values()) - {*THEIR_KINDS, ""})
        if wrong:
            raise LabelsError(
                f"No such kind: {', '.join(wrong)}. Kinds are {', '.join(THEIR_KINDS)}."
            )
        full = [row for row in rows if str(row.get(text) or "").strip()]
        posts = tuple(
            Labelled(str(row[text]), _kinds(row.get(label), names), _code(row.get(language or "")))
            for row in full
        )
        kinds = tuple(kind for kind in THEIR_KINDS if any(kind in post.kinds for post in posts))
        if not kinds:
            seen = ", ".join(
                name for name, _ in Counter(str(r.get(label)) for r in rows).most_common(8)
            )
            raise LabelsError(
                f"No label in {label!r} is a kind. Say what they mean with --map; labels: {seen}."
            )
        skipped = len(rows) - len(full)
        notes = [f"{skipped:,} rows without text were left out."] if skipped else []
        if not language and (common := _common_language(posts)):
            posts = tuple(replace(post, language=common) for post in posts)
            notes.append(f"Most posts are in {common!r}, which was taken as a hint for all.")
        return cls(file.name, posts, kinds, tuple(notes), bool(language))

    def by_language(self) -> dict[str, list[Labelled]]:
        """Return the posts by language: as the file says, else as told from their texts.

        Told languages of fewer than twenty posts are left out: most of those are slips.
        """
        found: dict[str, list[Labelled]] = defaultdict(list)
        for post in self.posts:
            told = (
                post.language if self.says_language else detect(look(post.text), post.language)[0]
            )
            found[told or ""].append(post)
        least = 1 if self.says_language else _FEWEST
        return {name: own for name, own in found.items() if name and len(own) >= least}


def _common_language(posts: Sequence[Labelled]) -> str | None:
    """Return the language of nearly all posts: it helps to tell that of the shortest."""
    some = posts[:: max(1, len(posts) // _ASKED)]
    told = Counter(detect(look(post.text))[0] for post in some)
    language, count = told.most_common(1)[0]
    return language if len(some) >= _FEWEST and count >= _NEARLY_ALL * len(some) else None


def _rows(file: Path) -> Iterator[Mapping[str, Any]]:
    ending = file.suffix.lower()
    try:
        if ending == ".parquet":
            yield from _parquet(file)
        elif ending in (".jsonl", ".ndjson", ".json"):
            yield from _json(file.read_text("utf-8-sig"))
        else:
            with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
                yield from csv.DictReader(
                    lines, delimiter="\t" if ending in (".tsv", ".tab") else _delimiter(file)
                )
    except (OSError, ValueError, csv.Error) as error:
        raise LabelsError(f"{file.name} cannot be read as {ending or 'CSV'}: {error}") from error


def _parquet(file: Path) -> Iterable[Mapping[str, Any]]:
    from pyarrow import parquet  # noqa: PLC0415 - only where such a file is given

    rows: list[Mapping[str, Any]] = parquet.read_table(file).to_pylist()
    return rows


def _json(text: str) -> Iterator[Mapping[str, Any]]:
    found = (
        json.loads(text)
        if text.lstrip().startswith("[")
        else map(json.loads, filter(str.strip, text.splitlines()))
    )
    for row in found:
        if not isinstance(row, dict):
            raise ValueError(  # noqa: TRY004 - caught with the other ways a file can be wrong
                "each entry must be an object with the columns as its fields"
            )
        yield row


def _delimiter(file: Path) -> str:
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        heading = lines.readline()
    return max(",;\t", key=heading.count)


def _check(file: Path, rows: list[Mapping[str, Any]], columns: list[str]) -> None:
    if not rows:
        raise LabelsError(f"{file.name} has no rows.")
    for column in columns:
        if column not in rows[0]:
            there = ", ".join(map(str, rows[0]))
            raise LabelsError(f"{file.name} has no column {column!r}; its columns: {there}.")


def _kinds(label: Any, names: Mapping[str, str]) -> frozenset[str]:
    parts = label if isinstance(label, list) else _split(str(label if label is not None else ""))
    meant = (names.get(str(part), str(part)) for part in parts)
    return frozenset(name for name in meant if name in THEIR_KINDS)


def _split(label: str) -> list[str]:
    for mark in _BETWEEN:
        label = label.replace(mark, "\n")
    return [part.strip() for part in label.splitlines()]


def _code(value: Any) -> str | None:
    return str(value).strip()[:2].lower() or None if value else None
