"""`twoway explain`: what a measure asks, how it is counted, where its bands come from."""

import click

from twoway.audit import catalogue
from twoway.audit.bands import BandLine
from twoway.audit.catalogue import Measure
from twoway.audit.errors import AuditError

STREAMS = {
    "O": "originals", "R": "replies", "S": "shares", "L": "likes given",
    "C": "comments and replies received", "M": "mentions", "Q": "quotes of us", "P": "the profile",
    "parents": "the posts replied to", "networks": "several networks",
}  # fmt: skip
GROUPS = {
    "conversation": "Conversation, not broadcast",
    "people": 'People, not "the company"',
    "action": "What is heard becomes action",
    "place": "The right place, in public",
    "audience": "How the audience reacts",
}


@click.command(
    short_help="Tell what a measure asks and how it is counted.",
    epilog="\b\nExamples:\n  twoway explain\n  twoway explain response_rate\n  twoway explain 3 --sql",
)
@click.argument("measure", required=False)
@click.option("--sql", is_flag=True, help="Show the statements that return the posts it counts.")
def command(measure: str | None, sql: bool) -> None:
    """Tell what MEASURE asks, how it is counted and where its bands come from.

    MEASURE is an id such as response_rate, or its number. Without one, all measures are listed.
    """
    if measure is None:
        _list_all()
        return
    found = catalogue.find(measure.strip().lower().replace("-", "_"))
    if found is None:
        raise AuditError(_unknown(measure))
    _explain(found)
    if sql:
        for sheet in found.sheets:
            click.echo(f"\n-- {sheet.path.name}\n{sheet.query}")


def _unknown(name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only after a slip of the pen

    near = get_close_matches(name, [m.id for m in catalogue.read()], n=3, cutoff=0.4)
    meant = f" Did you mean {', '.join(near)}?" if near else ""
    return f"There is no measure {name!r}.{meant} `twoway explain` lists all."


def _list_all() -> None:
    measures = catalogue.read()
    for group, title in GROUPS.items():
        members = [measure for measure in measures if measure.group == group]
        if members:
            click.secho(f"\n{title}", bold=True)
        for measure in members:
            click.echo(f"  {measure.number:>3}  {measure.id:<24} {capitalised(measure.question)}")


def _explain(measure: Measure) -> None:
    click.secho(f"{measure.number}. {measure.name}", bold=True)
    _say("", capitalised(measure.question))
    _say("Counted", measure.whole.formula)
    _say("Needs", ", ".join(STREAMS.get(n, n) for n in measure.whole.needs) or "nothing special")
    _say("Claims", " ".join(measure.claims))
    _say("Source", measure.source)
    _say("Example", measure.example)
    for band in measure.whole.bands:
        _say("Band", in_words(band, measure.whole.unit))
    for part in measure.parts:
        click.echo()
        click.secho(f"  {part.id}", bold=True)
        _say("", part.name)
        if part.formula != measure.whole.formula:
            _say("Counted", part.formula)
        for band in part.bands if part.bands != measure.whole.bands else ():
            _say("Band", in_words(band, part.unit))


def capitalised(sentence: str) -> str:
    """Return a sentence with its first letter large, the rest as it was."""
    return sentence[:1].upper() + sentence[1:]


def in_words(band: BandLine, unit: str) -> str:
    """Return a band as a line: its scale, what was measured, and where that comes from."""
    return f"{_scale(band, unit)}{band.meaning} ({band.source}, {band.year})"


def _scale(band: BandLine, unit: str) -> str:
    """Write labels and limits in one line: "broadcast < 5 % < mostly broadcast"."""
    if not band.limits:
        return ""
    steps = [band.labels[0]]
    for limit, label in zip(band.limits, band.labels[1:], strict=True):
        steps += [f"{limit * 100:g} %" if unit == "share" else f"{limit:g}", label]
    return " < ".join(steps) + ": "


def _say(label: str, words: str) -> None:
    if words:
        click.echo(click.wrap_text(f"{label:<9}{words}".strip(), 96, "  ", " " * 11))
