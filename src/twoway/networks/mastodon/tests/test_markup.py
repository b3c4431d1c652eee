"""HTML becomes the text people read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.core.posts import Link
from twoway.networks.mastodon.markup import read_markup
from twoway.networks.mastodon.tests.larchtea import ANN_LINK, BEN_LINK

LONG = "https://www.larch.example/teas/green?from=japan&page=2"
SHORTENED = (
    f'<a href="{LONG.replace("&", "&amp;")}" rel="nofollow"><span class="invisible">https://www.</span>'
    '<span class="ellipsis">larch.example/teas/gr</span><span class="invisible">een?from=japan&amp;page=2'
    "</span></a>"
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two<br>three<br/>four</p>", "One\n\nTwo\nthree\nfour"),
        ("Fish &amp; chips &lt;3&nbsp;", "Fish & chips <3"),
        ("<p>Teas:</p><ul><li>green</li><li>black</li></ul><p>Come!</p>", "Teas:\n\n- green\n- black\n\nCome!"),
        ("<p>a  b\n c</p>", "a b c"),
        ("<p>Hi</p><script>alert('<p>x</p>')</script><style>p{}</style><p>there</p>", "Hi\n\nthere"),
        ("<blockquote><p>said</p></blockquote><p>so</p>", "said\n\nso"),
        ("I <b>am</b> <em>so</em> sure", "I am so sure"),
        ('<img src="x.png" alt=":tea:"> yes', ":tea: yes"),
        ("<!-- hidden --><p>seen</p>", "seen"),
        ("unclosed <b>bold <p>next", "unclosed bold\n\nnext"),
        ("", ""),
        ("a\0b", "ab"),
        ("<p>1 < 2 & 3</p>", "1 < 2 & 3"),
        (f"<p>{ANN_LINK} yes</p>", "@ann yes"),
        ('<a href="https://tea.example/tags/tea" class="mention hashtag" rel="tag">#<span>tea</span></a>', "#tea"),
        (f"<p>See {SHORTENED}.</p>", f"See {LONG}."),
        ('<a href="https://a.example/x">our menu</a>!', "our menu https://a.example/x!"),
        ('<a href="https://a.example/x/y">a.example/x…</a>', "https://a.example/x/y"),
        ('<a href="https://a.example/"></a>', "https://a.example/"),
        ('<a href="javascript:alert(1)">click</a>', "click"),
        ('<a href="https://a.example/1">one</a> <a href="https://a.example/2">two',
         "one https://a.example/1 two https://a.example/2"),
    ],
)  # fmt: skip
def test_text_is_what_people_see(html, text):
    assert read_markup(html).text == text


def test_links_are_spelled_out_once_and_names_and_tags_are_none():
    tag = '<a href="https://tea.example/tags/tea" class="mention hashtag">#tea</a>'
    markup = read_markup(f"<p>{ANN_LINK} {SHORTENED} {SHORTENED} {tag}</p>")
    assert markup.links == (Link(LONG),)


def test_names_at_the_start_are_told_from_those_further_on():
    markup = read_markup(f"<p>{ANN_LINK} {BEN_LINK}</p><p>hello {ANN_LINK}</p>")
    assert [name.is_leading for name in markup.names] == [True, True, False]


def test_the_stand_in_for_a_quote_is_left_out_where_the_quote_is_known():
    html = (
        '<p class="quote-inline">RE: <a href="https://a.example/@b/1">a.example</a></p><p>True!</p>'
    )
    assert read_markup(html, without_quote=True).text == "True!"
    assert read_markup(html).text == "RE: https://a.example/@b/1\n\nTrue!"


@given(st.text(alphabet="<>/apbr\"'= &#;!-\0\ud83dé", max_size=80))
def test_no_text_breaks_it(html):
    text = read_markup(html).text
    assert "\0" not in text
    text.encode()


def test_a_million_levels_cost_what_flat_text_costs():
    assert read_markup("<div>" * 1_000_000 + "deep").text == "deep"
