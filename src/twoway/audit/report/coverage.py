"""What could be seen, in few lines: streams of which the same is known share one."""

from dataclasses import dataclass

from twoway.audit import words
from twoway.audit.findings import AccountReport, CoverageLine
from twoway.audit.report.labels import KNOWN
from twoway.audit.saying import marked, say

STREAMS = {
    "originals": marked("originals"), "replies": marked("replies"), "shares": marked("shares"),
    "quotes": marked("quotes"), "likes": marked("likes"), "comments": marked("comments"),
    "mentions": marked("mentions"), "profile": marked("profile"), "private": marked("private"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Some streams, how much of them is known, from when to when, and how we know."""

    streams: str
    known: str
    when: str
    how: str


def lines(account: AccountReport, zone: str) -> tuple[Line, ...]:
    """Return the coverage of an account, what is known first."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for line in sorted(account.coverage, key=lambda line: list(KNOWN).index(line.state)):
        key = say(KNOWN[line.state]), _when(line, zone), line.how
        grouped.setdefault(key, []).append(say(STREAMS.get(line.stream, line.stream)))
    return tuple(Line(words.listing(streams), *key) for key, streams in grouped.items())


def _when(line: CoverageLine, zone: str) -> str:
    if line.begins is None or line.ends is None:
        return ""
    return words.span(line.begins, line.ends, zone)
