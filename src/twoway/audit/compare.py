"""A report beside an earlier one: what changed, by how much, and whether chance alone could do it."""

from collections.abc import Iterator
from dataclasses import replace

from twoway.audit import words
from twoway.audit.findings import AccountReport, Change, Figure, Report
from twoway.audit.saying import marked, ours, say
from twoway.audit.statistics import newcombe

_COMPARED = frozenset({"share", "minutes", "points", "count", "ratio", "score"})

STRANGERS = marked("The earlier report holds none of these accounts, so nothing could be compared.")


def compare(report: Report, earlier: Report) -> Report:
    """Return the report with what changed since the earlier one."""
    accounts = tuple(_compared(account, report, earlier) for account in report.accounts)
    known = any(account.changes for account in accounts)
    return replace(
        report, accounts=accounts, notes=(*report.notes, *(() if known else (STRANGERS,)))
    )


def _compared(account: AccountReport, report: Report, earlier: Report) -> AccountReport:
    before = _same(account, earlier)
    if before is None:
        return account
    return replace(account, changes=tuple(_changes(account, before, report, earlier)))


def _same(account: AccountReport, earlier: Report) -> AccountReport | None:
    """Return the earlier report's account with the same handle on the same network."""
    names = {(one.network, one.handle.lower()) for one in account.profiles}
    for other in earlier.accounts:
        if names & {(one.network, one.handle.lower()) for one in other.profiles}:
            return other
    return None


def _changes(
    account: AccountReport, before: AccountReport, report: Report, earlier: Report
) -> Iterator[Change]:
    obstacle = _obstacle(account, before, report, earlier)
    when = words.span(before.begins, before.ends, earlier.zone)
    yield Change(
        id="verdict", before=None, after=None, low=None, high=None, comparable=not obstacle,
        sentence=words.together([say("{when}: {sentence}", when=when, sentence=ours(before.verdict.sentence)), obstacle]),
    )  # fmt: skip
    known = {figure.id: figure for figure in before.measures}
    for figure in account.measures:
        if (old := known.get(figure.id)) and _is_comparable(figure, old):
            yield _change(figure, old, obstacle)


def _obstacle(
    account: AccountReport, before: AccountReport, report: Report, earlier: Report
) -> str:
    """Return why figures must not be compared, in words; empty where they may."""
    if report.model != earlier.model:
        return say(
            "The posts were read by {before} then and by {now} now, so figures may differ for that alone.",
            before=earlier.model, now=report.model,
        )  # fmt: skip
    if account.begins <= before.ends and before.begins <= account.ends:
        return marked("The two windows overlap, so the same posts count in both.")
    return ""


def _is_comparable(figure: Figure, old: Figure) -> bool:
    return (
        figure.unit == old.unit
        and figure.unit in _COMPARED
        and figure.value is not None
        and old.value is not None
    )


def _change(figure: Figure, old: Figure, obstacle: str) -> Change:
    low, high = (None, None) if obstacle else _interval(figure, old)
    return Change(
        id=figure.id, before=old.value, after=figure.value, low=low, high=high,
        comparable=not obstacle, sentence=_sentence(figure, old, low, high, is_sure=not obstacle),
    )  # fmt: skip


def _interval(figure: Figure, old: Figure) -> tuple[float | None, float | None]:
    """Return the 95 % interval of a difference of shares; other units have none."""
    if figure.unit != "share" or None in (figure.hits, old.hits) or not (figure.n and old.n):
        return None, None
    return newcombe((figure.hits or 0, figure.n), (old.hits or 0, old.n))


def _sentence(
    figure: Figure, old: Figure, low: float | None, high: float | None, *, is_sure: bool
) -> str:
    before, after = (words.amount(one.unit, one.value or 0.0) for one in (old, figure))
    name = say(figure.name)
    if before == after:
        return say("{name}: {after}, as before.", name=name, after=after)
    if (figure.value or 0) > (old.value or 0):
        moved = say("{name} rose from {before} to {after}", name=name, before=before, after=after)
    else:
        moved = say("{name} fell from {before} to {after}", name=name, before=before, after=after)
    if not is_sure or low is None or high is None:
        return say("{moved}.", moved=moved)
    if low <= 0 <= high:
        return say("{moved}; chance alone could do that.", moved=moved)
    least, most = sorted((abs(low) * 100, abs(high) * 100))
    return say("{moved}, by {least} to {most} points.", moved=moved, least=least, most=most)
