import signal
import subprocess
import sys

import pytest

from twoway import language
from twoway.collection import drafts, reading, reading_processes, rereading
from twoway.collection.folder import Collection
from twoway.collection.purging import purge
from twoway.collection.rereading import reread
from twoway.core.accounts import Account
from twoway.core.identity import key
from twoway.core.posts import Link, Media, Mention, Version
from twoway.core.readings import Kind, Reading
from twoway.core.tables import READINGS
from twoway.language.assessor import Assessment


@pytest.fixture
def asked(monkeypatch):
    """Utterances that were read since, by a model that calls everything a question."""
    found = []

    def read(utterances, _assessor=None):
        for utterance in utterances:
            found.append(utterance)
            yield Reading(
                theirs=(Kind("question", 0.5, holds=False), Kind("question", 0.9, holds=True)),
                ours=(Kind("asks", 0.8, holds=True),),
                language="en",
                words=frozenset({len(utterance.text), 2}),
                bare_words=frozenset({3}),
            )

    monkeypatch.setattr(language, "read", read)
    return found


def test_every_post_is_read_once(gather_all, say, rows, asked):
    gather_all(say("1", text="Hello"), language=True)
    gather_all(say("1", text="Hello"), say("2", text="Again"), language=True)
    assert [utterance.text for utterance in asked] == ["Hello", "Again"]
    assert {row["model"] for row in rows("readings")} == {language.MODEL}
    assert len(rows("readings")) == 2


def test_a_reading_is_three_tables(gather_all, say, rows, asked):
    gather_all(say("1", text="Hello"), language=True)
    own = key("x", "1")
    assert [(row["side"], row["kind"], row["certainty"]) for row in rows("kinds")] == [
        ("ours", "asks", 0.8),
        ("theirs", "question", 0.9),
    ]
    assert [(row["post"], row["form"], row["word"]) for row in rows("words")] == [
        (own, "bare", 3),
        (own, "full", 2),
        (own, "full", 5),
    ]
    assert len(asked) == 1


def test_what_is_read_is_the_text_and_what_stands_around_it(gather_all, say, asked):
    gather_all(
        Account(network="x", id="ada", handle="ada_l", name="Ada Lovett"),
        Account(network="x", id="museum", handle="museum", name="Harbour Museum"),
        say("1", "ada"),
        say(
            "2", minute=1, text="At nine, Ada", parent="1", mentions=(Mention("ada", None),),
            links=(Link("https://a.example"),), media=(Media("image"),), poll=("a", "b"),
            language="en",
        ),
        language=True,
    )  # fmt: skip
    (answer,) = [utterance for utterance in asked if utterance.text]
    assert answer == language.Utterance(
        text="At nine, Ada", handles=("ada_l",), author="Harbour Museum", names=("Ada Lovett",),
        is_reply=True, has_media=True, has_link=True, has_poll=True, language="en",
    )  # fmt: skip


def test_a_changed_text_is_read_anew(gather_all, say, rows, asked):
    gather_all(say("1", text="Opn", observed_at=1), say("2", text="Stays"), language=True)
    gather_all(say("1", text="Open on Sunday", observed_at=2), language=True)
    assert [utterance.text for utterance in asked].count("Stays") == 1
    assert len(rows("readings")) == 2
    words = {row["word"] for row in rows("words") if row["post"] == key("x", "1")}
    assert words == {2, 3, len("Open on Sunday")}


def test_every_version_is_read_but_only_the_last_has_words(gather_all, say, rows, asked):
    gather_all(say("1", text="Open on Sunday", earlier=(Version(5, "Opn"),)), language=True)
    assert sorted(utterance.text for utterance in asked) == ["Open on Sunday", "Opn"]
    assert [row["version"] for row in rows("readings")] == [0, 1]
    assert {row["word"] for row in rows("words")} == {2, 3, 14}


def test_what_comes_later_changes_the_reading_of_what_was_there(gather_all, say, asked):
    gather_all(say("2", minute=1, text="At nine", parent="1"), language=True)
    gather_all(
        say("1", "ada"), Account(network="x", id="ada", handle="ada", name="Ada"), language=True
    )
    assert [utterance.names for utterance in asked if utterance.text] == [(), ("Ada",)]


def test_posts_without_readings_get_them_later(folder, gather_all, say, rows, asked):
    gather_all(say("1", text="Hello"))
    assert Collection.open(folder).manifest.model is None
    assert rows("readings") == []
    assert reread(folder).model == language.MODEL
    assert len(asked) == len(rows("readings")) == 1
    reread(folder)
    assert len(asked) == 1


def test_a_new_model_reads_everything_anew(folder, gather_all, say, rows, asked, monkeypatch):
    gather_all(say("1", text="Hello"), language=True)
    monkeypatch.setattr(language, "MODEL", "better 2")
    reread(folder)
    assert len(asked) == 2
    assert [row["model"] for row in rows("readings")] == ["better 2"]
    assert Collection.open(folder).manifest.model == "better 2"


def test_a_bigger_model_reads_everything_and_ours_reads_it_again(folder, gather_all, say, rows):
    class Bigger:
        name = "bigger 3"

        def assess(self, heard):
            return [Assessment((Kind("praise", 0.9, holds=True),)) for _ in heard]

    gather_all(say("1", text="Your tram was late again"), language=True)
    reread(folder, assessor=Bigger())
    assert Collection.open(folder).manifest.model == "bigger 3"
    assert {row["kind"] for row in rows("kinds") if row["side"] == "theirs"} == {"praise"}
    reread(folder)
    assert [row["model"] for row in rows("readings")] == [language.MODEL]


def test_reading_anew_goes_on_where_it_was_stopped(
    folder, gather_all, say, rows, asked, monkeypatch
):
    gather_all(*(say(str(n), text=f"Post {n}", minute=n) for n in range(5)), language=True)
    before = rows("readings")
    read = language.read

    def tired(utterances, _assessor=None):
        for utterance in utterances:
            if len(asked) >= 8:
                raise KeyboardInterrupt
            yield from read([utterance])

    monkeypatch.setattr(language, "MODEL", "better 2")
    monkeypatch.setattr(language, "read", tired)
    monkeypatch.setattr(drafts, "POSTS", 1)
    monkeypatch.setattr(reading, "_BATCH", 1)
    with pytest.raises(KeyboardInterrupt):
        reread(folder)
    assert rows("readings") == before
    monkeypatch.setattr(language, "read", read)
    told = []
    reread(folder, lambda *said: told.append(said[1:]))
    assert len(asked) == 10
    assert (4, 5) in told
    assert (3, 5) not in told
    assert {row["model"] for row in rows("readings")} == {"better 2"}
    assert len(rows("readings")) == len(rows("kinds")) / 2 == 5
    assert not (folder / drafts.FOLDER).exists()


def test_drafts_of_posts_that_changed_since_are_read_again(
    folder, gather_all, say, rows, asked, monkeypatch
):
    gather_all(say("1", text="Opn", observed_at=1), language=True)
    monkeypatch.setattr(language, "MODEL", "better 2")
    with monkeypatch.context() as stopped:
        stopped.setattr(rereading, "_together", _stop)
        with pytest.raises(KeyboardInterrupt):
            reread(folder)
    monkeypatch.setattr(language, "MODEL", "twoway-language 0")
    gather_all(say("1", text="Open", observed_at=2), language=True)
    monkeypatch.setattr(language, "MODEL", "better 2")
    reread(folder)
    assert [utterance.text for utterance in asked] == ["Opn", "Opn", "Open", "Open"]
    assert len(rows("readings")) == 1


def _stop(*_):
    raise KeyboardInterrupt


def test_drafts_of_another_model_are_thrown_away(tmp_path):
    made = drafts.Drafts(tmp_path, "one").files(READINGS)
    kept = tmp_path / drafts.FOLDER / "000001"
    kept.mkdir()
    assert made == []
    drafts.Drafts(tmp_path, "one")
    assert kept.exists()
    drafts.Drafts(tmp_path, "two")
    assert not kept.exists()


def test_a_purge_leaves_no_drafts(folder, gather_all, say):
    gather_all(say("1", text="Hello"), language=True)
    (folder / drafts.FOLDER).mkdir()
    purge(folder, older_than=0)
    assert not (folder / drafts.FOLDER).exists()


@pytest.mark.slow
def test_reading_anew_survives_a_kill(folder, gather_all, say, rows):
    gather_all(*(say(str(n), text=f"Are you open on day {n}?", minute=n) for n in range(3_000)))
    # It dies when it says how far it is: after its first draft.
    code = (
        "import os, sys; from twoway.collection import drafts, rereading; drafts.POSTS = 500\n"
        f"die = lambda *_: os.kill(os.getpid(), {signal.SIGKILL:d})\n"
        "rereading.reread(sys.argv[1], die)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(folder)], check=False)
    assert run.returncode == -signal.SIGKILL
    done = len(list((folder / drafts.FOLDER).glob("[0-9]*"))) * 2_000
    told = []
    reread(folder, lambda *said: told.append(said[1:]))
    assert done > 0
    assert all(seen > done for seen, total in filter(None, told) if total == 3_000)
    assert len(rows("readings")) == 3_000


def test_what_takes_something_back_is_no_piece(gather_all, say, rows, monkeypatch):
    def read(utterances, _assessor=None):
        for utterance in utterances:
            is_back = utterance.text == "Never mind"
            kind = Kind("withdrawal" if is_back else "question", 0.9, holds=True)
            yield Reading(theirs=(kind,), ours=())

    monkeypatch.setattr(language, "read", read)
    gather_all(
        say("1", "ada", text="Are you open?"),
        say("2", "ada", 1, text="on Sunday", parent="1"),
        say("3", "ada", 2, text="Never mind", parent="2"),
        language=True,
    )
    firsts = {row["post"]: row["first_piece"] for row in rows("threads")}
    assert firsts == {key("x", n): key("x", first) for n, first in ("11", "21", "33")}


@pytest.mark.slow
def test_several_processes_read_as_one_does(tmp_path, gather_all, say, rows, monkeypatch):
    posts = [say(str(n), text=f"Are you open on day {n}? Thanks", minute=n) for n in range(9_000)]
    gather_all(*posts, into=tmp_path / "one", language=True)
    monkeypatch.setattr(reading_processes, "WORTH_IT", 1)
    gather_all(*posts, into=tmp_path / "many", language=True)
    for table in ("readings", "kinds", "words"):
        assert rows(table, of=tmp_path / "many") == rows(table, of=tmp_path / "one")


@pytest.mark.slow
def test_a_helper_that_dies_costs_nothing_but_time(gather_all, say, rows, monkeypatch):
    monkeypatch.setattr(reading_processes, "WORTH_IT", 1)
    ask = reading_processes._Reader.ask

    def ask_and_die(reader, batch):
        reader._process.kill()
        reader._process.wait()
        ask(reader, batch)

    monkeypatch.setattr(reading_processes._Reader, "ask", ask_and_die)
    gather_all(*(say(str(n), text="When?") for n in range(20)), language=True)
    assert len(rows("readings")) == 20
