"""Methods handbook: what should come first, and does the order survive other weights?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.prioritisation import Criterion, Override, normalise, place, prioritise

title = "Prioritisation"
question = "What should come first, and does the order survive other weights?"

# Four issues, three criteria. Nobody asked residents about modern slavery.
#
#   issue            harm (weight 2)   volume (1)   concern % (1)   score
#   Violence              900             3,000          40         (2×1 + 1    + 0.5) / 4 = 0.875
#   ASB                   100             2,000          60         (0   + 0.66 + 1  ) / 4 = 0.415
#   Bicycle theft         100                60          20         (0   + 0    + 0  ) / 4 = 0
#   Modern slavery        500                60           .         (2×.5 + 0        ) / 3 = 0.333
ISSUES = ("Violence", "ASB", "Bicycle theft", "Modern slavery")
CRITERIA = (Criterion("harm", 2, "days"), Criterion("volume", 1), Criterion("concern", 1, "%"))
RAW = [[900, 3000, 40], [100, 2000, 60], [100, 60, 20], [500, 60, float("nan")]]


@pytest.fixture
def done():
    return prioritise(ISSUES, CRITERIA, RAW, top=2)


def test_the_score_is_the_weighted_mean_of_what_is_known(done):
    scores = {s.issue: s.score for s in done.issues}
    volume = (2000 - 60) / 2940
    assert scores == {
        "Violence": pytest.approx(0.875),
        "ASB": pytest.approx((volume + 1) / 4),
        "Bicycle theft": 0,
        "Modern slavery": pytest.approx(1 / 3),
    }


def test_the_raw_inputs_are_kept_beside_the_score(done):
    violence = next(s for s in done.issues if s.issue == "Violence")
    assert violence.raw == {"harm": 900, "volume": 3000, "concern": 40}
    assert violence.normalised == {"harm": 1, "volume": 1, "concern": 0.5}


def test_what_nobody_counted_does_not_push_an_issue_down_and_is_said(done):
    slavery = next(s for s in done.issues if s.issue == "Modern slavery")
    assert slavery.raw["concern"] is None
    assert slavery.coverage == 0.75


def test_rank_one_comes_first(done):
    assert [(s.issue, s.rank) for s in done.issues] == [
        ("Violence", 1),
        ("ASB", 2),
        ("Modern slavery", 3),
        ("Bicycle theft", 4),
    ]


def test_leaving_out_each_criterion_shows_what_a_rank_hangs_on(done):
    by_name = {s.issue: s for s in done.issues}
    # Without harm anti-social behaviour comes first; without concern, or volume, modern slavery comes before it.
    assert (by_name["Violence"].without_low, by_name["Violence"].without_high) == (1, 2)
    assert (by_name["ASB"].without_low, by_name["ASB"].without_high) == (1, 3)
    assert (by_name["Bicycle theft"].without_low, by_name["Bicycle theft"].without_high) == (3, 4)


def test_other_weights_show_which_ranks_are_settled(done):
    by_name = {s.issue: s for s in done.issues}
    assert by_name["Violence"].settled
    assert by_name["Violence"].top_share == 1
    assert 0 < by_name["ASB"].top_share < 1
    assert by_name["ASB"].weights_low <= by_name["ASB"].rank <= by_name["ASB"].weights_high


def test_the_same_inputs_give_the_same_sensitivity(done):
    assert prioritise(ISSUES, CRITERIA, RAW, top=2) == done


def test_people_may_put_an_issue_elsewhere_when_they_say_why():
    moved = prioritise(
        ISSUES, CRITERIA, RAW, overrides=[Override("Modern slavery", 1, "A national duty from April.", "The Board")]
    )
    first = moved.issues[0]
    assert (first.issue, first.rank, first.final_rank) == ("Modern slavery", 3, 1)
    assert (first.reason, first.by) == ("A national duty from April.", "The Board")
    assert [s.issue for s in moved.issues] == ["Modern slavery", "Violence", "ASB", "Bicycle theft"]


@pytest.mark.parametrize(
    ("override", "words"),
    [
        (Override("ASB", 1, "  ", "The Board"), "without a reason and a name"),
        (Override("ASB", 1, "Because.", ""), "without a reason and a name"),
        (Override("Fraud", 1, "Because.", "The Board"), "no such issue"),
        (Override("ASB", 9, "Because.", "The Board"), "no such issue"),
    ],
)
def test_an_override_without_a_reason_a_name_or_an_issue_is_refused(override, words):
    with pytest.raises(ValueError, match=words):
        prioritise(ISSUES, CRITERIA, RAW, overrides=[override])


def test_two_overrides_cannot_want_one_place():
    both = [Override("ASB", 1, "Because.", "The Board"), Override("Violence", 1, "Because.", "The Board")]
    with pytest.raises(ValueError, match="same place"):
        prioritise(ISSUES, CRITERIA, RAW, overrides=both)


def test_a_statutory_issue_is_recommended_whatever_it_scores():
    done = prioritise(ISSUES, CRITERIA, RAW, statutory=["Modern slavery"], top=2)
    assert [s.issue for s in done.recommended] == ["Violence", "ASB", "Modern slavery"]
    with pytest.raises(ValueError, match="statutory and was not scored"):
        prioritise(ISSUES, CRITERIA, RAW, statutory=["Reoffending"])


def test_scores_that_cannot_be_worked_out_are_refused():
    with pytest.raises(ValueError, match="4 rows of 2"):
        prioritise(ISSUES, CRITERIA[:2], RAW)
    with pytest.raises(ValueError, match="not below nought"):
        prioritise(ISSUES[:1], [Criterion("harm", 0)], [[1]])


def test_a_criterion_of_which_more_is_better_counts_the_other_way():
    assert normalise(np.array([[1.0], [3.0]]), np.array([False])).tolist() == [[1.0], [0.0]]
    assert normalise(np.array([[2.0], [2.0]]), np.array([True])).tolist() == [[0.5], [0.5]]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3), st.integers(0, 2), st.floats(0.1, 5))
def test_making_an_issue_worse_never_moves_it_down(issue, criterion, more):
    raw = np.array([[5, 5, 5], [3, 6, 2], [8, 1, 4], [2, 2, 9]], float)
    before = {s.issue: s.rank for s in prioritise(ISSUES, CRITERIA, raw, draws=50).issues}
    width = np.ptp(raw[:, criterion])
    raw[issue, criterion] = min(raw[issue, criterion] + more, raw[:, criterion].max())
    if np.ptp(raw[:, criterion]) == width:
        after = {s.issue: s.rank for s in prioritise(ISSUES, CRITERIA, raw, draws=50).issues}
        assert after[ISSUES[issue]] <= before[ISSUES[issue]]


@pytest.mark.parametrize(
    ("impact", "likelihood", "score", "band"),
    [
        (0.0, 0.0, 1, "low"),
        (1.0, 1.0, 16, "very high"),
        (0.6, 0.8, 12, "very high"),
        (0.5, 0.5, 9, "high"),
        (0.3, 0.6, 6, "medium"),
    ],
)
def test_the_grid_is_four_by_four_and_confidence_stands_beside_it(impact, likelihood, score, band):
    placed = place("Violence", impact, likelihood, 0.5)
    assert (placed.score, placed.band, placed.confidence) == (score, band, "moderate")
    assert place("Violence", impact, likelihood, 0.0).score == score


def test_the_grid_refuses_what_is_not_from_nought_to_one():
    with pytest.raises(ValueError, match="impact is 3"):
        place("Violence", 3, 0.5, 0.5)
