"""A quote that is never closed: said with its line, and costing no row but its own."""

import gzip
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.readers import table
from twoway.collection.records import Rejected, singly
from twoway.collection.source import Source
from twoway.core.posts import Post

HEADER = "id,author,created_at,text"
OPEN = "a quote opens here and is never closed"


def line(number, text="Hello"):
    return f"{number},ada,2024-03-01T10:00:00Z,{text}"


def some(first, last):
    return [line(number) for number in range(first, last + 1)]


def read(path):
    """Return the ids of the posts, and the lines on which a quote stayed open."""
    with Source(path) as source:
        records = list(singly(table.read(source, Options())))
    rejected = [one for one in records if isinstance(one, Rejected)]
    assert all(OPEN in one.reason for one in rejected), rejected
    posts = [one for one in records if isinstance(one, Post)]
    return [int(post.id) for post in posts], [one.line for one in rejected]


def written(path, lines, end="\n"):
    path.write_text("\n".join(lines) + end, newline="")
    return path


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("text", ['"never closed', '"two ""words""', '"'])
def test_it_costs_the_row_in_which_it_opens(tmp_path, text, end):
    lines = [HEADER, *some(1, 9), line(10, text), *some(11, 20)]
    assert read(written(tmp_path / "a.csv", lines, end)) == ([*range(1, 10), *range(11, 21)], [11])
    assert read(written(tmp_path / "b.csv", lines[:11], end)) == ([*range(1, 10)], [11])
    assert read(written(tmp_path / "c.csv", [HEADER, *lines[10:]], end)) == ([*range(11, 21)], [2])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_in_every_make_of_table(tmp_path, delimiter, encoding, ends):
    lines = [HEADER, *some(1, 5), line(6, '"Où'), *some(7, 9)]
    text = ends.join(lines).replace(",", delimiter)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert read(tmp_path / "a.csv") == ([1, 2, 3, 4, 5, 7, 8, 9], [7])


def test_in_what_is_packed(tmp_path):
    content = "\n".join([HEADER, line(1, '"open'), *some(2, 3)])
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(content.encode()))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", content)
    assert read(tmp_path / "a.csv.gz") == read(tmp_path / "a.zip") == ([2, 3], [2])


def test_where_the_quote_of_another_cell_seems_to_close_it(tmp_path):
    for swallowed in range(3):
        last = swallowed + 2
        lines = [HEADER, line(1, '"open'), *some(2, last - 1), line(last, '"closed"'), line(99)]
        posts, opened = read(written(tmp_path / "a.csv", lines))
        assert (posts, opened) == ([*range(2, last + 1), 99], [2])


def test_each_of_several(tmp_path):
    lines = [HEADER, line(1, '"open'), *some(2, 3), line(4, '"open as well'), *some(5, 6)]
    assert read(written(tmp_path / "a.csv", lines)) == ([2, 3, 5, 6], [2, 5])


def test_the_line_is_that_of_the_quote_not_of_the_row(tmp_path):
    lines = [
        "text,id,author,created_at,note",
        '"two',
        'lines",1,ada,2024-03-01,"open',
        "Hi,2,ada,2024-03-01,",
    ]
    assert read(written(tmp_path / "a.csv", lines)) == ([2], [3])


def test_what_people_close_stays_whole(tmp_path):
    texts = [
        '"two\nlines, ""quoted"" here"',
        f'"a table:\n{HEADER}\n{line(7)}"',
        '"two\nlines" and more',
    ]
    lines = [
        HEADER,
        *(line(number, text) for number, text in enumerate(texts, 1)),
        line(9, 'a "word'),
    ]
    assert read(written(tmp_path / "a.csv", lines)) == ([1, 2, 3, 9], [])


def test_longer_than_any_cell(tmp_path):
    lines = [HEADER, *some(1, 2), line(3, '"open'), *some(4, 120_000)]
    posts, opened = read(written(tmp_path / "a.csv", lines))
    assert (len(posts), opened) == (119_999, [4])


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (
            [f'"{HEADER}', *some(1, 5)],
            "a.csv, line 1: a quote opens in the line that names the columns",
        ),
        (
            [HEADER.replace(",text", ',"text'), *some(1, 5)],
            "a.csv, line 1: a quote opens in the line",
        ),
        (["id,author", line(1, '"open'), line(2)], f"none of its rows can be read. Line 2: {OPEN}"),
        ([HEADER, "1,ada", "2,ada,2024"], "Line 2: 2 cells where the header has 4."),
        ([HEADER], "a header and no rows"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_says_the_true_reason(tmp_path, lines, says):
    with pytest.raises(Unreadable) as error:
        read(written(tmp_path / "a.csv", lines))
    assert says in str(error.value)


WORD = st.text('ab,"\n é', max_size=6)


@given(texts=st.lists(WORD, min_size=1, max_size=12), opens=st.sets(st.integers(0, 11)))
@settings(deadline=None)
def test_whatever_stays_open_no_line_is_lost(tmp_path_factory, texts, opens):
    closed = ['"' + text.replace('"', '""') + '"' for text in texts]
    cells = [text[:-1] if number in opens else text for number, text in enumerate(closed)]
    path = tmp_path_factory.mktemp("open") / "a.csv"
    written(
        path,
        [HEADER, line(0), *(line(number, text) for number, text in enumerate(cells, 1)), line(99)],
    )
    with Source(path) as source:
        records = list(singly(table.read(source, Options())))
    told = "\n".join(
        one.raw if isinstance(one, Rejected) else f"{one.id},{one.text}"
        for one in records
        if isinstance(one, Rejected | Post)
    )
    assert not [number for number in range(len(texts) + 1) if f"{number}," not in told]
