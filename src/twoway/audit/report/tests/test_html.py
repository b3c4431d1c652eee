"""The HTML report: self-contained, without scripts, hostile texts harmless, everything reachable."""

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from twoway.audit.report import html, redaction
from twoway.audit.report.tests import samples

ALL = {
    "one": samples.report(samples.account()), "peers": samples.with_peers(4), "sixteen": samples.with_peers(16),
    "many": samples.many(5), "changed": samples.changed(), "nothing": samples.nothing(),
    "no account": samples.report(), "hostile": samples.hostile(),
    "redacted": redaction.redact(samples.with_peers(2)),
}  # fmt: skip
VOID = {"meta", "col", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """What a browser would find: tags with their attributes, ids, links and words."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.ids, self.links, self.words, self.open = [], [], [], [], []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        fields = dict(attrs)
        self.tags.append((tag, fields))
        self.ids += [fields["id"]] if "id" in fields else []
        self.links += [fields] if tag == "a" else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module", params=ALL)
def page(request):
    return Page(html.render(ALL[request.param]))


def test_every_tag_is_closed_and_every_id_stands_once(page):
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))


def test_nothing_runs_and_nothing_is_fetched(page):
    for tag, fields in page.tags:
        assert tag not in {"script", "iframe", "object", "embed", "img", "link", "base", "form"}
        assert not any(
            name.startswith("on") or (name == "style" and tag != "svg") for name in fields
        )
        for name in ("src", "data", "action", "formaction", "xlink:href", "poster"):
            assert name not in fields
    style = "".join(page.words)
    assert not re.search(r"@import|url\((?!data:font/woff2)", style)


def test_links_lead_within_the_page_or_to_the_web_without_a_trace(page):
    for link in page.links:
        if link["href"].startswith("#"):
            assert link["href"][1:] in page.ids
        else:
            assert re.match(r"https?://[^\s\"<>]+$", link["href"])
            assert {"noopener", "nofollow"} <= set(link["rel"].split())


def test_landmarks_headings_and_references_are_whole(page):
    tags = [tag for tag, _ in page.tags]
    assert tags.count("main") == tags.count("h1") == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    for _, fields in page.tags:
        assert set(fields.get("aria-labelledby", "").split()) <= set(page.ids)


def test_charts_can_be_read_without_seeing_them(page):
    charts = [f for tag, f in page.tags if tag == "svg" and f.get("aria-hidden") != "true"]
    inside_axis = [f for f in charts if "role" not in f]
    assert len(inside_axis) == sum(
        1 for tag, f in page.tags if tag == "tr" and f.get("class") == "axis"
    )
    assert all(f["role"] == "img" and f["aria-label"] for f in charts if "role" in f)


def test_no_direction_is_overridden(page):
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", "".join(page.words))


def test_hostile_texts_are_shown_as_they_are():
    source = html.render(samples.hostile())
    assert "<script" not in source
    assert "javascript:" not in re.sub(r">[^<]*<", "><", source)
    assert samples.EVIL.split(">")[0] in "".join(Page(source).words)


def test_the_verdict_comes_first_and_every_figure_with_its_n():
    source = html.render(samples.report(samples.account()))
    words = "".join(Page(source).words).replace("\u00a0", " ")
    assert words.index("talks to itself: 41 of 1,204 posts") < words.index("Its last 20 posts")
    assert words.index("Its last 20 posts") < words.index("What would help most")
    for row in re.findall(r'<td class="value">([^<]+%)</td>\s*<td class="n">([^<]*)</td>', source):
        assert re.fullmatch(r"[\d,]+\sof\s[\d,]+", row[1])


def test_what_could_not_be_seen_is_said_with_its_reason():
    words = "".join(Page(html.render(samples.report(samples.account()))).words)
    assert "The posts it replied to are not in the collection." in words
    assert "too little data" in words


def test_people_in_every_script_stand_in_their_own_direction():
    source = html.render(samples.report(samples.account()))
    for words in (samples.ARABIC, samples.CHINESE, "🥺"):
        assert f'<blockquote dir="auto">{words}</blockquote>' in source


def test_a_handle_at_the_beginning_does_not_turn_what_is_said_around():
    step = samples.STEPS[0]
    asked = replace(step.evidence[0], text=f"@museum, @zoo {samples.ARABIC}")
    shown = samples.account(advice=(replace(step, evidence=(asked,)),))
    named = f'<blockquote dir="auto"><bdi>@museum, @zoo</bdi> {samples.ARABIC}</blockquote>'
    assert named in html.render(samples.report(shown))


def test_an_earlier_report_is_compared_in_words():
    words = "".join(Page(html.render(samples.changed())).words)
    assert "Reply share fell from 9\u00a0% to 3.4\u00a0%" in words
    assert "cannot be compared" in words
    assert "Before, 1 October to 31 December 2025: @harbourandpine answers now and then" in words


def test_the_file_stays_small():
    assert len(html.render(samples.report(samples.account())).encode()) < 220_000


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium")
def test_one_account_prints_on_three_pages(tmp_path: Path):
    source, printed = tmp_path / "report.html", tmp_path / "report.pdf"
    source.write_text(html.render(samples.report(samples.account())), encoding="utf-8")
    subprocess.run(
        [shutil.which("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}", source.as_uri()],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    assert len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes())) <= 3


def test_several_accounts_begin_with_what_they_amount_to_and_are_folded_by_name():
    page = Page(html.render(samples.many(5)))
    words = "".join(page.words)
    assert "2 of 5 accounts talk with people." in words.replace("\u00a0", " ")
    for handle in ("harbourandpine", "saltmarsh", "kittiwake.supply"):
        assert f"@{handle}" in words
    assert page.ids.count("account-5-top") == 1
