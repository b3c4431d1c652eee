"""A report told again in another language: its own sentences, names and notes, never what people said.

An audit speaks English, and so does the report that is kept. What it says knows how it was made
(`saying`), so whoever shows it tells it anew: `with speaking("de"): html.render(told(report))`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from twoway.audit.findings import AccountReport, Band, CoverageLine, Evidence, Figure, Report, Step
from twoway.audit.saying import ENGLISH, Said, again, spoken


@dataclass(frozen=True, slots=True)
class Tell:
    """How to tell what is `ours`, and what is `perhaps` somebody else's words."""

    ours: Callable[[str], str]
    perhaps: Callable[[str], str]


def told(report: Report) -> Report:
    """Return a report in the language spoken now."""
    tell = Tell(again, lambda words: again(words) if isinstance(words, Said) else words)
    return report if spoken() == ENGLISH else each(report, tell)


def each(report: Report, tell: Tell) -> Report:
    """Return a report in which everything but the words of others is told."""
    return replace(
        report, notes=tuple(map(tell.ours, report.notes)),
        accounts=tuple(_account(account, tell) for account in report.accounts),
    )  # fmt: skip


def _account(account: AccountReport, tell: Tell) -> AccountReport:
    verdict = account.verdict
    return replace(
        account,
        verdict=replace(
            verdict,
            sentence=tell.ours(verdict.sentence),
            reasons=tuple(map(tell.ours, verdict.reasons)),
        ),
        advice=tuple(_step(step, tell) for step in account.advice),
        coverage=tuple(_line(line, tell) for line in account.coverage),
        measures=tuple(_figure(figure, tell) for figure in account.measures),
        audience=tuple(_figure(figure, tell) for figure in account.audience),
        changes=tuple(
            replace(change, sentence=tell.ours(change.sentence)) for change in account.changes
        ),
    )


def _step(step: Step, tell: Tell) -> Step:
    return replace(
        step, do=tell.ours(step.do), why=tell.ours(step.why), evidence=tuple(_post(one, tell) for one in step.evidence)
    )  # fmt: skip


def _line(line: CoverageLine, tell: Tell) -> CoverageLine:
    return replace(line, how=tell.ours(line.how))


def _figure(figure: Figure, tell: Tell) -> Figure:
    return replace(
        figure, name=tell.ours(figure.name), reason=tell.ours(figure.reason), text=tell.ours(figure.text),
        band=_band(figure.band, tell) if figure.band else None,
        evidence=tuple(_post(one, tell) for one in figure.evidence),
        parts=tuple(_figure(part, tell) for part in figure.parts),
        detail=tuple((tell.ours(name), tell.perhaps(text)) for name, text in figure.detail),
    )  # fmt: skip


def _band(band: Band, tell: Tell) -> Band:
    return replace(
        band,
        label=tell.ours(band.label),
        meaning=tell.ours(band.meaning),
        source=tell.ours(band.source),
    )


def _post(post: Evidence, tell: Tell) -> Evidence:
    return replace(post, note=tell.ours(post.note), author=tell.perhaps(post.author))


def sentences(report: Report) -> Iterator[Said]:
    """Yield what a report says that was made of a template and values."""
    for words in _everything(report):
        if isinstance(words, Said) and words.values:
            yield words


def _everything(report: Report) -> Iterator[str]:
    yield from report.notes
    for account in report.accounts:
        yield account.verdict.sentence
        yield from account.verdict.reasons
        for step in account.advice:
            yield from (step.do, step.why, *(post.note for post in step.evidence))
        yield from (change.sentence for change in account.changes)
        yield from (line.how for line in account.coverage)
        for figure in (*account.measures, *account.audience):
            yield from _of_figure(figure)


def _of_figure(figure: Figure) -> Iterator[str]:
    yield from (figure.name, figure.reason, figure.text)
    yield from (figure.band.meaning,) if figure.band else ()
    yield from (post.note for post in figure.evidence)
    yield from (text for _, text in figure.detail)
    for part in figure.parts:
        yield from _of_figure(part)
