import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.collection.tabular.attached import read_links, read_media
from twoway.collection.tabular.naming import read_mentions
from twoway.collection.tabular.wording import find_handles, leading, looks_like_html, plain
from twoway.core.posts import Link, Media, Mention


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("Bread &amp; butter", "Bread & butter"), ("5 &lt; 6 &#39;x&#39;", "5 < 6 'x'"),
        ("AT&T; hello", "AT&T; hello"), ("?a=1&copy=2", "?a=1&copy=2"), ("a\0b", "ab"),
        (" x ", "x"), ("\ufeffHi", "Hi"), ("I <3 you", "I <3 you"),
    ],
)  # fmt: skip
def test_escapes_are_undone_and_nothing_else(raw, said):
    assert plain(raw, is_html=False) == said


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("Hi<br />there", "Hi\nthere"), ("<p>a</p><p>b</p>", "a\nb"),
        ('<a href="https://a.example">site</a>', "site"), ("I <3 you", "I <3 you"),
        ("<b>bold", "bold"),
    ],
)  # fmt: skip
def test_html_is_read_as_people_see_it(raw, said):
    assert plain(raw, is_html=True) == said


def test_columns_of_html_are_told_by_breaks_and_links():
    assert looks_like_html(["plain", "a<br>b"])
    assert not looks_like_html(["I <3 you", "a > b", "<angry>"])


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@ada and @ben.", ["ada", "ben"]), ("mail me: a@b.example", []),
        ("https://x.example/@ada", []), ("@ada@social.example hi", ["ada@social.example"]),
        ("@ada.bsky.social!", ["ada.bsky.social"]), ("(@ada)", ["ada"]), ("@", []), ("@@x", []),
    ],
)  # fmt: skip
def test_handles_in_a_text(text, handles):
    assert find_handles(text, "x") == handles


def test_reddit_names_people_its_own_way():
    assert find_handles("thanks u/ada and /u/ben_1", "reddit") == ["ada", "ben_1"]


def test_handles_before_a_reply_are_left_open():
    found = read_mentions(None, "@ada @ben thanks, @cleo", "x", is_reply=True)
    assert found == (Mention("@ada", None), Mention("@ben", None), Mention("@cleo"))
    assert leading("@ada @ben thanks").strip() == "@ada @ben"


def test_a_copied_handle_that_is_also_typed_was_typed():
    assert read_mentions(None, "@ada hello @Ada", "x", is_reply=True) == (Mention("@ada"),)


def test_handles_of_an_original_were_typed():
    assert read_mentions(None, "@ada hello", "x", is_reply=False) == (Mention("@ada"),)


def test_networks_that_copy_nothing_leave_nothing_open():
    assert read_mentions(None, "@ada hello", "bluesky", is_reply=True) == (Mention("@ada"),)


@pytest.mark.parametrize(
    "column",
    [
        ["did:plc:a", "@ben"], "did:plc:a,@ben", '["did:plc:a", "ben"]',
        [{"did": "did:plc:a"}, {"username": "Ben"}], [{"id": "did:plc:a", "username": "x"}, "BEN"],
    ],
)  # fmt: skip
def test_a_column_of_mentions_counts_before_the_text(column):
    found = read_mentions(column, "@zoe", "x", is_reply=False)
    assert found == (Mention("did:plc:a"), Mention("@ben"))


def test_links_of_column_and_text_stand_once():
    found = read_links(
        "https://a.example/1", "Hours", None, "see https://a.example/1 (https://b.example)."
    )
    assert found == (Link("https://a.example/1", "Hours"), Link("https://b.example"))


def test_links_of_html_and_of_objects():
    assert read_links(None, None, '<a href="https://a.example?x=1&amp;y=2">a</a>', "a") == (
        Link("https://a.example?x=1&y=2"),
    )
    column = [{"expanded_url": "https://b.example", "url": "https://t.co/x"}]
    assert read_links(column, None, "", "") == (Link("https://b.example"),)


def test_media_are_told_by_kind():
    assert read_media("photo") == (Media("image"),)
    assert read_media("link") == ()
    assert read_media([{"type": "video", "alt_text": "a boat"}, "https://a.example/x.jpg"]) == (
        Media("video", "a boat"),
        Media("other"),
    )


@given(st.text(), st.sampled_from(["x", "reddit", "bluesky"]), st.booleans())
def test_any_text_is_read(text, network, is_reply):
    body = plain(text, is_html=True)
    assert all(mention.account for mention in read_mentions(None, body, network, is_reply=is_reply))
    assert all("://" in link.address for link in read_links(None, None, text, body))
