"""The arithmetic of learning where the base is sure, and wrong."""

import numpy as np
import pytest

from twoway.language.adapting import _STEEPEST, STIFFNESS, _solve

SPREAD = 12.0


def _loss(kernel, duals, logits, truth):
    scores = logits + kernel @ duals
    return np.logaddexp(0, scores).sum() - truth @ scores + STIFFNESS / 2 * duals @ kernel @ duals


@pytest.mark.parametrize("seed", range(4))
def test_learns_without_overshooting(seed):
    chance = np.random.default_rng(seed)
    inputs = chance.normal(size=(40, 8))
    kernel = inputs @ inputs.T
    truth = (chance.random(40) < 0.5).astype(float)
    logits = np.where(truth > 0, -SPREAD, SPREAD)
    inverse = np.linalg.inv(kernel + STIFFNESS / _STEEPEST * np.eye(40))
    found = _solve(kernel, inverse, logits, truth)
    assert np.isfinite(found).all()
    before, after = (_loss(kernel, duals, logits, truth) for duals in (np.zeros(40), found))
    assert after < before
    assert all(after <= _loss(kernel, found * share, logits, truth) + 1e-2 for share in (0.9, 1.1))
