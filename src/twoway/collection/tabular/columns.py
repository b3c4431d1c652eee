"""Which column of a table is what: said by the user, known by its layout, or guessed and shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from twoway.collection.errors import Unreadable
from twoway.collection.tabular.cells import is_empty, read_count
from twoway.collection.tabular.dates import DateForm, NoDate
from twoway.collection.tabular.layout import Layout, choose_layout
from twoway.collection.tabular.likely import (
    choose_id,
    choose_time,
    has_sentences,
    hold_posts,
    likely_author,
    likely_clock,
)
from twoway.collection.tabular.roles import ALIASES, ESSENTIAL, ROLES, normal, spellings

Sample = Mapping[str, Sequence[Any]]
"""Some cells of every column, those with nothing in them left out."""

_COUNTS: Final = frozenset({"likes", "shares", "replies", "followers", "following"})
_TIMES: Final = frozenset({"created_at", "observed_at", "deleted_at"})
_FLAT: Final = frozenset({"handle", "name", "author", "id", "parent", "root"})
# Names of texts that are as often those of numbers or states.
_AMBIGUOUS: Final = frozenset({"comment", "post", "status", "description", "tweet", "caption"})
# Names of what comments stand below that are as often those of the posts themselves.
_OFTEN_IDS: Final = frozenset({"comment_post_id", "post_id", "status_id", "media_id", "article_id"})
# Most cells of a column must be what its name promises, some may be damaged.
_MOST: Final = 0.6
_SOME: Final = 0.01


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of each role that has one, and how the table was recognised."""

    layout: Layout
    of: Mapping[str, str]
    unused: tuple[str, ...]
    is_follows: bool = False
    hangs_below_root: bool = False
    """Where no parent is named, a row stands below its root, which is a post."""

    def sentence(self, file: str) -> str:
        """Say what was taken for what."""
        taken = ", ".join(f"{role} = {column}" for role, column in self.of.items())
        left = f"; not used: {', '.join(self.unused[:20])}" if self.unused else ""
        more = " …" if len(self.unused) > 20 else ""
        return f"{file}, read as {self.layout.name}: {taken}{left}{more}."


def choose_columns(
    file: str,
    names: Sequence[str],
    sample: Sample,
    forms: Mapping[str, DateForm],
    said: Mapping[str, str],
) -> Columns:
    """Decide the role of every column; raises Unreadable where posts cannot be told."""
    columns = _Found(names, sample, forms)
    for role, column in said.items():
        columns.take(_role(role), _named(file, column, names))
    layout = choose_layout(frozenset(columns.by_normal))
    for role, wanted in layout.columns.items():
        columns.take_first(role, wanted.split("|"))
    for role, known in ROLES.items():
        if layout.columns.get(role) != "":
            columns.take_first(role, known)
    is_follows = columns.is_follows()
    if not is_follows:
        columns.take_at_worst("created_at", least=_SOME)
        columns.guess_by_content()
        if "id" not in said and layout.adjust is None:
            columns.settle_id(keep="id" in layout.columns)
        _demand_essentials(file, columns, names)
    unused = tuple(name for name in names if name not in columns.of.values())
    hangs = layout.adjust is None and hold_posts(columns.of.get("root"))
    return Columns(layout, columns.of, unused, is_follows, hangs)


class _Found:
    """Columns taken so far; a column has one role only."""

    def __init__(self, names: Sequence[str], sample: Sample, forms: Mapping[str, DateForm]) -> None:
        self.of: dict[str, str] = {}
        self.by_normal: dict[str, str] = {}
        spelt = [spellings(name) for name in names]
        for way in zip(*spelt, strict=True):
            for spelling, name in zip(way, names, strict=True):
                self.by_normal.setdefault(spelling, name)
        self._sample = sample
        self._forms = forms

    def take(self, role: str, column: str) -> None:
        self.of[role] = column

    def take_first(self, role: str, known: Sequence[str]) -> None:
        """Give a role the first free column of a known name whose cells can be that."""
        if role in self.of:
            return
        for name in known:
            column = self.by_normal.get(name)
            if column and column not in self.of.values() and self._can_be(role, column):
                self.take(role, column)
                return

    def take_at_worst(self, role: str, least: float) -> None:
        """Give times the column of a known name in which at least some cells are dates."""
        for name in ROLES[role]:
            column = self.by_normal.get(name)
            free = column and role not in self.of and column not in self.of.values()
            if column and free and self._are_dates(column, least=least, bare_numbers=True):
                self.take(role, column)

    def say_what_is_no_date(self) -> str:
        """Show a cell of the column whose name promises times; "" where no name does."""
        for column in filter(None, map(self.by_normal.get, ROLES["created_at"])):
            if cells := self._sample.get(column):
                cell = str(cells[0])[:40]
                return f"{column} holds no dates such as 2026-03-01 09:30, but {cell!r}. "
        return ""

    def is_follows(self) -> bool:
        """Tell a list of who follows whom."""
        return "follower" in self.of and "followed" in self.of and "text" not in self.of

    def guess_by_content(self) -> None:
        """Find times by their form and texts by their length, whatever they are called."""
        free = [name for name in self._sample if name not in self.of.values()]
        if "created_at" not in self.of:
            dates = [name for name in free if self._are_dates(name, least=0.95, bare_numbers=False)]
            if (column := choose_time(dates)) is not None:
                self.take("created_at", column)
        if "text" not in self.of:
            lengths = {name: self._length_of_prose(name) for name in free}
            longest = max(lengths, key=lambda name: lengths[name], default=None)
            if longest is not None and lengths[longest] > 0:
                self.take("text", longest)
        self._take_clock()
        if not {"author", "handle", "name"} & self.of.keys():
            left = {n: c for n, c in self._sample.items() if n not in self.of.values()}
            if (column := likely_author(left)) is not None:
                self.take("handle", column)

    def _take_clock(self) -> None:
        """Take the time of day from a column of its own where the dates have none."""
        days = self._sample.get(self.of.get("created_at", ""), ())
        free = {n: c for n, c in self._sample.items() if n not in self.of.values()}
        if (column := likely_clock(days, free)) is not None:
            self.take("clock", column)

    def settle_id(self, *, keep: bool) -> None:
        """Choose the id by what stands there: no two posts have the same, and replies name it.

        What was taken for it before may be the id of what the posts stand below. With `keep` the
        layout knows the id.
        """
        roles = ("id", "root", "address")
        names = [self.by_normal.get(n) for n in (*ROLES["id"], *ROLES["address"][:-1])]
        free = {n for n in names if n and n not in self.of.values()}
        ours = {
            self.of[role] for role in roles if role in self.of and not (keep and role == "root")
        }
        held = [n for n in dict.fromkeys([*names, self.of.get("address")]) if n in free | ours]
        before = self.of.get("id")
        if keep or not held:
            return
        parents = self._sample.get(self.of.get("parent", ""), ())
        chosen = choose_id({n: self._sample.get(n, ()) for n in held if n}, parents, before)
        if chosen is None or chosen == before:
            return
        if chosen == self.of.get("root"):
            del self.of["root"]
        self.take("id", chosen)
        if "root" not in self.of:
            self.take_first("root", ROLES["root"])

    def _can_be(self, role: str, column: str) -> bool:
        cells = self._sample.get(column, ())
        if not cells:
            return True
        if role in _TIMES:
            return self._are_dates(column, least=_MOST, bare_numbers=True)
        if role in _COUNTS:
            return _share(cells, lambda cell: read_count(cell) is not None) >= _MOST
        return self._can_tell(role, column, cells)

    def _can_tell(self, role: str, column: str, cells: Sequence[Any]) -> bool:
        if normal(column) in _AMBIGUOUS:
            is_text = _share(cells, lambda cell: isinstance(cell, str) and not cell.isdigit())
            return is_text >= _MOST and has_sentences(cells)
        if role == "root" and normal(column) in _OFTEN_IDS:
            return len(set(map(str, cells))) < len(cells)
        if role == "title":  # one that many rows share is their thread's, and they do not say it
            return len(set(map(str, cells))) >= _MOST * len(cells)
        return role not in _FLAT or not any(isinstance(cell, (dict, list)) for cell in cells)

    def _are_dates(self, column: str, *, least: float, bare_numbers: bool) -> bool:
        def is_date(cell: Any) -> bool:
            if (
                not bare_numbers
                and not hasattr(cell, "year")
                and str(cell).replace(".", "").isdigit()
            ):
                return False
            try:
                return form.read(cell) > 0
            except NoDate:
                return False

        form = self._forms[column]
        cells = self._sample.get(column, ())
        return bool(cells) and _share(cells, is_date) >= least

    def _length_of_prose(self, column: str) -> float:
        """Return the mean length of cells that are sentences: several words, no addresses."""
        cells = self._sample.get(column, ())
        prose = [
            c for c in cells if isinstance(c, str) and c.count(" ") >= 2 and "://" not in c[:10]
        ]
        return sum(map(len, prose)) / len(cells) if len(prose) > len(cells) / 2 else 0.0


def _share(cells: Sequence[Any], test: Callable[[Any], bool]) -> float:
    return sum(map(test, cells)) / len(cells)


def _role(said: str) -> str:
    role = said if said in ROLES else ALIASES.get(said.lower(), "")
    if not role:
        raise Unreadable(
            f"--columns: {said} is not one of our names. They are: {', '.join(sorted(ROLES))}."
        )
    return role


def _named(file: str, column: str, names: Sequence[str]) -> str:
    for name in names:
        if column == name or normal(column) == normal(name):
            return name
    raise Unreadable(f"--columns: {file} has no column {column}. It has: {', '.join(names)}.")


def _demand_essentials(file: str, columns: _Found, names: Sequence[str]) -> None:
    missing = [role for role in ESSENTIAL if role not in columns.of]
    if not missing:
        return
    what = {"text": "what was said", "created_at": "when it was said"}
    example = ",".join(f"{role}=…" for role in missing)
    odd = columns.say_what_is_no_date() if "created_at" in missing else ""
    raise Unreadable(
        f"{file}: no column tells {' or '.join(what[role] for role in missing)}. {odd}"
        f"Its columns are: {', '.join(names)}. Name them with --columns {example}."
    )


def without_empty(cells: Sequence[Any]) -> list[Any]:
    """Return the cells in which something stands."""
    return [cell for cell in cells if not is_empty(cell)]
