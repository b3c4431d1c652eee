"""`twoway audit --language`: a whole report in German, and JSON that stays as it is."""

import re
from dataclasses import replace

import pytest

from twoway.audit.compare import compare
from twoway.audit.report import html, markdown, terminal
from twoway.audit.report import json as reports
from twoway.audit.report.retelling import told
from twoway.audit.saying import speaking

# Words that no German sentence holds; "in", "so" and names of studies may stand in one.
_ENGLISH = re.compile(
    r"\b(the|of|and|is|are|its|it|with|not|who|that|this|from|to|by|no|yes|has|have|posts?|answers?|questions?)\b",
    re.IGNORECASE,
)
_YEAR = 365 * 86_400_000_000
_NOT_OURS = re.compile(r"<style>.*?</style>|<svg hidden.*?</svg>|<[^>]+>", re.DOTALL)


@pytest.fixture(scope="session")
def report(world, tmp_path_factory):
    """A report of three organisations since a change, compared with an earlier one, without what people said."""
    from click.testing import CliRunner  # noqa: PLC0415  capfd is a single test's

    from twoway.cli.audit import command  # noqa: PLC0415

    file = tmp_path_factory.mktemp("languages") / "report.json"
    words = [str(world), "--account", "larkway,corvane,bluequayhelp", "--change", "2026-02-01", "--redact",
             "--format", "json", "--language", "de", "--output", str(file)]  # fmt: skip
    assert CliRunner().invoke(command, words).exit_code in {0, 3}
    made = reports.read(file.read_bytes(), "report.json")
    return _silent(compare(made, _earlier(made)))


def _earlier(report):
    """Return a report of the year before, in which half as much was good."""
    accounts = (
        replace(
            account, begins=account.begins - _YEAR, ends=account.ends - _YEAR,
            measures=tuple(
                replace(one, value=one.value and one.value / 2, hits=one.hits and one.hits // 2)
                for one in account.measures
            ),
        )
        for account in report.accounts
    )  # fmt: skip
    return replace(report, accounts=tuple(accounts))


def _silent(report):
    """Leave out what people said, in whatever language."""
    accounts = (
        replace(
            account, organisation="X", profiles=(), glance=tuple(replace(one, text="…") for one in account.glance),
            advice=tuple(replace(step, evidence=_quiet(step.evidence)) for step in account.advice),
            measures=tuple(map(_quietly, account.measures)), audience=tuple(map(_quietly, account.audience)),
        )
        for account in report.accounts
    )  # fmt: skip
    return replace(report, accounts=tuple(accounts), model="", engine="")


def _quietly(figure):
    return replace(
        figure, evidence=_quiet(figure.evidence), parts=tuple(map(_quietly, figure.parts)),
        detail=tuple((name, "…" if name == "Most repeated" else text) for name, text in figure.detail),
    )  # fmt: skip


def _quiet(posts):
    return tuple(
        replace(one, text="…", taken_for=tuple(replace(kind, why=("…",)) for kind in one.taken_for))
        for one in posts
    )


@pytest.mark.parametrize("form", [html, markdown, terminal])
def test_no_english_is_left_in_a_german_report(report, form):
    with speaking("de"):
        shown = form.render(told(report))
    assert len(shown) > 10_000
    left = [
        line.strip()
        for line in _NOT_OURS.sub("\n", shown).splitlines()
        if _ENGLISH.search(line) and "https://" not in line
    ]
    assert left == []


def test_a_report_speaks_the_language_it_is_asked_for(run, world):
    page = run("audit", world, "--account", "larkway", "--format", "html", "--language", "de").out
    assert '<html lang="de">' in page
    assert "Was zu sehen war" in page


def test_json_is_english_whatever_is_asked_for(report):
    assert report.accounts[0].measures[0].name == "Reply share"


def test_a_language_that_is_not_there_is_named(run, world):
    ran = run("audit", world, "--language", "tlh")
    assert ran.code == 2
    assert "'de'" in ran.err
