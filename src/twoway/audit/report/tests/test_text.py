"""The report in a terminal and in Markdown: verdict first, any width, hostile texts harmless."""

import re
from io import StringIO

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console

from twoway.audit.report import markdown, terminal
from twoway.audit.report.tests import samples

ALL = (
    samples.with_peers(4),
    samples.many(5),
    samples.changed(),
    samples.nothing(),
    samples.report(),
)


def shown(report, width=80, **options):
    out = StringIO()
    terminal.show(report, Console(file=out, width=width, **options))
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 140])
@pytest.mark.parametrize("report", ALL)
def test_it_fits_every_terminal(report, width):
    for line in shown(report, width).splitlines():
        assert cell_len(line) <= width or "https://" in line


def test_the_verdict_comes_first_and_the_posts_last():
    said = shown(samples.report(samples.account()), 100)
    order = ["Social notworking", "talks to itself", "with people", "What would help most", "Does it answer?",
             "Are there people?", "The posts behind these figures", "What could be seen"]  # fmt: skip
    places = [said.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize("report", [*ALL, samples.hostile()])
def test_piped_it_is_plain_text(report):
    assert "\x1b" not in shown(report)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", terminal.render(report))


def test_without_colour_nothing_is_lost(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    said = shown(samples.with_peers(2), force_terminal=True)
    assert not re.search(r"\x1b\[[\d;]*3[0-7]m", said)
    for words in ("○ Social notworking", "● Social networking", "◐ A bit of both", "provisional"):
        assert words in said


def test_an_old_terminal_gets_letters():
    class Ascii(StringIO):
        encoding = "ascii"

    out = Ascii()
    terminal.show(samples.report(samples.account(glance=())), Console(file=out, width=90))
    assert "█" not in out.getvalue()
    assert "##" in out.getvalue()


def test_many_accounts_become_a_list():
    said = shown(samples.many(5))
    assert said.count("talks with people") == 2
    assert "What would help most" not in said
    assert "--account" in said


def test_markdown_holds_the_same_in_order():
    said = markdown.render(samples.report(samples.account()))
    assert said.startswith("# @harbourandpine talks to itself: 41 of 1,204 posts answer anyone.")
    assert said.index("## What would help most") < said.index("## Does it answer?")
    assert "| Reply share | 3.4 % | 41 of 1,204 | 2.5 to 4.6 % |" in said
    assert "This collection" not in said
    assert samples.ARABIC in said


@pytest.mark.parametrize("report", [*ALL, samples.hostile()])
def test_markdown_lets_nothing_out(report):
    made = MarkdownIt("commonmark").enable("table").render(markdown.render(report))
    tags = {tag.lower() for tag in re.findall(r"<(\w+)", made)}
    assert tags <= {"h1", "h2", "h3", "p", "strong", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th",
                    "td", "blockquote", "a", "br"}  # fmt: skip
    assert all(re.match(r"https?://", target) for target in re.findall(r'href="([^"]*)"', made))


def test_markdown_shows_hostile_texts_as_they_are():
    made = MarkdownIt("commonmark").enable("table").render(markdown.render(samples.hostile()))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made
    assert "**b**" in made
    assert made.count("<tr>") == made.count("</tr>")
