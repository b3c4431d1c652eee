"""The report in a terminal: verdict first, then the strip, the findings by question, the posts behind them.

Calm in any width, without colour and when piped: what colour says, a word or a mark says as well.
"""

from collections.abc import Iterator, Sequence
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from twoway.audit import words
from twoway.audit.findings import AccountReport, Evidence, Report
from twoway.audit.report import cleaning, coverage, doubt, labels, side_by_side
from twoway.audit.report.chapters import Chapter, chapters
from twoway.audit.report.charts import Chart, Row
from twoway.audit.report.finding import Finding
from twoway.audit.report.labels import MARKS
from twoway.audit.report.strips import Strip, strip
from twoway.audit.saying import say

_TONES = {
    "networking": "green", "mixed": "yellow", "notworking": "red", "too_little_data": "dim",
    "not_judged": "dim",
}  # fmt: skip
_IN_FULL = 3
_POSTS = 2
"""Posts for each finding; the other forms show all."""
_BAR = 16
_WIDE_ENOUGH = 76
_WIDEST = 100
_INDENT = (0, 0, 0, 2)


def show(report: Report, console: Console) -> None:
    """Print the report; more than three accounts are shown as a list."""
    width = min(console.width, _WIDEST)
    ascii_only = console.options.ascii_only
    console.print(Group(*_parts(report, width, ascii_only=ascii_only)), width=width)


def render(report: Report, width: int = _WIDEST) -> str:
    """Return the report as plain text, for a file or a pipe."""
    console = Console(file=StringIO(), width=width, color_system=None, legacy_windows=False)
    with console.capture() as printed:
        console.print(Group(*_parts(report, min(width, _WIDEST), ascii_only=False)))
    return "\n".join(line.rstrip() for line in printed.get().splitlines()) + "\n"


def _parts(report: Report, width: int, *, ascii_only: bool) -> Iterator[RenderableType]:
    shown = side_by_side.audited(report)
    if len(shown) != 1:
        yield from _overview(report)
    if len(shown) <= _IN_FULL:
        for account in shown:
            yield from _account(account, report, _Bars(width, ascii_only=ascii_only))
    else:
        full = say("One account in full: add --account with its handle.")
        yield Text(f"\n{full}", "dim")
    for note in report.notes:
        yield Text(f"\n{cleaning.line(note)}", "dim")
    read = say(
        "Posts were read by {model}; times are those of {zone}.",
        model=cleaning.line(report.model, 80), zone=cleaning.line(report.zone, 60),
    )  # fmt: skip
    yield Text(f"\n{read}", "dim")


def _overview(report: Report) -> Iterator[RenderableType]:
    beside = side_by_side.make(report)
    if beside is None:
        return
    yield _title(beside.sentence)
    for line in beside.lines:
        yield Text()
        yield _label(line.account)
        yield Text(cleaning.line(line.account.verdict.sentence))
        yield Text(" ".join(tile.look.letter for tile in line.strip.tiles), "dim")
    if beside.legend:
        legend = say("Their last posts, the newest at the right: {legend}.", legend=beside.legend)
        yield Text(f"\n{legend}", "dim")


def _account(account: AccountReport, report: Report, bars: "_Bars") -> Iterator[RenderableType]:
    yield Text()
    yield _label(account)
    yield Text(cleaning.line(account.verdict.sentence), "bold")
    yield Text(f"{_who(account)}, {words.span(account.begins, account.ends, report.zone)}", "dim")
    yield from _strip(strip(account.glance), bars)
    yield Text()
    for reason in account.verdict.reasons:
        yield Padding(Text(f"- {cleaning.line(reason)}"), _INDENT, expand=False)
    for change in account.changes:
        if change.id == "verdict":
            before = say("Before, {sentence}", sentence=cleaning.line(change.sentence))
            yield Text(f"\n{before}")
    yield from _advice(account)
    if len(side_by_side.audited(report)) == 1:
        yield from _overview(report)
    told = chapters(account, report)
    for chapter in told:
        yield from _chapter(chapter, bars)
    yield from _posts(told)
    yield from _coverage(account, report)


def _label(account: AccountReport) -> Text:
    name = account.verdict.name
    return Text.assemble(
        (f"{MARKS[name]} {labels.verdict(name)}", f"bold {_TONES[name]}"),
        (f"  {labels.firmness(account.verdict.firm)}", "dim"),
    )


def _who(account: AccountReport) -> str:
    shown = [
        say(
            "{who} on {network}",
            who=cleaning.by(one.handle),
            network=cleaning.line(one.network, 40),
        )
        for one in account.profiles
    ]
    return words.listing(shown) or cleaning.by(account.organisation)


def _strip(glance: Strip, bars: "_Bars") -> Iterator[RenderableType]:
    if not glance.tiles:
        return
    newest = say("Its last posts, the newest at the right")
    yield Text(f"\n{newest}", "dim")
    above = [tile.look.letter if tile.look.is_with_people else " " for tile in glance.tiles]
    below = [" " if tile.look.is_with_people else tile.look.letter for tile in glance.tiles]
    sides = say("with people"), say("at people")
    above_, below_ = (side.ljust(max(map(len, sides))) for side in sides)
    yield Text.assemble(f"  {above_}  ", (bars.spaced(above), "bold cyan"))
    yield Text(f"  {below_}  {bars.spaced(below)}")
    counts = ", ".join(f"{one.words} ({one.look.letter})" for one in glance.counts)
    yield Padding(Text(counts, "dim"), _INDENT, expand=False)


def _advice(account: AccountReport) -> Iterator[RenderableType]:
    if not account.advice:
        return
    yield _title(say("What would help most"))
    for number, step in enumerate(account.advice, start=1):
        yield Text.assemble(f"\n{number} ", (cleaning.line(step.do), "bold"))
        yield Padding(Text(cleaning.line(step.why)), _INDENT, expand=False)
        yield from (_post(post) for post in step.evidence)


def _chapter(chapter: Chapter, bars: "_Bars") -> Iterator[RenderableType]:
    yield _title(chapter.title)
    for finding in chapter.findings:
        yield from _finding(finding, bars)
    for names, reason in chapter.unseen:
        yield Text(f"\n{cleaning.line(names)}: {cleaning.line(reason)}", "dim")


def _finding(finding: Finding, bars: "_Bars") -> Iterator[RenderableType]:
    yield Text(f"\n{cleaning.line(finding.sentence)}", "bold")
    if finding.caveat:
        yield Padding(Text(cleaning.line(finding.caveat), "dim"), _INDENT, expand=False)
    for chart in finding.charts:
        yield Padding(bars.table(chart), _INDENT, expand=False)
    for trend in finding.trends:
        yield Padding(Text(cleaning.line(trend.summary)), _INDENT, expand=False)
    for fact in finding.facts:
        yield Padding(
            Text(cleaning.line(f"{fact.name}: {fact.words}{_in_brackets(fact.n)}")),
            _INDENT,
            expand=False,
        )
    for name, text in finding.figure.detail:
        yield Padding(
            Text(f"{cleaning.line(name)}: {cleaning.line(text, 300)}"), _INDENT, expand=False
        )
    for line in (*([finding.change.sentence] if finding.change else []), *finding.yardsticks[:1]):
        yield Padding(Text(cleaning.line(line), "dim"), _INDENT, expand=False)


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


def _posts(told: Sequence[Chapter]) -> Iterator[RenderableType]:
    """Yield the clearest posts behind the figures, each once, under the first figure that shows it."""
    seen: set[int] = set()
    lines: list[RenderableType] = []
    for finding in (finding for chapter in told for finding in chapter.findings):
        every = ([finding.lead] if finding.lead else []) + [
            p for s in finding.shown for p in s.posts
        ]
        new = [post for post in every if post.post not in seen][:_POSTS]
        seen |= {post.post for post in new}
        if new:
            lines += [Text(f"\n{cleaning.line(finding.figure.name)}", "bold"), *map(_post, new)]
    if lines:
        yield _title(say("The posts behind these figures"))
        yield from lines


def _post(post: Evidence) -> RenderableType:
    why = f", {cleaning.line(post.note, 200)}" if post.note else ""
    head = Text.assemble(
        (cleaning.by(post.author), "bold"), (f", {words.day(post.said_at)}{why}", "dim")
    )
    lines = [head, Text(words.shortened(cleaning.line(post.text), 240) or say("(no words)"))]
    if taken_for := doubt.taken_for(post):
        lines.append(Text(taken_for, "dim"))
    if address := cleaning.address(post.address):
        lines.append(Text(address, "dim", no_wrap=True, overflow="ignore"))
    return Padding(Group(*lines), (0, 0, 0, 4), expand=False)


def _coverage(account: AccountReport, report: Report) -> Iterator[RenderableType]:
    yield _title(say("What could be seen"))
    for line in coverage.lines(account, report.zone):
        told = [line.known, line.when, cleaning.line(line.how, 200)]
        said = f"{cleaning.line(line.streams, 200)}: {', '.join(filter(None, told))}"
        yield Padding(Text(said), _INDENT, expand=False)
    if not account.coverage:
        unknown = say("Nothing is known about which of its posts are here.")
        yield Padding(Text(unknown), _INDENT, expand=False)


def _title(text: str) -> Text:
    return Text(f"\n{text}", "bold cyan underline")


class _Bars:
    """Charts in characters: full up to the interval's lower end, shaded up to its upper end."""

    def __init__(self, width: int, *, ascii_only: bool) -> None:
        self._is_wide = width >= _WIDE_ENOUGH
        self._sure, self._maybe, self._open = ("#", "=", ">") if ascii_only else ("█", "░", "→")

    def spaced(self, letters: Sequence[str]) -> str:
        """Return letters in a row, closer where the terminal is narrow."""
        return (" " if self._is_wide else "").join(letters)

    def table(self, chart: Chart) -> Table:
        """Return the rows of a chart; a narrow terminal gets the words alone."""
        table = Table.grid(padding=(0, 2), expand=False)
        if self._is_wide:  # one width for all, so that bars stand below each other
            table.add_column(width=26)
            table.add_column(width=_BAR, no_wrap=True)
            table.add_column(min_width=16)
        else:
            table.add_column(max_width=28)
            table.add_column()
        table.add_column(justify="right", style="dim")
        for row in chart.rows:
            cells = [Text(cleaning.line(row.label, 60), "bold" if row.is_main else "")]
            cells += [Text(self._bar(row), "cyan")] if self._is_wide else []
            table.add_row(*cells, Text(cleaning.line(row.words)), Text(row.n))
        return table

    def _bar(self, row: Row) -> str:
        if row.opens is not None:
            begins = _cells(row.opens)
            return " " * begins + "-" * (_BAR - begins - 1) + self._open
        if row.bar is None or row.bar[0] > 0:
            return ""
        low, high = (_cells(end) for end in row.reach or (row.bar[1], row.bar[1]))
        return self._sure * low + self._maybe * (high - low)


def _cells(percent: float) -> int:
    return min(round(percent * _BAR / 100), _BAR - 1)
