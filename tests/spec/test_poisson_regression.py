"""Methods handbook: the regression of counts that other pages stand on."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from goldthread.analysis.poisson_regression import fit, harmonics

title = "Log-linear regression of counts"
question = "Which mean, rising by so many per cent a year and waving with the season, explains these counts best?"

rng = np.random.default_rng(3)
MONTHS = np.arange(48)
DESIGN = np.column_stack([np.ones(48), MONTHS / 12, harmonics(MONTHS)])
MEAN = np.exp(2.5 + 0.1 * MONTHS / 12 + 0.4 * np.cos(2 * np.pi * MONTHS / 12))
COUNTS = rng.negative_binomial(5, 5 / (5 + MEAN), (20, 48)).astype(float)


@pytest.mark.parametrize("weighted", [False, True])
def test_every_series_is_fitted_as_statsmodels_fits_it_alone(weighted):
    weights = rng.uniform(0.2, 2, 48) if weighted else np.ones(48)
    offset = np.log(rng.uniform(0.8, 1.2, 48))
    ours = fit(COUNTS, DESIGN, weights=weights, offset=offset)
    for row, y in enumerate(COUNTS):
        model = sm.GLM(y, DESIGN, family=sm.families.Poisson(), offset=offset, var_weights=weights)
        theirs = model.fit(scale="X2", tol=1e-12)
        assert ours.coefficients[row] == pytest.approx(theirs.params, abs=1e-7)
        assert ours.dispersion[row] == pytest.approx(theirs.scale, rel=1e-6)
        assert ours.standard_errors()[row] == pytest.approx(theirs.bse, rel=1e-6)


def test_a_month_without_weight_is_left_out():
    spoilt = COUNTS.copy()
    spoilt[:, 7] = np.nan
    weights = np.where(MONTHS == 7, 0.0, 1.0)
    kept = MONTHS != 7
    assert fit(spoilt, DESIGN, weights=weights).coefficients == pytest.approx(
        fit(COUNTS[:, kept], DESIGN[kept]).coefficients, abs=1e-6
    )


def test_months_in_which_nothing_ever_happens_leave_the_rest_unharmed():
    blocks = np.column_stack([np.ones(24), np.arange(24) >= 12]).astype(float)
    y = np.r_[rng.poisson(9, 12), np.zeros(12)]
    answer = fit(y, blocks)
    assert np.exp(answer.coefficients[0, 0]) == pytest.approx(y[:12].mean(), rel=1e-6)
    assert answer.mean[0, 12:].max() < 1e-3
    assert np.isfinite(answer.coefficients).all()


def test_the_dispersion_of_counts_that_only_chance_moves_is_one():
    answer = fit(np.random.default_rng(1).poisson(20, (400, 48)), DESIGN)
    assert answer.dispersion.mean() == pytest.approx(1, abs=0.03)
    assert answer.freedom == 42
    assert np.all(answer.standard_errors(floor=1.0) >= answer.standard_errors() - 1e-12)


def test_a_table_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="24 months"):
        fit(COUNTS, DESIGN[:24])
