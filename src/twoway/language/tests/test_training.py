"""The part of the training that needs no texts of others: patterns, anchors, one head, and where the weights came from."""

import random

import numpy as np
import pytest

from twoway.language.model.assessor import SHIPPED
from twoway.language.tongue import KNOWN
from twoway.language.training import __main__ as training
from twoway.language.training import origins, unseen
from twoway.language.training.fit import features, fit, quantise, rarity
from twoway.language.training.patterns import invent, patterns
from twoway.language.training.sources import Example


def test_the_weights_were_made_of_the_files_that_are_here():
    made_of = SHIPPED.with_name("made-of.txt").read_text("utf-8").splitlines()
    assert set(origins.ours()) <= set(made_of), "Make the weights anew: scripts/train-language."


def test_the_anchors_are_remade_byte_for_byte(tmp_path):
    training._write_anchors(tmp_path / "anchors.jsonl")
    shipped = SHIPPED.with_name("anchors.jsonl").read_bytes()
    assert (tmp_path / "anchors.jsonl").read_bytes() == shipped


@pytest.mark.slow
def test_a_head_is_fitted_to_the_same_integers_again():
    def made():
        chance = random.Random(3)
        posts = [
            (invent("en", kind, chance), kind)
            for kind in ("closer", "question")
            for _ in range(150)
        ]
        examples = [
            Example(post.text, "en", {"closer": float(kind == "closer")}) for post, kind in posts
        ]
        seen = features([one.text for one in examples], ["en"] * len(examples))
        idf = rarity(seen.characters), rarity(seen.words)
        head = fit(seen.joined(idf), examples, "closer", 1.0)
        return quantise(head.weights)

    (first, step), (again, same) = made(), made()
    assert np.array_equal(first, again)
    assert step == same
    assert np.count_nonzero(first) > 1000


@pytest.mark.parametrize("language", KNOWN)
def test_what_a_model_is_kept_from_it_never_learns(language):
    learned, kept = patterns(language, "learned"), patterns(language, "unseen")
    for heading, lines in patterns(language).lines.items():
        if kept.lines[heading] == lines:
            continue  # too few to keep one aside
        assert not set(kept.lines[heading]) & set(learned.lines[heading]), heading
        assert {*kept.lines[heading], *learned.lines[heading]} == set(lines)


def test_unseen_posts_are_of_the_kinds_that_the_labelled_ones_are():
    posts = unseen.theirs()
    half = len(posts) // 2
    assert [row["kinds"] for row in posts[:half]] == [row["kinds"] for row in posts[half:]]
    assert not {row["text"] for row in posts[:half]} & {row["text"] for row in posts[half:]}
