import bz2
import contextlib
import gzip
import lzma
import os
import warnings
import zipfile

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from twoway.collection.errors import Unreadable
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.collection.streams import Limits


def zip_of(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


def lines_of(path, name=None, limits=None):
    with Source(path, limits) as source:
        return list(source.lines(name or source.names()[0]))


def test_a_file_is_its_own_only_member(tmp_path):
    (tmp_path / "a.csv").write_text("id\n1\n")
    with Source(tmp_path / "a.csv") as source:
        assert source.names() == ("a.csv",)
        assert source.size("a.csv") == 5
        assert source.open("a.csv").read() == b"id\n1\n"


def test_a_folder_lists_what_is_below_it(tmp_path):
    (tmp_path / "data" / "deep").mkdir(parents=True)
    (tmp_path / "data" / "b.csv").write_text("b")
    (tmp_path / "data" / "deep" / "a.csv").write_text("a")
    (tmp_path / "data" / ".DS_Store").write_text("litter")
    with Source(tmp_path) as source:
        assert set(source.names()) == {"data/b.csv", "data/deep/a.csv"}
        assert source.find("A.CSV") == ("data/deep/a.csv",)


def test_a_zip_is_read_in_place(tmp_path):
    path = zip_of(tmp_path / "a.zip", data__tweets="one\ntwo", __MACOSX__x="litter")
    with Source(path) as source:
        assert source.names() == ("data/tweets",)
        assert list(source.lines("data/tweets")) == [(1, b"one"), (2, b"two")]
        with source.open_seekable("data/tweets") as stream:
            assert stream.read() == b"one\ntwo"
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [
        (".gz", gzip.compress),
        (".bz2", bz2.compress),
        (".xz", lzma.compress),
        (".zst", lambda data: zstandard.ZstdCompressor().compress(data)),
    ],
)
def test_packed_files_come_out_unpacked(tmp_path, suffix, pack):
    (tmp_path / f"a.jsonl{suffix}").write_bytes(pack(b"{}\n{}\n"))
    with Source(tmp_path / f"a.jsonl{suffix}") as source:
        assert source.names() == ("a.jsonl",)
        assert list(source.lines("a.jsonl")) == [(1, b"{}"), (2, b"{}")]
        with source.open_seekable("a.jsonl") as stream:
            assert stream.read() == b"{}\n{}\n"


def test_a_file_and_its_packed_copy_are_two(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a")
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"b"))
    with Source(tmp_path) as source:
        assert source.names() == ("a.csv", "a.csv.gz")
        assert source.open("a.csv.gz").read() == b"b"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_of_any_encoding_comes_as_utf8(tmp_path, encoding):
    text = "Öffnungszeiten für müde Gäste\nça va très bien à l'été, où êtes-vous\n" * 20
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    found = lines_of(tmp_path / "a.txt")
    assert [line.decode() for _, line in found] == text.splitlines()


def test_a_cut_character_at_the_end_of_the_sample_is_no_other_encoding(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x" + "é".encode() * 300_000)
    assert lines_of(tmp_path / "a.txt")[0][1].decode().endswith("é")


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "a/../../evil", "C:\\evil", "..\\..\\evil"]
)
def test_names_that_lead_out_of_a_zip_are_refused(tmp_path, name):
    path = zip_of(tmp_path / "a.zip", **{name: "x", "good": "y"})
    with Source(path) as source:
        assert source.names() == ("good",)
        assert [refused.reason for refused in source.refused] == [
            "its name leads out of the archive"
        ]


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "secret").write_text("x")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").symlink_to(tmp_path / "secret")
    (tmp_path / "data" / "loop").symlink_to(tmp_path / "data")
    with Source(tmp_path / "data") as source:
        assert source.names() == ()
        assert "leads out" in source.refused[0].reason


def test_a_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with Source(tmp_path) as source:
        assert source.refused[0].reason == "not an ordinary file"
    with pytest.raises(Unreadable, match="neither a file nor a folder"):
        Source(tmp_path / "pipe")


def test_the_second_file_of_a_name_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("a", "first")
        archive.writestr("a", "second")
    with Source(tmp_path / "a.zip") as source:
        assert source.open("a").read() == b"first"
        assert "two files of this name" in source.refused[0].reason


def test_an_encrypted_member_says_its_cure(tmp_path):
    path = zip_of(tmp_path / "a.zip", a="x")
    data = bytearray(path.read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + flags] |= 1
    path.write_bytes(data)
    with Source(path) as source:
        assert source.names() == ()
        assert "password" in source.refused[0].reason


def test_a_zip_bomb_is_not_opened(tmp_path):
    path = zip_of(tmp_path / "a.zip", bomb=b"0" * 2_000_000)
    with Source(path, Limits(ratio_from=1_000_000)) as source:
        assert source.names() == ()
        assert "far more" in source.refused[0].reason


def test_a_packed_bomb_stops_at_its_cap(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"0\n" * 3_000_000))
    found = lines_of(tmp_path / "a.gz", limits=Limits(ratio_from=1_000_000))
    assert isinstance(found[-1], Rejected)
    assert "far more" in found[-1].reason


def test_a_huge_line_is_rejected_and_the_rest_goes_on(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"one\n" + b"x" * 5_000 + b"\nthree")
    found = lines_of(tmp_path / "a.txt", limits=Limits(line=1_000))
    assert found[0] == (1, b"one")
    assert (found[1].line, found[1].raw) == (2, "x" * 1_001)
    assert found[2] == (3, b"three")


def test_what_came_before_the_damage_is_kept(tmp_path):
    packed = gzip.compress(os.urandom(200_000).hex().encode() + b"\nend")
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"one\ntwo\n") + packed[: len(packed) // 2])
    found = lines_of(tmp_path / "a.gz")
    assert found[:2] == [(1, b"one"), (2, b"two")]
    assert "cut short" in found[-1].reason


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9])
def test_a_truncated_zip_says_so(tmp_path, keep):
    path = zip_of(tmp_path / "a.zip", a=os.urandom(10_000), b="x")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    with pytest.raises(Unreadable, match="damaged or cut short"):
        Source(path)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(Unreadable, match="does not exist"):
        Source(tmp_path / "nothing.csv")


def test_a_tar_says_its_cure(tmp_path):
    (tmp_path / "a.tar").write_bytes(b"a" * 257 + b"ustar" + b"\0" * 300)
    with pytest.raises(Unreadable, match="Unpack it"):
        Source(tmp_path / "a.tar")


def read_or_refuse(path):
    """Read all there is; nothing but Unreadable may be raised."""
    with contextlib.suppress(Unreadable), Source(path) as source:
        for name in source.names():
            assert isinstance(source.head(name), bytes)
            assert all(isinstance(line, (tuple, Rejected)) for line in source.lines(name))


@given(data=st.binary(max_size=400), suffix=st.sampled_from(["", ".gz", ".zip", ".zst", ".csv"]))
def test_any_bytes_give_lines_or_a_message(tmp_path_factory, data, suffix):
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(data)
    read_or_refuse(path)


@given(place=st.integers(0, 300), value=st.integers(0, 255))
def test_a_zip_with_any_byte_changed_gives_lines_or_a_message(tmp_path_factory, place, value):
    path = zip_of(tmp_path_factory.mktemp("any") / "a.zip", a="one\ntwo\n" * 20, b="three")
    data = bytearray(path.read_bytes())
    data[place % len(data)] = value
    path.write_bytes(data)
    read_or_refuse(path)
