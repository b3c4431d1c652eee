"""A report in the form that was asked for, on standard output or in a file."""

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twoway.audit.errors import AuditError
from twoway.audit.saying import ENGLISH, speaking

if TYPE_CHECKING:
    from twoway.audit.findings import Report

FORMATS = ("terminal", "html", "json", "markdown")


def show(
    report: "Report", form: str, output: Path | None, *, language: str, redact: bool
) -> None:  # fmt: skip
    if redact:
        from twoway.audit.report.redaction import redact as hide  # noqa: PLC0415  only when asked

        report = hide(report)
    if language == ENGLISH or form == "json":  # programs read it, whatever people speak
        _show(report, form, output)
        return
    from twoway.audit.report.retelling import told  # noqa: PLC0415  only in another language

    with speaking(language):
        _show(told(report), form, output)


def _show(report: "Report", form: str, output: Path | None) -> None:
    room = import_module(f"twoway.audit.report.{form}")
    if form == "terminal" and output is None:
        from rich.console import Console  # noqa: PLC0415  only for a terminal

        room.show(report, Console())
    elif output is None:
        click.echo(room.render(report))
    else:
        _write(room.render(report), output)


def _write(text: str, output: Path) -> None:
    """Write a file whole or not at all; into a device or a pipe, which must stay what it is, as it comes."""
    is_file = output.is_file() or not output.exists()
    draft = output.with_name(f".{output.name}.draft") if is_file else output
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(output)
    except OSError as error:
        if is_file:
            with suppress(OSError):
                draft.unlink()
        raise AuditError(f"--output {output} cannot be written: {error.strerror}.") from None
    click.echo(f"Written to {output}", err=True)
