"""The report as JSON, and back: what is written reads again as the same report."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any

import msgspec

from twoway.audit import findings
from twoway.audit.errors import UnreadableReport
from twoway.audit.findings import SCHEMA_VERSION, AccountReport, Evidence, Figure, Report
from twoway.audit.report import phrases, published
from twoway.audit.report.published import Document
from twoway.audit.saying import Said
from twoway.core.readings import certainty_in_words

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_AGAIN = "Make it again with 'twoway audit … --format json'."


def render(report: Report) -> str:
    """Return the report as JSON in the published shape."""
    # One thing at a time: of 150 organisations each form of it takes 40 to 60 MB.
    told = msgspec.json.encode(_document(report), enc_hook=_words)
    told = msgspec.json.format(told, indent=1)
    told += b"\n"
    return told.decode()


def _words(one: object) -> str:
    """Return a sentence of ours as the text it is; nothing else needs help."""
    if isinstance(one, Said):
        return str(one)
    raise NotImplementedError


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what `render` writes; report.schema.json is this."""
    made = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Twoway report, version {SCHEMA_VERSION}",
        **msgspec.json.schema(Document),
    }
    # Defaults that are tuples here are lists there.
    return msgspec.json.decode(msgspec.json.encode(made), type=dict[str, Any])


def read(data: bytes, name: str) -> Report:
    """Return the report that JSON holds; `name` is the file's, for the message of UnreadableReport."""
    try:
        version = msgspec.json.decode(data, type=dict[str, Any]).get("schema_version")
        if isinstance(version, int) and version > SCHEMA_VERSION:
            raise UnreadableReport(
                f"{name} was written by a newer Twoway (form {version}, this one reads up to {SCHEMA_VERSION}). "
                "Upgrade Twoway, or compare with an older report."
            )
        document = msgspec.json.decode(data, type=Document)
        return phrases.restored(_report(document), document.phrases)
    except msgspec.ValidationError as error:
        raise UnreadableReport(f"{name} is not a report of Twoway: {error}. {_AGAIN}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableReport(f"{name} is not JSON: {error}. {_AGAIN}") from None


def _document(report: Report) -> Document:
    return Document(
        schema_version=report.schema_version, engine=report.engine, model=report.model,
        made_at=_time(report.made_at), window=report.window, zone=report.zone, notes=report.notes,
        accounts=tuple(map(_account, report.accounts)), phrases=phrases.kept(report),
    )  # fmt: skip


def _account(account: AccountReport) -> published.Account:
    first = account.profiles[0] if account.profiles else None
    verdict = account.verdict
    return published.Account(
        handle=first.handle if first else account.organisation, network=first.network if first else "",
        organisation=account.organisation, is_peer=account.is_peer, own_posts=account.own_posts,
        profiles=tuple(published.Profile(**_timed(_shallow(one), "made_at")) for one in account.profiles),
        begins=_time(account.begins), ends=_time(account.ends), verdict=verdict.name,
        firm=verdict.firm, rule=verdict.rule, sentence=verdict.sentence, reasons=verdict.reasons,
        advice=tuple(
            published.Advice(do=step.do, why=step.why, figure=step.figure, evidence=_evidence(step.evidence))
            for step in account.advice
        ),
        coverage=tuple(published.Coverage(**_timed(_shallow(line), "begins", "ends")) for line in account.coverage),
        glance=tuple(
            published.Glance(**(_timed(_shallow(one), "said_at") | {"post": str(one.post)})) for one in account.glance
        ),
        measures=tuple(map(_measure, account.measures)), audience=tuple(map(_measure, account.audience)),
        changes=tuple(published.Change(**_finite(_shallow(one))) for one in account.changes),
    )  # fmt: skip


def _measure(figure: Figure) -> published.Measure:
    return published.Measure(
        id=figure.id, name=figure.name, unit=figure.unit, n=figure.n, hits=figure.hits,
        value=_number(figure.value), low=_number(figure.low), high=_number(figure.high),
        bound=figure.bound, status=figure.status, reason=figure.reason, text=figure.text,
        band=published.Band(**_finite(_shallow(figure.band))) if figure.band else None,
        evidence=_evidence(figure.evidence), parts=tuple(map(_measure, figure.parts)),
        series=tuple(published.Month(month=m, value=_number(v), n=n) for m, v, n in figure.series),
        detail=tuple(published.Detail(name=name, text=text) for name, text in figure.detail),
    )  # fmt: skip


def _evidence(posts: tuple[Evidence, ...]) -> tuple[published.Evidence, ...]:
    return tuple(
        published.Evidence(**(
            _timed(_shallow(one), "said_at")
            | {"post": str(one.post), "taken_for": tuple(map(_taken_for, one.taken_for))}
        ))
        for one in posts
    )  # fmt: skip


def _taken_for(one: findings.TakenFor) -> published.TakenFor:
    return published.TakenFor(**_shallow(one), in_words=certainty_in_words(one.certainty))


def _shallow(one: "DataclassInstance") -> dict[str, Any]:
    """Return the fields as they are: `asdict` copies them deeply, of 150 accounts for three seconds."""
    return {name: getattr(one, name) for name in _names(type(one))}


@cache
def _names(kind: "type[DataclassInstance]") -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _report(document: Document) -> Report:
    return Report(
        engine=document.engine, model=document.model, made_at=_micros(document.made_at), window=document.window,
        zone=document.zone, notes=document.notes, schema_version=document.schema_version,
        accounts=tuple(map(_account_back, document.accounts)),
    )  # fmt: skip


def _account_back(account: published.Account) -> AccountReport:
    return AccountReport(
        organisation=account.organisation, is_peer=account.is_peer, own_posts=account.own_posts,
        begins=_micros(account.begins), ends=_micros(account.ends),
        profiles=tuple(findings.Profile(**_untimed(_shallow(one), "made_at")) for one in account.profiles),
        verdict=findings.Verdict(
            name=account.verdict, firm=account.firm, rule=account.rule, sentence=account.sentence,
            reasons=account.reasons,
        ),
        advice=tuple(
            findings.Step(do=step.do, why=step.why, figure=step.figure, evidence=_evidence_back(step.evidence))
            for step in account.advice
        ),
        coverage=tuple(
            findings.CoverageLine(**_untimed(_shallow(line), "begins", "ends")) for line in account.coverage
        ),
        glance=tuple(
            findings.Glance(**(_untimed(_shallow(one), "said_at") | {"post": int(one.post)})) for one in account.glance
        ),
        measures=tuple(map(_figure, account.measures)), audience=tuple(map(_figure, account.audience)),
        changes=tuple(findings.Change(**_shallow(one)) for one in account.changes),
    )  # fmt: skip


def _figure(measure: published.Measure) -> Figure:
    return Figure(
        id=measure.id, name=measure.name, unit=measure.unit, value=measure.value, n=measure.n,
        hits=measure.hits, low=measure.low, high=measure.high, bound=measure.bound,
        status=measure.status, reason=measure.reason, text=measure.text,
        band=findings.Band(**_shallow(measure.band)) if measure.band else None,
        evidence=_evidence_back(measure.evidence), parts=tuple(map(_figure, measure.parts)),
        series=tuple((one.month, one.value, one.n) for one in measure.series),
        detail=tuple((one.name, one.text) for one in measure.detail),
    )  # fmt: skip


def _evidence_back(posts: tuple[published.Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(**(
            _untimed(_shallow(one), "said_at")
            | {"post": int(one.post), "taken_for": tuple(map(_taken_for_back, one.taken_for))}
        ))
        for one in posts
    )  # fmt: skip


def _taken_for_back(one: published.TakenFor) -> findings.TakenFor:
    return findings.TakenFor(
        kind=one.kind, certainty=one.certainty, why=one.why, is_decided=one.is_decided
    )


def _time(at: int) -> datetime:
    return _START + at * _MICROSECOND


def _micros(at: datetime) -> int:
    return (at - _START) // _MICROSECOND


def _timed(fields: Mapping[str, Any], *times: str) -> dict[str, Any]:
    """Return the fields with microseconds as times."""
    return {**fields, **{name: _time(fields[name]) for name in times if fields[name] is not None}}


def _untimed(fields: Mapping[str, Any], *times: str) -> dict[str, Any]:
    return {**fields, **{name: _micros(fields[name]) for name in times if fields[name] is not None}}


def _finite(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _number(v) if isinstance(v, float) else v for name, v in fields.items()}


def _number(value: float | None) -> float | None:
    """Return a number that JSON knows: a figure without end or sense is none."""
    return value if value is not None and isfinite(value) else None
