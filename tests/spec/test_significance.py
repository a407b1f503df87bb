"""Methods handbook: many tests at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from goldthread.analysis.significance import Family, benjamini_hochberg, benjamini_yekutieli
from tests.plain import significance as plain

title = "Many tests at once"
question = "A report asks hundreds of questions; which of its answers still stand when all are corrected together?"

# Five tests. Alone, four would be called significant at 5 %; together, three are.
#
#   p of its own      .001   .008   .025   .041   .600
#   times 5 / rank    .005   .020   .0417  .0513  .600
#   stands at 5 %     yes    yes    yes    no     no

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=40)


def test_a_test_that_stands_alone_may_fall_among_others():
    adjusted = benjamini_hochberg([0.001, 0.008, 0.025, 0.041, 0.6])
    assert adjusted == pytest.approx([0.005, 0.02, 0.0416667, 0.05125, 0.6], abs=1e-6)
    assert list(adjusted <= 0.05) == [True, True, True, False, False]


@given(p_values)
def test_both_corrections_agree_with_statsmodels(p):
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1], abs=1e-12)
    assert benjamini_yekutieli(p) == pytest.approx(multipletests(p, method="fdr_by")[1], abs=1e-12)


@given(p_values)
def test_what_stands_is_what_the_step_up_rule_says(p):
    assert list(benjamini_hochberg(p) <= 0.05) == plain.stands(p, 0.05)


def test_a_test_that_could_not_be_made_does_not_count_towards_the_number():
    adjusted = benjamini_hochberg([0.02, np.nan, 0.04])
    assert np.isnan(adjusted[1])
    assert adjusted[[0, 2]] == pytest.approx([0.04, 0.04])


def test_the_shape_of_a_table_of_p_values_is_kept():
    p = np.linspace(0.001, 0.9, 12).reshape(3, 4)
    assert benjamini_hochberg(p).shape == (3, 4)


def test_a_family_corrects_every_chapter_together():
    family = Family()
    family.add("burglary.change", 0.001)
    family.add_all(["fire.change", "theft.change"], [0.04, np.nan])
    verdicts = family.settle()
    assert verdicts["burglary.change"].significant
    assert verdicts["fire.change"].adjusted == pytest.approx(0.04)
    assert not verdicts["theft.change"].significant
    assert (verdicts.tests, verdicts.standing, len(verdicts)) == (2, 2, 3)


def test_the_order_of_chapters_makes_no_difference():
    forwards, backwards = Family(), Family()
    names, p = ["a", "b", "c"], [0.01, 0.03, 0.2]
    forwards.add_all(names, p)
    backwards.add_all(names[::-1], p[::-1])
    assert dict(forwards.settle()) == dict(backwards.settle())


def test_a_family_may_correct_for_any_dependence_or_not_at_all():
    p = [0.01, 0.02, 0.04]
    for method, expected in (("benjamini-yekutieli", benjamini_yekutieli(p)), ("none", p)):
        family = Family(method=method)
        family.add_all(["a", "b", "c"], p)
        assert [verdict.adjusted for verdict in family.settle().values()] == pytest.approx(list(expected))


def test_a_family_refuses_the_same_test_twice_and_what_is_no_probability():
    family = Family()
    family.add("a", 0.5)
    with pytest.raises(ValueError, match="already"):
        family.add("a", 0.5)
    with pytest.raises(ValueError, match="between 0 and 1"):
        family.add("b", 1.5)
    with pytest.raises(ValueError, match="2 names for 1"):
        family.add_all(["c", "d"], [0.1])
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([0.1, 2.0])


def test_an_empty_family_settles_to_nothing():
    assert Family().settle().tests == 0


def test_where_nothing_is_going_on_one_report_in_twenty_says_anything_at_all():
    rng = np.random.default_rng(1)
    reports = rng.uniform(size=(4000, 60))
    said = np.mean([np.any(benjamini_hochberg(report) <= 0.05) for report in reports])
    assert said == pytest.approx(0.05, abs=0.01)
