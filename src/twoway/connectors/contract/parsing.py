"""How raw answers are read: pure, total, and nothing harmful comes through."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twoway.collection.records import Record, Rejected
from twoway.connectors.clock import SECOND
from twoway.connectors.contract.trial import HOUR, Scene, Trial, payloads, scene
from twoway.connectors.interface import Raw
from twoway.core.accounts import Account
from twoway.core.posts import Post

HOSTILE = (
    'Hi <script>steal()</script> <a href="javascript:steal()">there</a> '
    '<img src=x onerror="steal()"> \x00 & "friends"'
)
_HARM = re.compile(r"<\s*script|<\s*img|<\s*a\s|javascript:", re.IGNORECASE)
_CONTROL = re.compile("[\x00\ud800-\udfff]")
_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=40),
    st.just("\ud800"),
    st.just("9" * 400),
    st.just({}),
    st.just([]),
    st.just([[[[]]]]),
    st.just({"id": {"id": []}}),
)


class Parsing:
    """Checks of `parse`, over captured payloads and what becomes of them."""

    trial: Trial

    @pytest.fixture
    def reader(self, tmp_path: Path) -> Iterator[Scene]:
        """Set the stage: parsing needs a connector, though no server."""
        with scene(self.trial, tmp_path / "home") as play:
            yield play

    def test_captured_payloads_are_understood(self, reader: Scene) -> None:
        captured = payloads(self.trial)
        assert captured, f"no payloads in {self.trial.payloads}"
        for raw in captured:
            records = list(reader.reader().parse(raw))
            assert records, f"a {raw.kind} says nothing"
            assert not [record for record in records if isinstance(record, Rejected)]

    def test_parsing_is_pure(self, reader: Scene) -> None:
        for raw in payloads(self.trial):
            first, second = (list(reader.reader().parse(raw)) for _ in range(2))
            assert first == second

    def test_whatever_an_answer_holds_it_never_fails(self, reader: Scene) -> None:
        captured, connector = payloads(self.trial), reader.reader()

        @settings(
            deadline=None,
            max_examples=self.trial.mutations,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def mutate(data: st.DataObject) -> None:
            raw = data.draw(st.sampled_from(captured))
            for record in connector.parse(mutated(raw, data)):
                sound(record)

        mutate()

    def test_hostile_words_are_cleaned(self, reader: Scene) -> None:
        reader.fake.hear(self.trial.hostile(HOSTILE), reader.now - HOUR)
        reader.fake.hear("Harmless", reader.now - HOUR + SECOND)
        posts = reader.pull().posts(reader.fake.person)
        assert len({post.id for post in posts}) == 2
        for post in posts:
            assert not (self.trial.is_markup and _HARM.search(post.text))
            assert not _CONTROL.search(post.text)
            assert all(link.address.startswith(("http:", "https:")) for link in post.links)


def sound(record: Record) -> None:
    """Insist on what tables can hold: texts without NUL, times that are numbers of 64 bits."""
    if isinstance(record, Post):
        assert record.id
        assert record.author
        assert -(2**63) <= record.said_at < 2**63
        assert not _CONTROL.search(record.text + record.id + record.author)
    if isinstance(record, Account):
        assert record.id
        assert not _CONTROL.search(record.id + record.handle + record.name)


def mutated(raw: Raw, data: st.DataObject) -> Raw:
    """Break a payload: its bytes, or one value in it."""
    body = raw.body
    if data.draw(st.booleans()):
        start = data.draw(st.integers(0, max(len(body) - 1, 0)))
        body = body[:start] + data.draw(st.binary(max_size=8)) + body[start + 1 :]
        if data.draw(st.booleans()):
            body = body[:start]
    else:
        try:
            content = json.loads(body)
        except ValueError:
            return raw
        _break(content, data)
        body = json.dumps(content).encode("utf-8", "surrogatepass")
    return Raw(
        network=raw.network, kind=raw.kind, body=body, fetched_at=raw.fetched_at, about=raw.about
    )


def _break(content: object, data: st.DataObject) -> None:
    """Put something else in the place of one value, somewhere down the tree."""
    while isinstance(content, dict | list) and content:
        keys = list(content) if isinstance(content, dict) else list(range(len(content)))
        key = data.draw(st.sampled_from(keys))
        inner = content[key]
        if not (isinstance(inner, dict | list) and inner) or data.draw(st.integers(0, 3)) == 0:
            content[key] = data.draw(_values)
            return
        content = inner
