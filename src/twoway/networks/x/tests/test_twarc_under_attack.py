"""Forged and torn lines of twarc give sound records or a rejected row, never a traceback."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.source import Source
from twoway.networks.tests.hostility import assert_sound, forged
from twoway.networks.x import twarc as reader
from twoway.networks.x.tests.test_twarc import SEARCH, WHOLE_PAGE, flattened, page, post, renamed

OLD = {
    "id_str": "9", "created_at": "Fri Mar 01 00:09:00 +0000 2024", "full_text": "@ann yes",
    "user": {"id_str": "4001", "screen_name": "larchtea", "followers_count": 3},
    "entities": {"user_mentions": [{"id_str": "5001", "screen_name": "ann"}], "urls": [
        {"url": "https://t.co/a", "expanded_url": "https://x.com/ann/status/3"}]},
    "quoted_status": {"id_str": "3", "user": {"id_str": "5001", "screen_name": "ann"},
                      "full_text": "hm", "created_at": "Fri Mar 01 00:03:00 +0000 2024"},
}  # fmt: skip
TALK = page(post(8, "hm", in_reply_to_user_id="4001"), url=f"{SEARCH}conversation_id%3A7")
SAMPLES = (WHOLE_PAGE, renamed(WHOLE_PAGE), *flattened(WHOLE_PAGE), OLD, TALK)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("twarc") / "lines.jsonl"


def read(path):
    with Source(path) as source:
        reader.recognises(source)
        for record in reader.read(source, Options()):
            assert_sound(record)


@given(answer=st.sampled_from(SAMPLES).flatmap(forged))
@settings(max_examples=100, deadline=None)
def test_forged_answers_are_read_or_rejected(path, answer):
    path.write_text(json.dumps(answer) + "\n" + json.dumps(WHOLE_PAGE))
    read(path)


@given(cut=st.integers(0, 4000), filler=st.binary(max_size=40))
@settings(max_examples=60, deadline=None)
def test_torn_lines_are_rejected(path, cut, filler):
    path.write_bytes(json.dumps(WHOLE_PAGE).encode()[:cut] + filler)
    with suppress(Unreadable):
        read(path)
