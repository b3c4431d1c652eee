import pytest

from twoway.core.posts import Mention


@pytest.fixture
def covered(rows):
    """Streams by handle, a sampled one with a tilde."""

    def read():
        handles = {row["account"]: row["handle"] for row in rows("accounts")}
        found = {}
        for row in rows("coverage"):
            stream = row["stream"] if row["is_complete"] else f"~{row['stream']}"
            found.setdefault(handles[row["account"]], set()).add(stream)
        return found

    return read


def test_one_authors_originals_say_nothing_of_replies(gather_all, say, covered):
    summary = gather_all(*(say(str(n), minute=n) for n in range(5)))
    assert covered() == {"museum": {"originals"}}
    assert "it shows no replies and no comments" in summary.notes[0]
    assert "--covers" in summary.notes[0]


def test_own_replies_without_those_of_others(gather_all, say, covered):
    gather_all(say("1"), say("2", minute=1, is_reply=True), say("3", minute=2, shared="9"))
    assert covered() == {"museum": {"originals", "replies", "shares"}}


def test_replies_to_oneself_are_no_replies(gather_all, say, covered):
    gather_all(say("1"), say("2", minute=1, parent="1"))
    assert covered() == {"museum": {"originals"}}


def test_several_accounts_timelines(gather_all, say, covered):
    gather_all(
        *(say(f"{who}-{n}", who, n) for who in ("ada", "ben", "cleo") for n in range(4)),
        say("r", "ada", 9, is_reply=True),
    )
    assert covered() == {who: {"originals", "replies"} for who in ("ada", "ben", "cleo")}


def people_ask(say, count=6, **more):
    """A museum that posts, and people who ask below its post; it answers some."""
    asked = [say(f"q{n}", f"person{n}", 10 + n, parent="1") for n in range(count)]
    answered = [say(f"a{n}", minute=30 + n, parent=f"q{n}") for n in range(count // 2)]
    return [say("1", **more), *asked, *answered]


def test_whom_many_speak_to_is_whom_a_file_is_about(gather_all, say, covered):
    summary = gather_all(*people_ask(say))
    assert covered() == {"museum": {"~originals", "~replies", "~comments"}}
    assert "7 accounts wrote in the file; 1 of them" in summary.notes[0]


def test_a_regular_is_no_rival(gather_all, say, covered):
    chatty = [say(f"r{n}", "person0", 100 + n, parent="1") for n in range(20)]
    friends = [say(f"f{n}", f"person{n}", 200 + n, parent="r0") for n in range(1, 4)]
    gather_all(*people_ask(say, count=60), *chatty, *friends)
    assert covered().keys() == {"museum"}


def test_two_rivals_are_both_what_a_file_is_about(gather_all, say, covered):
    ferry = [say("f", "ferry"), *(say(f"t{n}", f"person{n}", n, parent="f") for n in range(4))]
    gather_all(*people_ask(say, count=9), *ferry)
    assert covered().keys() == {"museum", "ferry"}


def test_an_original_left_alone_shows_that_all_were_kept(gather_all, say, covered):
    gather_all(*people_ask(say), say("2", minute=50))
    assert covered() == {"museum": {"originals", "replies", "~comments"}}


def test_as_many_replies_as_the_network_counted_are_complete(gather_all, say, covered):
    gather_all(*people_ask(say, seen_replies=6), say("2", minute=50, seen_replies=0))
    assert covered() == {"museum": {"originals", "replies", "comments"}}


def test_posts_that_name_an_account_are_mentions(gather_all, say, covered):
    named = [say(f"m{n}", f"person{n}", n, mentions=(Mention("museum"),)) for n in range(4)]
    gather_all(*people_ask(say), *named)
    assert "~mentions" in covered()["museum"]


def test_comments_without_the_posts_they_stand_below_cover_nobody(gather_all, say, covered):
    summary = gather_all(
        *(say(f"c{n}", f"person{n}", n, parent="video", root="video") for n in range(60))
    )
    assert covered() == {}
    assert "nobody" in summary.notes[0]


def test_the_posts_that_comments_stand_below_may_come_later(gather_all, say, covered):
    together = people_ask(say)
    gather_all(*together[1:])
    gather_all(together[0])
    assert "~comments" in covered()["museum"]


CSV = "id,author,created_at,text\n" + "".join(
    f"{n},{who},2026-03-0{n}T09:00:00Z,Hello\n" for n in range(1, 4) for who in ("ada", "ben")
).replace("1,ben", "9,ben").replace("2,ben", "8,ben").replace("3,ben", "7,ben")


@pytest.fixture
def table(tmp_path):
    (tmp_path / "a.csv").write_text(CSV)
    return tmp_path / "a.csv"


def test_the_account_asked_for_is_whom_a_file_is_about(table, gather_files, covered):
    gather_files(table, account="@Ada")
    assert covered() == {"ada": {"originals"}}


def test_an_account_that_wrote_nothing_is_told(table, gather_files, covered):
    summary = gather_files(table, account="zoe")
    assert covered() == {}
    assert any("No post in the file is by zoe" in note for note in summary.notes)


def test_what_the_user_says_overrules(table, gather_files, covered):
    gather_files(table)
    gather_files(table, account="ada", covers=("originals", "replies", "comments"))
    assert covered() == {"ada": {"originals", "replies", "comments"}, "ben": {"originals"}}


def test_a_stream_that_is_none_is_told(table, folder, gather_files):
    from twoway.collection.errors import CollectionError  # noqa: PLC0415

    with pytest.raises(CollectionError, match=r"--covers nonsense.*originals"):
        gather_files(table, covers=("nonsense",))
    assert not folder.exists()


def test_coverage_ends_with_the_last_post_own_or_addressed(gather_all, say, rows):
    posts = people_ask(say)
    gather_all(*posts, say("late", "person1", 500, parent="1"))
    (ends,) = {row["ends"] for row in rows("coverage")}
    assert ends == say("x", minute=500).said_at
