"""The report as one self-contained HTML file: no script, nothing fetched, everything from outside escaped."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from twoway.audit import words
from twoway.audit.findings import AccountReport, Report
from twoway.audit.report import cleaning, coverage, doubt, labels, side_by_side, values
from twoway.audit.report.chapters import Chapter, chapters
from twoway.audit.report.strips import Strip, strip
from twoway.audit.saying import say, spoken

_HERE = Path(__file__).parent
_UNSAFE = re.compile(r"[^a-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """One audited organisation; anchors of its parts begin with `anchor`."""

    anchor: str
    account: AccountReport
    strip: Strip
    chapters: tuple[Chapter, ...]


def render(report: Report) -> str:
    """Return the whole page."""
    pages = tuple(_pages(report))
    return _environment().get_template("page.html.j2").render(
        report=report, pages=pages, beside=side_by_side.make(report), title=_title(report)
    )  # fmt: skip


def _pages(report: Report) -> Iterator[AccountPage]:
    audited = [account for account in report.accounts if not account.is_peer] or list(
        report.accounts
    )
    for number, account in enumerate(audited, start=1):
        yield AccountPage(
            anchor="" if len(audited) == 1 else f"account-{number}-", account=account,
            strip=strip(account.glance), chapters=chapters(account, report),
        )  # fmt: skip


def _title(report: Report) -> str:
    shown = side_by_side.audited(report)
    names = [cleaning.by(account.organisation, 40) for account in shown[:3]]
    more = [say("{n} more", n=len(shown) - 3)] if len(shown) > 3 else []
    if not names:
        return say("Twoway audit")
    return say("Twoway audit of {names}", names=words.listing([*names, *more]))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([_HERE / "templates", _HERE / "look"]), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {
        "spaced": _spaced, "people": cleaning.text, "named": cleaning.named, "line": cleaning.line, "address": cleaning.address, "by": cleaning.by,
        "taken_for": doubt.taken_for,
        "slug": _slug, "day": words.day, "moment": words.time, "number": words.count, "month": words.month,
    }  # fmt: skip
    environment.globals |= {
        "say": say, "spoken": spoken, "verdict_name": labels.verdict, "firmness": labels.firmness, "span": words.span, "values": values, "seen": coverage.lines, "font": _font, "strip": strip,
        "sentence": words.sentence, "amount": words.amount,
    }  # fmt: skip
    return environment


def _spaced(text: str) -> str:
    return values.spaced(cleaning.line(text))


def _slug(text: str) -> str:
    return _UNSAFE.sub("-", text.lower()).strip("-")[:60]


@cache
def _font(name: str) -> Markup:
    """Return a font of fonts/ as a data address; it is ours, so it needs no escaping."""
    data = b64encode((_HERE / "fonts" / f"{name}.woff2").read_bytes()).decode("ascii")
    return Markup(f"data:font/woff2;base64,{data}")  # noqa: S704 - base64 of a file of ours
