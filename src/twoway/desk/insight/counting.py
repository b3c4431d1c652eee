"""Works on one audit, in a process of its own: pages stay quick, a killed audit is begun anew."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.errors import AuditError
from twoway.audit.report import json as reports
from twoway.audit.request import Request
from twoway.audit.run import audit as count
from twoway.collection.errors import CollectionError
from twoway.collection.folder import Collection
from twoway.collection.gathering import gather_records
from twoway.desk.insight import collecting, services
from twoway.desk.insight.models import Audit
from twoway.desk.team.models import Organisation

MEMORY: Final = "500MB"
LONGEST: Final = 50 * 60
"""Seconds that reading a stranger's account may take: large ones are many pages."""

Tell = Callable[[str], None]


def work_on(number: int) -> None:
    """Do the audit and keep its report, or say why it came to nothing."""
    audit = Audit.objects.select_related("organisation").get(pk=number)
    tell: Tell = lambda doing: services.tell(number, doing)  # noqa: E731  a sentence to write down
    try:
        report = _of_us(audit, tell) if not audit.subject else _of(audit.subject, tell)
    except (AuditError, CollectionError) as error:
        services.fail(audit, str(error))
    else:
        services.finish(audit, report)


def _of_us(audit: Audit, tell: Tell) -> str:
    organisation = audit.organisation
    with TemporaryDirectory(prefix="twoway-") as folder:
        into = Path(folder) / "desk"
        tell("Gathering what was said")
        gather_records(collecting.records(organisation.pk), into, "the desk")
        engine = DuckDB(memory=MEMORY)
        try:
            return reports.render(
                count(Collection.open(into), _request(organisation), engine, progress=tell)
            )
        finally:
            engine.close()


def _request(organisation: Organisation) -> Request:
    ours = collecting.groups(organisation.pk)
    return Request(
        accounts=tuple(group[0] for group in ours),
        ours=tuple(group for group in ours if len(group) > 1),
        brands=(organisation.name,),
        zone=organisation.time_zone,
    )


def _of(handle: str, tell: Tell) -> str:
    """Audit anybody by the command, which knows how to read the networks."""
    tell("Reading what they say in public")
    with TemporaryDirectory(prefix="twoway-") as folder:
        output = Path(folder) / "report.json"
        command = [
            str(Path(sys.executable).with_name("twoway")), "audit", "--format", "json", "--output", str(output),
            "--", handle,
        ]  # fmt: skip
        try:
            ran = subprocess.run(  # noqa: S603  our own command; the handle comes after "--"
                command, capture_output=True, text=True, timeout=LONGEST, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise AuditError(
                f"Reading {handle} took longer than {LONGEST // 60} minutes. Use twoway pull, which goes on where it stopped."
            ) from error
        if not output.exists():
            said = ran.stderr.strip().splitlines()
            raise AuditError(
                said[-1].removeprefix("twoway: ") if said else "It ended without a word."
            )
        report = output.read_text(encoding="utf-8")
        reports.read(report.encode(), handle)
        return report
