"""The JSON report: the published shape, the same report when read back, clear words when it is not one."""

import json as plain_json
from dataclasses import replace
from math import inf, nan
from pathlib import Path

import jsonschema
import pytest

from twoway.audit.errors import UnreadableReport
from twoway.audit.report import json
from twoway.audit.report.tests import samples

SCHEMA = plain_json.loads(
    Path(json.__file__).with_name("report.schema.json").read_text(encoding="utf-8")
)
ALL = (samples.with_peers(16), samples.many(), samples.changed(), samples.nothing(), samples.hostile(), samples.report())  # fmt: skip


def test_the_published_schema_is_that_of_the_code():
    assert json.schema() == SCHEMA, "Write twoway.audit.report.json.schema() to report.schema.json."


@pytest.mark.parametrize("report", ALL)
def test_every_report_fits_the_schema_and_reads_back_the_same(report):
    written = json.render(report)
    jsonschema.Draft202012Validator(SCHEMA).validate(plain_json.loads(written))
    assert json.read(written.encode(), "report.json") == report


def test_what_others_rely_on_is_there():
    document = plain_json.loads(json.render(samples.report(samples.account())))
    assert document["schema_version"] == 1
    account = document["accounts"][0]
    assert (account["handle"], account["network"]) == ("harbourandpine", "mastodon")
    assert (account["verdict"], account["firm"]) == ("notworking", True)
    measure = next(one for one in account["measures"] if one["id"] == "response_rate")
    assert {"id", "name", "value", "unit", "n", "low", "high", "bound", "band", "status", "reason",
            "evidence", "parts"} <= measure.keys()  # fmt: skip
    assert measure["bound"] == [0.071, 0.169]
    assert {part["id"] for part in measure["parts"]} >= {"questions", "within_24h"}
    assert measure["evidence"][0]["post"] == "7000000000000000000"
    assert account["begins"] == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_a_figure_without_sense_is_null(value):
    figure = samples.plain("talk_listen", "Talking", "ratio", value, 9, low=value, high=1.0)
    written = json.render(samples.report(samples.account(measures=(figure,))))
    assert "NaN" not in written
    assert "Infinity" not in written
    measure = plain_json.loads(written)["accounts"][0]["measures"][0]
    assert (measure["value"], measure["low"], measure["high"]) == (None, None, 1.0)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "Expected `object`"),
        (b'{"schema_version": 1}', "missing required field"),
        (b'{"schema_version": 99}', "newer Twoway"),
        (json.render(samples.nothing()).replace('"firm": null', '"firm": "very"').encode(), "$.accounts[0].firm"),
        (json.render(samples.nothing()).replace("2026-", "20x6-").encode(), "datetime"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_report_is_refused_with_place_and_cure(data, said):
    with pytest.raises(UnreadableReport, match=r"old\.json") as refused:
        json.read(data, "old.json")
    assert said in str(refused.value)


def test_a_later_field_does_not_disturb():
    written = json.render(samples.nothing()).replace('"zone"', '"mood": "calm", "zone"')
    assert json.read(written.encode(), "x") == replace(samples.nothing())
