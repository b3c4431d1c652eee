"""A whole audit over shared steps of a few rows: every part of the report is filled."""

import datetime as dt
import subprocess
import sys

import pytest

from twoway.audit import run
from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.request import Request
from twoway.audit.steps.columns import CALENDAR, STEPS
from twoway.core.tables import TABLES

HOUR = 3_600_000_000
DAY = 24 * HOUR
BEGINS = 1_767_225_600_000_000
SHOP, ANA, RIVAL = 1, 2, 3
EMPTY = {"bigint": 0, "integer": 0, "double": 0.0, "boolean": False, "text": ""}
EVERY = {table.name: table for table in (*TABLES.values(), *STEPS)}


def put(engine, name, *rows):
    table = EVERY[name]
    engine.fill(table, [
        tuple(row.get(c.name, None if c.optional else EMPTY[c.type]) for c in table.columns) for row in rows
    ])  # fmt: skip


def quarter(slot):
    at = dt.datetime.fromtimestamp(slot * 900, tz=dt.UTC)
    year, week, weekday = at.isocalendar()
    return (
        "UTC",
        slot,
        f"{at:%Y-%m-%d}",
        at.hour,
        weekday,
        f"{year}-W{week:02}",
        f"{at:%Y-%m}",
        at.hour >= 22 or at.hour < 7,
    )


def post(number, day, what="original", author=SHOP, text="", **more):
    return {"post": number, "author": author, "said_at": BEGINS + int(day * DAY), "class": what, "text": text,
            "thread": number, "first_piece": number, "network": "mastodon", "visibility": "public", "nesting": "threaded",
            "slot": (BEGINS + int(day * DAY)) // (HOUR // 4), "pieces": 1, "chain_top": number, "bare_length": 40,
            "address": f"https://social.example/{number}", **more}  # fmt: skip


@pytest.fixture(scope="module")
def engine():
    """A shop with forty announcements and one answer, and ten questions that nobody answered."""
    engine = DuckDB(memory="500MB", threads=2)
    for name in EVERY:
        put(engine, name)
    first = BEGINS // (HOUR // 4)
    engine.fill(CALENDAR, [quarter(slot) for slot in range(first, first + 91 * 96)])
    own = [post(100 + n, n, text=f"Offer {n}: https://shop.example/{n}") for n in range(40)]
    own.append(post(200, 41, "reply", text="@ana We open at ten. ^Jo", person=ANA, names_whom=True))
    asked = [post(300 + n, 30 + n, author=ANA, text="Is it open?") for n in range(10)]
    known = [{**row, "organisation": "shop"} for row in own]
    for name in ("own_posts", "own_readings"):
        put(
            engine,
            name,
            *({k: v for k, v in row.items() if k in EVERY[name].names} for row in known),
        )
    for name in ("posts", "said", "threads"):
        put(
            engine,
            name,
            *({k: v for k, v in row.items() if k in EVERY[name].names} for row in [*own, *asked]),
        )
    put(engine, "held", *({"post": 100 + n, "side": "ours", "kind": kind, "certainty": 1.0}
                          for n in range(40) for kind in ("own_link", "offer")),
        *({"post": 300 + n, "side": "theirs", "kind": "question", "certainty": 1.0} for n in range(10)))  # fmt: skip
    put(engine, "waits", *({"organisation": "shop", "thread": 300 + n, "person": ANA, "post": 300 + n, "is_sure": True,
                            "since": BEGINS + (30 + n) * DAY, "in_window": True} for n in range(10)))  # fmt: skip
    put(engine, "windows", {"organisation": "shop", "begins": BEGINS, "ends": BEGINS + 90 * DAY, "zone": "UTC", "language": "en"},
        {"organisation": "rival", "begins": BEGINS, "ends": BEGINS + 90 * DAY, "zone": "UTC", "is_peer": True})  # fmt: skip
    put(
        engine,
        "ours",
        {"organisation": "shop", "account": SHOP},
        {"organisation": "rival", "account": RIVAL},
    )
    put(engine, "accounts", *({"account": key, "network": "mastodon", "id": str(key), "handle": handle, "name": handle.title()}
                              for key, handle in ((SHOP, "shop"), (ANA, "ana"), (RIVAL, "rival"))))  # fmt: skip
    put(engine, "covered", *({"organisation": "shop", "stream": stream, "begins": BEGINS, "ends": BEGINS + 90 * DAY,
                              "is_complete": stream != "comments"} for stream in ("originals", "replies", "comments")))  # fmt: skip
    put(engine, "coverage", {"account": SHOP, "stream": "originals", "begins": BEGINS, "ends": BEGINS + 90 * DAY,
                             "is_complete": True, "how": "its own archive"})  # fmt: skip
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def report(engine):
    return run.assemble(engine, Request(), "rules 1")


def test_the_verdict_rests_on_the_figures(report):
    shop = report.accounts[0]
    assert shop.verdict.name == "notworking"
    assert shop.verdict.rule == "2a"
    assert shop.verdict.sentence == "@shop seems to talk to itself: 1 of 41 posts answers anyone."
    assert shop.own_posts == 41
    assert any("0 of 10 questions" in reason for reason in shop.verdict.reasons)


def test_every_measure_is_there_in_order_and_the_audience_apart(report):
    shop = report.accounts[0]
    assert [figure.id for figure in shop.measures][:3] == [
        "reply_share",
        "talk_listen",
        "response_rate",
    ]
    assert not {figure.id for figure in shop.measures} & {figure.id for figure in shop.audience}


def test_some_measures_alone_are_as_in_the_whole_and_make_no_verdict(engine, report):
    some = run.assemble(engine, Request(only=("3", "reply_share")), "rules 1")
    shop, whole = some.accounts[0], report.accounts[0]
    assert [figure.id for figure in shop.measures] == ["reply_share", "response_rate"]
    assert set(shop.measures) <= set(whole.measures)
    assert (shop.own_posts, shop.glance, shop.audience) == (whole.own_posts, whole.glance, ())
    assert (shop.verdict.name, shop.verdict.firm, shop.advice) == ("not_judged", None, ())
    assert shop.verdict.sentence == "@shop is not judged: only 2 of 26 measures were made."


def test_to_ask_for_every_measure_makes_a_verdict(engine, report):
    every = tuple(figure.id for part in (report.accounts[0].measures, report.accounts[0].audience)
                  for figure in part)  # fmt: skip
    whole = run.assemble(engine, Request(only=every), "rules 1")
    assert whole.accounts[0].verdict == report.accounts[0].verdict


def test_the_last_twenty_posts_are_seen_as_what_they_are(report):
    look = report.accounts[0].glance
    assert len(look) == 20
    assert [one.what for one in look][-2:] == ["offer", "answer"]
    assert look[-1].text == "@ana We open at ten. ^Jo"
    assert look[-1].address == "https://social.example/200"
    assert [one.said_at for one in look] == sorted(one.said_at for one in look)


def test_coverage_names_every_stream_and_how_we_know(report):
    lines = {line.stream: line for line in report.accounts[0].coverage}
    assert len(lines) == 9
    assert (lines["originals"].state, lines["originals"].how) == ("complete", "its own archive")
    assert lines["comments"].state == "sampled"
    assert lines["likes"].state == "no"


def test_advice_begins_with_who_waits(report):
    step = report.accounts[0].advice[0]
    assert step.do == "Answer these five first"
    assert step.evidence[0].text == "Is it open?"
    assert step.evidence[0].author == "ana"


def test_a_peer_is_judged_and_gets_no_advice(report):
    rival = report.accounts[1]
    assert (rival.is_peer, rival.verdict.name, rival.advice) == (True, "too_little_data", ())
    assert rival.profiles[0].handle == "rival"


def test_an_account_of_which_nothing_is_known_is_still_shown(report):
    assert report.accounts[1].glance == ()
    assert all(figure.status == "not_observable" for figure in report.accounts[1].measures[:3])


def test_an_audit_waits_for_no_library_that_it_does_not_need():
    asked = "import sys; import twoway.audit.run, twoway.audit.engines.duckdb; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert not {"pyarrow", "numpy", "pandas"} & {*loaded.stdout.split()}
