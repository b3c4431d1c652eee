"""The report in Markdown, for wikis and mails: words and tables, every text from outside escaped."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from twoway.audit import words
from twoway.audit.findings import Evidence, Report
from twoway.audit.report import cleaning, coverage, doubt, labels, side_by_side, values
from twoway.audit.report.chapters import chapters
from twoway.audit.report.finding import Finding
from twoway.audit.report.labels import MARKS
from twoway.audit.report.strips import strip
from twoway.audit.saying import say

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")


def render(report: Report) -> str:
    """Return the report as Markdown."""
    template = _environment().get_template("report.md.j2")
    made = template.render(
        report=report, accounts=side_by_side.audited(report), beside=side_by_side.make(report),
        marks=MARKS,
    )  # fmt: skip
    return re.sub(r"\n{3,}", "\n\n", made).strip() + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - Markdown has its own escaping, on everything that is put in
        loader=FileSystemLoader(Path(__file__).parent / "templates"), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=escape,
    )  # fmt: skip
    environment.globals |= {
        "chapters": chapters, "strip": strip, "values": values, "span": words.span, "posts": _posts, "seen": coverage.lines,
        "quoted": _quoted, "say": say, "verdict_name": labels.verdict, "firmness": labels.firmness,
    }  # fmt: skip
    return environment


def escape(value: object) -> str:
    """Return a value as one line that Markdown shows as it stands."""
    if isinstance(value, Markup):
        return value
    text = cleaning.line(str(value)).replace("&", "&amp;")
    return _SPECIAL.sub(r"\\\1", text)


def _address(value: str | None) -> Markup | None:
    """Return a link's target; brackets would end it early."""
    safe = cleaning.address(value)
    if safe is None:
        return None
    return Markup(safe.translate({ord(c): f"%{ord(c):02X}" for c in "()<>\\|`*_[]"}))  # noqa: S704


def _quoted(post: Evidence, indent: str = "") -> Markup:
    """Return a post as a quotation."""
    where = _address(post.address)
    head = [f"**{escape(cleaning.by(post.author))}**", words.day(post.said_at)]
    head += [escape(post.note)] if post.note else []
    link = f" ([{escape(say('see it'))}]({where}))" if where else ""
    said = escape(words.shortened(cleaning.line(post.text), 500)) or say("(no words)")
    lines = [f"{', '.join(head)}{link}", said, *filter(None, [escape(doubt.taken_for(post))])]
    return Markup("  \n".join(f"{indent}> {line}" for line in lines) + "\n")  # noqa: S704 - escaped


def _posts(finding: Finding) -> Iterator[Evidence]:
    """Yield the posts of a finding, the one shown openly first."""
    if finding.lead:
        yield finding.lead
    for shown in finding.shown:
        yield from shown.posts
