"""Write the reference pages that come from the code: measures, commands, tables.

scripts/docs            writes them
scripts/docs --check    says which are out of date, and exits 1 where any is
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from twoway.audit import catalogue
from twoway.audit.catalogue import Measure
from twoway.audit.steps.columns import STEPS
from twoway.cli import twoway
from twoway.cli.explain import GROUPS, STREAMS, capitalised, in_words
from twoway.core.tables import TABLES, Table

REFERENCE = Path(__file__).parent / "reference"
MADE = "<!-- Made by scripts/docs. Change the source it names, not this page. -->\n\n"


def pages() -> Iterator[tuple[str, str]]:
    """Hand over every generated page: its name below reference/ and its text."""
    yield "measures.md", measures()
    yield "commands.md", commands()
    yield "tables.md", tables()


def measures() -> str:
    """Return the page of all measures, from the heads of audit/measures/*.sql."""
    lines = [
        MADE + "# The measures\n",
        "Every measure is one file in `src/twoway/audit/measures/`; this page is made from their heads.",
        "`twoway explain MEASURE` says the same in a terminal.\n",
    ]
    for group, title in GROUPS.items():
        lines.append(f"## {title}\n")
        for measure in catalogue.read():
            if measure.group == group:
                lines += _measure(measure)
    return "\n".join(lines)


def _measure(measure: Measure) -> Iterator[str]:
    needs = ", ".join(STREAMS.get(n, n) for n in measure.whole.needs)
    yield f"### {measure.number}. {measure.name}: `{measure.id}`\n"
    yield f"{capitalised(measure.question)}\n"
    yield f"- **Counted:** {measure.whole.formula}"
    yield f"- **Needs:** {needs or 'nothing special'}"
    if measure.source:
        yield f"- **Source:** {measure.source}"
    yield f"- **Claims:** {' '.join(measure.claims)}"
    yield f"- **Example:** {measure.example}"
    for band in measure.whole.bands:
        yield f"- **Band:** {in_words(band, measure.whole.unit)}"
    for part in measure.parts:
        own = "" if part.formula == measure.whole.formula else f" – {part.formula}"
        yield f"- `{part.id}`: {part.name}{own}"
    yield ""


def commands() -> str:
    """Return the page of all commands, as --help shows them."""
    context = click.Context(twoway, info_name="twoway", max_content_width=96)
    lines = [MADE + "# The commands\n"]
    for name in twoway.list_commands(context):
        found = twoway.get_command(context, name)
        if found is not None:
            lines += [f"## twoway {name}\n", *_help(found, context, name)]
    return "\n".join(lines)


def _help(command: click.Command, context: click.Context, name: str) -> Iterator[str]:
    inner = click.Context(command, parent=context, info_name=name, max_content_width=96)
    yield f"```text\n{command.get_help(inner)}\n```\n"
    if isinstance(command, click.Group):
        for sub in command.list_commands(inner):
            found = command.get_command(inner, sub)
            if found is not None:
                yield f"### twoway {name} {sub}\n"
                yield from _help(found, inner, sub)


def tables() -> str:
    """Return the page of all tables and columns, from core/tables.py and audit/steps/columns.py."""
    lines = [
        MADE + "# The tables\n",
        "A collection is a folder with one sub-folder of Parquet files per table, and a manifest.",
        "Times are microseconds since 1970 in UTC. A column marked with ? may be empty.\n",
    ]
    lines += [line for table in TABLES.values() for line in _table(table)]
    lines.append("# The tables an audit makes for its measures\n")
    lines += [line for table in STEPS for line in _table(table)]
    return "\n".join(lines)


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"{table.row[0].upper()}{table.row[1:]}. Identity: {', '.join(table.identity)}.\n"
    yield "| column | type | meaning |"
    yield "| --- | --- | --- |"
    for column in table.columns:
        empty = "?" if column.optional else ""
        yield f"| {column.name} | {column.type}{empty} | {column.meaning} |"
    yield ""


def main(arguments: list[str]) -> int:
    """Write the pages, or only say which are out of date."""
    stale = []
    for name, text in pages():
        path = REFERENCE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
    sys.stdout.write("".join(f"docs/reference/{name}\n" for name in stale))
    return int("--check" in arguments and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
