"""Reads tables of any make: CSV, TSV, JSON, JSON lines and Parquet, of posts or of follows."""

from collections.abc import Generator, Iterator
from datetime import tzinfo
from pathlib import PurePosixPath
from typing import Any, Final

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Note, Record, Rejected
from twoway.collection.source import Source
from twoway.collection.tabular.columns import Columns, choose_columns, without_empty
from twoway.collection.tabular.dates import DateForm, choose_form
from twoway.collection.tabular.files import is_spreadsheet, open_table, table_names
from twoway.collection.tabular.follows import read_follows
from twoway.collection.tabular.networks import UNKNOWN, guess_network
from twoway.collection.tabular.posts import PostMaker
from twoway.collection.tabular.rows import TableFile, in_batches
from twoway.collection.tabular.wording import looks_like_html
from twoway.collection.tabular.zones import find_zone

NAME = "table (CSV, TSV, JSON, JSON lines, Parquet)"
PRIORITY = 100

_SAMPLE: Final = 1_000
_SAMPLE_SIZE: Final = 16 * 1024**2
_MOST_COLUMNS: Final = 2_000
_FEW: Final = 20
_NAMED: Final = 5


def recognises(source: Source) -> bool:
    """Tell anything with a table in it, and spreadsheets, so that they are refused with a cure."""
    return is_spreadsheet(source) or bool(table_names(source))


def read(source: Source, options: Options) -> Iterator[Record]:
    """Hand over the posts of every table in the source; a table that is none is told of."""
    if is_spreadsheet(source):
        raise Unreadable(f"{source.path} is a spreadsheet. Save it as CSV and give that.")
    names = table_names(source)
    zone = find_zone(options.zone)
    failed: list[Unreadable] = []
    for name in names:
        try:
            yield from _read_table(source, name, options, zone)
        except Unreadable as error:
            failed.append(error)
            if len(failed) == len(names):
                raise
            yield Rejected(name, 0, str(error), "")
    others = [name for name in source.names() if name not in names]
    if others:
        are = "1 file is no table" if len(others) == 1 else f"{len(others):,} files are no tables"
        more = " …" if len(others) > _NAMED else ""
        yield Note(f"{source.name}: {are}: {', '.join(others[:_NAMED])}{more}")


def _read_table(source: Source, name: str, options: Options, zone: tzinfo) -> Iterator[Record]:
    table = open_table(source, name)
    sample = _sample(table)
    forms = {column: choose_form(cells, zone) for column, cells in sample.items()}
    columns = choose_columns(name, table.columns, sample, forms, options.columns)
    yield Note(columns.sentence(name))
    if columns.is_follows:
        yield from read_follows(table, columns, options.network)
        return
    form = forms[columns.of["created_at"]]
    yield from _tell_of_dates(name, columns.of["created_at"], form, sample, options.zone)
    owner = yield from _find_owner(source, name, columns, options)
    maker = PostMaker(
        file=name,
        columns=columns,
        network=options.network or columns.layout.network or _network(columns, sample),
        form=form,
        owner=owner,
        is_html=columns.layout.is_html or looks_like_html(sample[columns.of["text"]]),
    )
    yield from _read_posts(table, columns, maker)


def _tell_of_dates(
    name: str, column: str, form: DateForm, sample: dict[str, list[Any]], zone: str
) -> Iterator[Note]:
    if form.said:
        yield Note(f"{name}: the dates in {column} are read {form.said}.")
    if form.names_no_zone(sample[column][:_FEW]):
        yield Note(
            f"{name}: the times in {column} name no zone and are taken as {zone}. "
            "Use --timezone to say otherwise."
        )


def _read_posts(table: TableFile, columns: Columns, maker: PostMaker) -> Iterator[Record]:
    for rows in in_batches(table.rows(tuple(columns.of.values()))):
        if isinstance(rows, Rejected):
            yield rows
        else:
            yield from maker.make(rows)
    if maker.made_up:
        yield Note(
            f"{table.name}: {maker.made_up:,} posts have no id that is whole; theirs were made of "
            "author, time and text."
        )


def _sample(table: TableFile) -> dict[str, list[Any]]:
    """Return the first cells of every column, those with nothing in them left out."""
    if len(table.columns) > _MOST_COLUMNS:
        raise Unreadable(f"{table.name} has {len(table.columns):,} columns, more than any table.")
    held: list[tuple[Any, ...]] = []
    first: Rejected | None = None
    size = 0
    for row in table.rows(table.columns):
        if isinstance(row, Rejected):
            first = first or row
            continue
        held.append(row[1])
        size += sum(len(cell) for cell in row[1] if isinstance(cell, str))
        if len(held) == _SAMPLE or size > _SAMPLE_SIZE:
            break
    if not held and first is not None:
        raise Unreadable(
            f"{table.name}: none of its rows can be read. Line {first.line}: {first.reason}."
        )
    if not held:
        raise Unreadable(f"{table.name} has a header and no rows. Export it again, with posts.")
    cells = zip(*held, strict=True)
    return {
        column: without_empty(values) for column, values in zip(table.columns, cells, strict=True)
    }


def _network(columns: Columns, sample: dict[str, list[Any]]) -> str:
    for role in ("address", "id"):
        if role in columns.of:
            found = guess_network(sample[columns.of[role]])
            if found != UNKNOWN:
                return found
    return UNKNOWN


def _find_owner(
    source: Source, name: str, columns: Columns, options: Options
) -> Generator[Record, None, str | None]:
    """Return whose posts they are where no column says it; who answers whom is then unknown."""
    if {"author", "handle", "name"} & columns.of.keys() or columns.layout.tells_author:
        return None
    if options.account is None and {"parent", "is_reply", "parent_author"} & columns.of.keys():
        raise Unreadable(
            f"{name}: no column tells who said it, so nobody's answers can be told from others'. "
            "Name the column with --columns author=…, or the one account with --account."
        )
    owner = options.account or PurePosixPath(source.name).stem
    yield Note(f"{name} names no authors: all its posts are taken as those of {owner}.")
    return owner.removeprefix("@")
