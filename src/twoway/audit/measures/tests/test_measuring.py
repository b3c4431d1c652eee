"""All measures together: what cannot be seen, what is quoted, and a measure that a stranger adds."""

import pytest

from twoway.audit import batches, catalogue, measuring, quoting
from twoway.audit.findings import Figure
from twoway.audit.observable import STREAMS
from twoway.audit.shapes.evidence import blank

STRANGERS = """-- Early birds: does it post before eight?
-- number: 99
-- group: people
-- shape: share
-- unit: share
-- needs: O
-- formula: originals before 8 in the account's time zone / originals
-- claim: B1
-- band: ours | late < 10 % < early | originals | a stranger | 2026
-- evidence: hits oldest: up early
-- example: 2 of 8 originals: 25 %
select
    o.organisation, '' as part, o.post, o.said_at as happened_at, c.hour < 8 as hit, true as sure
from own_posts o
join windows w on w.organisation = o.organisation
join calendar c on c.zone = w.zone and c.slot = o.slot
where o.class = 'original'
"""


@pytest.fixture
def shop(small):
    # 8 originals at noon and 2 at seven, of which one has two pieces; 5 replies
    small.put("ours", {"account": 900})
    own = [
        {"post": n, "class": "original", "said_at": small.at(n, hours=12 if n < 8 else 7)}
        for n in range(10)
    ]
    own += [{"post": 10 + n, "class": "reply", "said_at": small.at(n, hours=13)} for n in range(5)]
    small.put("own_posts", *own)
    small.put("posts", *({"post": row["post"], "author": 900, "text": f"post {row['post']}"} for row in own),
              {"post": 50, "author": 900, "text": "and its second piece", "said_at": 1})  # fmt: skip
    small.put("threads", *({"post": row["post"], "first_piece": row["post"]} for row in own),
              {"post": 50, "first_piece": 8})  # fmt: skip
    small.put("accounts", {"account": 900, "handle": "shop"})
    _cover(small, *(stream for stream, _ in STREAMS.values()))
    return small


def _cover(small, *streams, sampled=()):
    small.put(
        "covered", *({"stream": stream, "is_complete": stream not in sampled} for stream in streams)
    )


def _measure(small, *names, folder=catalogue.FOLDER):
    measures = [m for m in catalogue.read(folder) if m.id in names or not names]
    measured = measuring.measure(small.engine, small.organisations, measures)
    (figures,) = quoting.quote(small.engine, [measured])
    return {figure.id: figure for figure in figures["shop"]}


def test_every_measure_answers_in_order(shop):
    assert list(_measure(shop)) == [measure.id for measure in catalogue.read()]


def test_many_rows_are_measured_sheet_by_sheet_with_the_same_figures(shop, monkeypatch):
    shop.put("waits", *(shop.wait(n, n, 60 if n % 3 else None) for n in range(1, 20)))
    shop.kinds(*((n, "complaint") for n in range(1, 20)))
    in_one_go = _measure(shop)
    monkeypatch.setattr(batches, "FEW", -1)
    assert _measure(shop) == in_one_go


def test_a_stranger_adds_one_file(shop, tmp_path):
    (tmp_path / "early_birds.sql").write_text(STRANGERS, encoding="utf-8")
    (figure,) = _measure(shop, folder=tmp_path).values()
    assert (figure.id, figure.name, figure.value) == ("early_birds", "Early birds", 0.2)
    assert figure.band.label == "early"
    assert [(shown.author, shown.note) for shown in figure.evidence] == [("shop", "up early")] * 2


def test_evidence_is_quoted_with_all_its_pieces(shop, tmp_path):
    (tmp_path / "early_birds.sql").write_text(STRANGERS, encoding="utf-8")
    first, second = _measure(shop, folder=tmp_path)["early_birds"].evidence
    assert first.text == "post 8\nand its second piece"
    assert (second.text, second.is_ours) == ("post 9", True)


def test_what_is_not_covered_is_not_zero(shop):
    _cover(shop, "originals", "replies")
    figures = _measure(shop, "response_rate", "reply_share")
    rate = figures["response_rate"]
    assert (rate.status, rate.value, rate.n) == ("not_observable", None, 0)
    assert rate.reason == "This collection does not hold the comments and replies it received."
    assert {part.status for part in rate.parts} == {"not_observable"}
    assert figures["reply_share"].status == "ok"


def test_parts_are_seen_by_what_they_need_themselves(shop):
    _cover(shop, "originals", "replies")
    figure = _measure(shop, "talk_listen")["talk_listen"]
    assert figure.status == "ok"
    assert [part.status for part in figure.parts] == ["ok", "not_observable"]


def test_a_sample_is_said_to_be_one(shop):
    _cover(shop, "originals", "replies", "comments", sampled=["comments"])
    figures = _measure(shop, "reply_share", "left_unanswered")
    assert figures["reply_share"].reason == ""
    assert figures["left_unanswered"].reason == (
        "Of the comments and replies it received the collection holds a sample."
    )


def test_no_flag_where_likes_are_not_covered(shop):
    shop.put("waits", *(shop.wait(n, n, 60) for n in range(1, 9)))
    shop.put("kind_words", *({"post": 100 + n, "since": shop.at(n)} for n in range(1, 9)))
    shop.kinds(
        *((n, "complaint") for n in range(1, 9)), *((100 + n, "praise") for n in range(1, 9))
    )
    assert _measure(shop, "good_bad_gap")["good_bad_gap"].band.label == "tilted to complaints"
    _cover(shop, "originals", "replies", "comments")
    figures = _measure(shop, "good_bad_gap", "response_rate")
    assert (figures["good_bad_gap"].value, figures["good_bad_gap"].band) == (1, None)
    assert (
        figures["good_bad_gap"].reason
        == "No flag: this collection does not hold the likes it gave."
    )
    praise = next(part for part in figures["response_rate"].parts if part.id == "praise")
    assert praise.reason == "Answers only: this collection does not hold the likes it gave."


def test_unknown_parents_hide_whom_it_joined(shop):
    reason = _measure(shop, "unprompted_comments")["unprompted_comments"].reason
    assert reason == "The posts that it replied to are not in this collection."


def test_newcomers_need_ninety_covered_days_before(shop):
    assert (
        _newcomers(shop).reason
        == "It takes 90 days of comments before the window to know who is new."
    )
    shop.window("shop", inbound_begins=shop.at(-10))
    assert _newcomers(shop).status == "too_little_data"


def _newcomers(shop):
    parts = _measure(shop, "core_voices")["core_voices"].parts
    return next(part for part in parts if part.id == "response_newcomers")


def test_what_is_quoted_says_what_it_was_taken_for_and_why(shop):
    shop.put("held", {"post": 3, "side": "ours", "kind": "offer", "certainty": 0.8},
             {"post": 3, "side": "theirs", "kind": "praise", "certainty": 0.9},
             {"post": 4, "side": "ours", "kind": "launch", "certainty": 1.0})  # fmt: skip
    shop.put("marks", {"post": 4, "kind": "corrected_kind", "value": "launch", "marked_at": 1})
    figure = Figure(id="x", name="X", unit="count", evidence=(blank(3, 0, ""), blank(4, 0, "")))
    (quoted,) = quoting.quote(
        shop.engine,
        [{"shop": [figure]}],
        why=lambda text, kind, is_ours: (text, kind, str(is_ours)),
    )
    read, decided = (post.taken_for for post in quoted["shop"][0].evidence)
    assert [(one.kind, one.certainty, one.why) for one in read] == [
        ("offer", 0.8, ("post 3", "offer", "True"))
    ]
    assert [(one.kind, one.is_decided, one.why) for one in decided] == [("launch", True, ())]
