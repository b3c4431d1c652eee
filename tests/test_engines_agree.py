"""The same collection on DuckDB and on Spark gives the same report: every figure, every piece of evidence."""

import json
import math
from dataclasses import replace

import pytest

from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.report import json as reports
from twoway.audit.request import Request
from twoway.audit.run import audit
from twoway.collection.folder import Collection
from twoway.practice.many import write_many

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.usefixtures("small_spark")]

POSTS = 100_000


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world") / "collection"
    write_many(folder, POSTS, world=POSTS)
    return Collection.open(folder)


def report_of(world, engine):
    try:
        return replace(audit(world, Request(), engine), made_at=0, engine="")
    finally:
        engine.close()


def differences(one, other, path=""):
    """Say where two documents differ by more than 1e-9."""
    if isinstance(one, float) and isinstance(other, int | float):
        same = math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
        return [] if same else [f"{path}: {one} and {other}"]
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [d for key in one for d in differences(one[key], other[key], f"{path}/{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [d for n, (a, b) in pairs for d in differences(a, b, f"{path}[{n}]")]
    return [] if one == other else [f"{path}: {str(one)[:90]} and {str(other)[:90]}"]


def test_both_engines_give_the_same_report(world):
    from twoway.audit.engines.spark import Spark  # noqa: PLC0415  an extra

    quick = json.loads(reports.render(report_of(world, DuckDB(memory="2GB"))))
    cluster = json.loads(reports.render(report_of(world, Spark("local[2]", "3GB"))))
    found = differences(quick, cluster)
    assert not found, "\n".join(found[:20])
    assert quick["accounts"], "an empty report would always agree"
