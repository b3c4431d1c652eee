"""Several accounts beside each other: their strips, and the figures that tell them apart."""

from collections import Counter
from dataclasses import dataclass

from twoway.audit import words
from twoway.audit.findings import AccountReport, Figure, Report, VerdictName
from twoway.audit.report import cleaning
from twoway.audit.report.charts import Chart, beside
from twoway.audit.report.strips import Strip, strip
from twoway.audit.saying import forms, marked, say

# Figure, or figure and part, with the name it has in the comparison.
COMPARED = (
    ("reply_share", "", marked("Answers among posts")),
    ("response_rate", "", marked("Asked and answered within three days")),
    ("first_response_time", "median_answered", marked("Half of the answers came within")),
    ("monologue", "", marked("Posts that speak to nobody")),
    ("link_only", "", marked("Posts that are only a link")),
    ("named_people", "", marked("Replies with a person’s name")),
)
_SOME: dict[VerdictName, tuple[str, str]] = {
    "networking": forms("{n} of {all} accounts talks with people.", "{n} of {all} accounts talk with people."),
    "notworking": forms(
        "{n} of {all} accounts seems to talk to itself.", "{n} of {all} accounts seem to talk to themselves."
    ),
    "mixed": forms("{n} of {all} accounts does a bit of both.", "{n} of {all} accounts do a bit of both."),
    "too_little_data": forms(
        "{n} of {all} accounts shows too little to judge.", "{n} of {all} accounts show too little to judge."
    ),
    "not_judged": forms("{n} of {all} accounts was not judged.", "{n} of {all} accounts were not judged."),
}  # fmt: skip
_ALL: dict[VerdictName, str] = {
    "networking": marked("All {n} accounts talk with people."),
    "notworking": marked("All {n} accounts seem to talk to themselves."),
    "mixed": marked("All {n} accounts do a bit of both."),
    "too_little_data": marked("All {n} accounts show too little to judge."),
    "not_judged": marked("All {n} accounts were not judged."),
}
_ORDER = ("networking", "mixed", "notworking", "too_little_data", "not_judged")


@dataclass(frozen=True, slots=True)
class Line:
    """One account of the comparison."""

    account: AccountReport
    strip: Strip
    place: int
    """Its place among the audited accounts, from 1; 0 for one that is only compared with."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """All accounts, best verdict first, and a chart for each figure that two of them have."""

    lines: tuple[Line, ...]
    charts: tuple[Chart, ...]

    @property
    def legend(self) -> str:
        """What the letters of the strips stand for, those with people first."""
        looks = dict.fromkeys(tile.look for line in self.lines for tile in line.strip.tiles)
        ordered = sorted(looks, key=lambda look: (not look.is_with_people, look.one))
        return words.listing([
            say("{letter} {what}", letter=look.letter, what=look.one) for look in ordered
        ])  # fmt: skip

    @property
    def sentence(self) -> str:
        """How many talk with people; where none does, what most can be said to do."""
        found = Counter(line.account.verdict.name for line in self.lines)
        name = next(name for name in _SOME if found[name])
        if found[name] == len(self.lines):
            return say(_ALL[name], n=len(self.lines))
        return say(*_SOME[name], n=found[name], all=len(self.lines))


def make(report: Report) -> SideBySide | None:
    """Return the comparison; None where there is nothing to compare."""
    if len(report.accounts) < 2:
        return None
    places = {id(a): place for place, a in enumerate(audited(report), start=1)}
    lines = sorted(
        (Line(a, strip(a.glance), places.get(id(a), 0)) for a in report.accounts),
        key=lambda line: (_ORDER.index(line.account.verdict.name), -_talk(line.account)),
    )
    return SideBySide(tuple(lines), tuple(_charts(report)))


def audited(report: Report) -> list[AccountReport]:
    """Return the accounts the report is about; all, where every one is only compared with."""
    return [account for account in report.accounts if not account.is_peer] or list(report.accounts)


def _talk(account: AccountReport) -> float:
    figure = _figure(account, "reply_share", "")
    return (figure.value or 0.0) if figure else 0.0


def _charts(report: Report) -> list[Chart]:
    shown = audited(report)
    main = _label(shown[0]) if len(shown) == 1 else None
    made = []
    for id_, part, name in COMPARED:
        found = {_label(a): _figure(a, id_, part) for a in report.accounts}
        chart = beside(say(name), {label: one for label, one in found.items() if one}, main)
        if chart and len(chart.rows) > 1:
            made.append(chart)
    return made


def _label(account: AccountReport) -> str:
    return cleaning.by(account.organisation)


def _figure(account: AccountReport, id_: str, part: str) -> Figure | None:
    whole = next((figure for figure in account.measures if figure.id == id_), None)
    if whole is None or not part:
        return whole
    return next((one for one in whole.parts if one.id == part), None)
