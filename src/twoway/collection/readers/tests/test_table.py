"""Plain tables: columns guessed or said, every kind of file, and what happens to damaged ones."""

import json
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.readers import table
from twoway.collection.records import Note, Rejected, singly
from twoway.collection.source import Source
from twoway.core.posts import Post

CSV = "id,author,created_at,text\n1,ada,2018-10-10T20:19:24Z,When do you open?\n"


def read(path, **options):
    with Source(path) as source:
        assert table.recognises(source)
        return list(singly(table.read(source, Options(**options))))


def of(kind, records):
    return [record for record in records if isinstance(record, kind)]


def posts_of(path, **options):
    return of(Post, read(path, **options))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path, delimiter):
    (tmp_path / "a.txt").write_text(CSV.replace(",", delimiter))
    (post,) = posts_of(tmp_path / "a.txt")
    assert (post.id, post.author, post.text) == ("1", "ada", "When do you open?")


def test_quoted_newlines_commas_and_marks(tmp_path):
    (tmp_path / "a.csv").write_text(
        "\ufeff" + CSV + '2,ben,2018-10-10,"one, ""two""\nthree"\n\n3,ben,2018-10-10,last\n'
    )
    texts = [post.text for post in posts_of(tmp_path / "a.csv")]
    assert texts == ["When do you open?", 'one, "two"\nthree', "last"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_encodings(tmp_path, encoding):
    text = "".join(
        f"{n},ada,2018-10-10,Où êtes-vous, à l'été? Ça va très bien\n" for n in range(2, 30)
    )
    (tmp_path / "a.csv").write_bytes((CSV + text.replace(", ", " ")).encode(encoding))
    assert posts_of(tmp_path / "a.csv")[1].text == "Où êtes-vous à l'été? Ça va très bien"


@pytest.mark.parametrize(
    "content",
    [
        '{"id":1,"author":"ada","created_at":"2018-10-10","text":"Hi"}\n',
        '[{"id":1,"author":"ada","created_at":"2018-10-10","text":"Hi"}]',
        '{"meta":{"n":1},"data":[\n {"id":1,"author":"ada","created_at":"2018-10-10","text":"Hi"}\n]}',
        '{"data":[{"id":1,"author":"ada","created_at":"2018-10-10","text":"Hi"}]}',
        '{"id":1,"user":{"screen_name":"ada"},"created_at":1539129600,"text":"Hi"}',
        '{"id":1,"author":"ada","created_at":"2018-10-10","text":"Hi","likes":NaN}\n',
    ],
    ids=["lines", "list", "pretty envelope", "envelope", "nested", "NaN"],
)
def test_json(tmp_path, content):
    (tmp_path / "a.json").write_text(content)
    (post,) = posts_of(tmp_path / "a.json")
    assert (post.id, post.author, post.text, post.said_at) == (
        "1",
        "ada",
        "Hi",
        1_539_129_600_000_000,
    )


def test_parquet(tmp_path):
    rows = pa.table(
        {
            "id": pa.array([1234567890123456789]),
            "user": pa.array([{"screen_name": "ada", "name": "Ada"}]),
            "when": pa.array([1539202764000000000], pa.timestamp("ns", "UTC")),
            "body": pa.array(["Hi"]).dictionary_encode(),
        }
    )
    pq.write_table(rows, tmp_path / "a.parquet")
    (post,) = posts_of(tmp_path / "a.parquet")
    assert (post.id, post.author, post.said_at) == (
        "1234567890123456789",
        "ada",
        1_539_202_764_000_000,
    )


def test_every_table_of_a_zip_is_read_and_the_rest_told(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.csv", CSV)
        archive.writestr("two.csv", CSV.replace("1,ada", "2,ben"))
        archive.writestr("no table.csv", "just words")
        archive.writestr("boat.jpg", b"\xff\xd8")
        rows = pa.table(
            {"id": [3], "author": ["cleo"], "created_at": ["2018-10-10"], "text": ["x y"]}
        )
        sink = pa.BufferOutputStream()
        pq.write_table(rows, sink)
        archive.writestr("three.parquet", sink.getvalue().to_pybytes())
    records = read(tmp_path / "a.zip")
    assert [post.author for post in of(Post, records)] == ["ada", "ben", "cleo"]
    assert [rejected.file for rejected in of(Rejected, records)] == ["no table.csv"]
    assert any("boat.jpg" in note.text for note in of(Note, records))


def test_a_spreadsheet_says_its_cure(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(Unreadable, match="Save it as CSV"):
        read(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b\n1,2\n", "no column tells what was said or when it was said.*a, b.*--columns"),
        ("id,created_at\n1,2018-10-10\n", "no column tells what was said"),
        ("id,author,text\n1,ada,Hello there\n", "no column tells when"),
        ("id,date,author,text\n1,soon,ada,Hello there\n", "date holds no dates.*'soon'.*--columns"),
        ("1 2 3\n4 5 6\n", "numbers only"),
        ("id,author,created_at,text\n", "a header and no rows. Export"),
        ("", "is empty. Give the export"),
        ("{}\n{}\n", "no JSON objects"),
        ("parent_id,created_at,text\n0,2018-10-10,Hello there\n", "no column tells who said it"),
    ],
)
def test_what_is_missing_is_said_with_its_cure(tmp_path, content, message):
    (tmp_path / "a.csv").write_text(content)
    with pytest.raises(Unreadable, match=message):
        read(tmp_path / "a.csv")


def test_columns_that_the_user_names(tmp_path):
    (tmp_path / "a.csv").write_text("k,wer,wann,was\n1,ada,2018-10-10,Guten Tag\n")
    said = {"id": "k", "handle": "wer", "date": "WANN", "text": "was"}
    (post,) = posts_of(tmp_path / "a.csv", columns=said)
    assert (post.id, post.author, post.text) == ("1", "ada", "Guten Tag")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"text": "nope"}, "has no column nope. It has: id"),
        ({"nope": "id"}, "not one of our names"),
    ],
)
def test_columns_that_are_none(tmp_path, said, message):
    (tmp_path / "a.csv").write_text(CSV)
    with pytest.raises(Unreadable, match=message):
        read(tmp_path / "a.csv", columns=said)


def test_times_and_texts_are_found_by_their_content(tmp_path):
    (tmp_path / "a.csv").write_text(
        "n,who is it,username,t,stuff\n1,x,ada,2018-10-10 20:19,When do you open on Sundays?\n"
    )
    records = read(tmp_path / "a.csv")
    (post,) = of(Post, records)
    assert post.text == "When do you open on Sundays?"
    assert "created_at = t" in of(Note, records)[0].text


def test_a_table_without_authors_is_its_owners(tmp_path):
    (tmp_path / "museum.csv").write_text("date,text\n2018-10-10,We open at nine\n")
    records = read(tmp_path / "museum.csv")
    assert of(Post, records)[0].author == "museum"
    assert any("names no authors" in note.text for note in of(Note, records))
    assert posts_of(tmp_path / "museum.csv", account="@harbour")[0].author == "harbour"


def test_made_up_ids_are_the_same_each_time(tmp_path):
    (tmp_path / "a.csv").write_text("author,date,text\nada,2018-10-10,one\nada,2018-10-10,two\n")
    first, second = posts_of(tmp_path / "a.csv")
    assert first.id != second.id
    assert posts_of(tmp_path / "a.csv") == [first, second]


def test_rounded_ids_never_make_one_post_of_two(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,author,created_at,text,in_reply_to_status_id\n"
        "1.05E+18,ada,2018-10-10,one,1.05E+18\n1.05E+18,ada,2018-10-10,two,\n"
    )
    records = read(tmp_path / "a.csv")
    assert len({post.id for post in of(Post, records)}) == 2
    assert of(Post, records)[0].parent is None
    assert any("no id that is whole" in note.text for note in of(Note, records))


def test_the_title_of_a_thread_is_not_said_in_its_replies(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,author,date,text,title\n"
        + "".join(f"{n},ada,2018-10-10,reply number {n},Hours\n" for n in range(5))
    )
    assert posts_of(tmp_path / "a.csv")[0].text == "reply number 0"


def test_is_reply_without_a_parent(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,author,created_at,text,is_reply\n1,ada,2018-10-10,Yes it is,True\n2,ada,2018-10-10,No,False\n"
    )
    assert [post.is_reply for post in posts_of(tmp_path / "a.csv")] == [True, False]


def test_the_order_of_day_and_month_is_said(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,author,date,text\n1,ada,3/4/2018,one\n2,ada,25/4/2018,two\n"
    )
    records = read(tmp_path / "a.csv")
    assert [post.said_at for post in of(Post, records)] == [
        1_522_713_600_000_000,
        1_524_614_400_000_000,
    ]
    assert any("read day first" in note.text for note in of(Note, records))


@pytest.mark.parametrize(("date", "is_told"), [("2018-10-10 09:00", True), ("1539202764", False)])
def test_times_without_a_zone_are_told(tmp_path, date, is_told):
    (tmp_path / "a.csv").write_text(f"id,author,date,text\n1,ada,{date},one two\n")
    records = read(tmp_path / "a.csv", zone="Europe/Dublin")
    told = [note.text for note in of(Note, records) if "name no zone" in note.text]
    assert bool(told) is is_told
    assert not is_told or "taken as Europe/Dublin" in told[0]


def test_a_zone_that_is_none(tmp_path):
    (tmp_path / "a.csv").write_text(CSV)
    with pytest.raises(Unreadable, match="--timezone Atlantis"):
        read(tmp_path / "a.csv", zone="Atlantis")


def test_the_network_is_told_by_the_addresses_or_the_user(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,author,date,text,url\n1,ada,2018-10-10,one,https://twitter.com/ada/status/1\n"
    )
    assert posts_of(tmp_path / "a.csv")[0].network == "x"
    assert posts_of(tmp_path / "a.csv", network="blog")[0].network == "blog"


def test_bad_rows_are_told_with_their_line_and_stop_nothing(tmp_path):
    (tmp_path / "a.csv").write_text(
        CSV + '2,ben,soon,"two\nlines"\n3,,2018-10-10,nobody\n4,ben\n5,ben,2018-10-10,last\n'
    )
    records = read(tmp_path / "a.csv")
    assert [post.id for post in of(Post, records)] == ["1", "5"]
    assert sorted((one.line, one.reason) for one in of(Rejected, records)) == [
        (3, "no date: 'soon'"), (5, "no author"), (6, "2 cells where the header has 4"),
    ]  # fmt: skip


CELL = st.one_of(
    st.text(max_size=12), st.sampled_from(["2018-10-10", "1539202764", "nan", "", "@ada hi", "3.0"])
)
ROWS = st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), max_size=8)


def quoted(cell):
    return '"' + cell.replace('"', '""').replace("\r", " ") + '"'


@given(rows=ROWS)
@settings(deadline=None)
def test_no_row_of_a_csv_is_lost(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("torn") / "a.csv"
    lines = [",".join(map(quoted, row)) for row in [("1", "ada", "2018-10-10", "Hi", ""), *rows]]
    text = "id,author,created_at,text,parent_id\n" + "\n".join(lines) + "\n"
    path.write_bytes(text.encode(errors="surrogatepass"))
    records = read(path)
    assert len(of(Post, records)) + len(of(Rejected, records)) == len(rows) + 1


JSONLIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)
FIELDS = ("id", "author", "created_at", "text", "parent_id", "mentions", "links", "likes", "lang",
          "visibility", "is_reply", "media_type", "name", "url", "source_name")  # fmt: skip


@given(rows=st.lists(st.dictionaries(st.sampled_from(FIELDS), JSONLIKE, max_size=9), max_size=6))
@settings(deadline=None)
def test_no_object_of_a_json_file_is_lost(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("torn") / "a.jsonl"
    first = {"id": "1", "author": "ada", "created_at": "2018-10-10", "text": "Hi there"}
    path.write_text("\n".join(json.dumps(row) for row in [first, *rows]))
    columns = {"text": "text", "created_at": "created_at", "author": "author"}
    records = read(path, columns=columns)
    assert len(of(Post, records)) + len(of(Rejected, records)) == len(rows) + 1


def told_or_read(path):
    """Read a torn file: posts, rejects or a message that names it; anything else is a fault."""
    try:
        with Source(path) as source:
            if table.recognises(source):
                list(table.read(source, Options()))
    except Unreadable as error:
        assert path.name in str(error)  # noqa: PT017  either is fine, a traceback is not


@given(data=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.jsonl", "a.parquet", "a"]))
@example(data=b"PK\x03\x04", name="a.csv")  # a zip by its first bytes, whatever its name says
@settings(deadline=None)
def test_any_bytes_are_posts_rejects_or_a_message(tmp_path_factory, data, name):
    path = tmp_path_factory.mktemp("torn") / name
    path.write_bytes(data)
    told_or_read(path)


@given(keep=st.floats(0, 1), place=st.floats(0, 1), value=st.integers(0, 255))
@settings(deadline=None)
def test_a_damaged_parquet_file_is_told(tmp_path_factory, keep, place, value):
    path = tmp_path_factory.mktemp("torn") / "a.parquet"
    rows = {"id": ["1"], "author": ["ada"], "created_at": ["2018-10-10"], "text": ["Hi there"]}
    pq.write_table(pa.table(rows), path, compression="zstd")
    data = bytearray(path.read_bytes())
    data[int(place * (len(data) - 1))] = value
    path.write_bytes(data[: max(1, int(keep * 2 * len(data)))])
    told_or_read(path)
