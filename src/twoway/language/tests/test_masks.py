"""Texts that research or an export has prepared are read as what people wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.language.masks import unmask
from twoway.language.model.pieces import normal
from twoway.language.surface import look


@pytest.mark.parametrize(
    ("prepared", "written"),
    [
        ("<user> why do n't you answer ?", "@harbour why don't you answer?"),
        ("@USER ca n't log in HTTPURL", "@harbour can't log in https://a.example/b"),
        ("{{USERNAME}} lost my bag <url>", "@harbour lost my bag https://a.example/b"),
        ("[USER] he 's late :loudly_crying_face:", "@harbour he's late 😭"),
        ("USERNAME great show :red_heart:", "@harbour great show ❤"),
        ("@ user you &amp; me", "@harbour you & me"),
        ("avete chiuso ? dove ?", "avete chiuso? dove?"),
    ],
)
def test_is_cut_into_the_same_pieces(prepared, written):
    assert normal(look(prepared)) == normal(look(written))


@pytest.mark.parametrize(
    "text",
    [
        "at 10:30:00 sharp",
        "if a < b and c > d",
        "see [1] and {x}",
        ":nosuchface:",
        "the url is long",
    ],
)
def test_what_is_no_mask_stays(text):
    assert unmask(text) == text


@given(st.text())
def test_any_text_can_be_unmasked_twice(text):
    assert isinstance(unmask(unmask(text)), str)
