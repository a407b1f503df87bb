"""Methods handbook: did the series change when something was begun?"""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from goldthread.analysis.interrupted import interrupted_series
from goldthread.analysis.poisson_regression import harmonics

title = "Interrupted series"
question = "Did the series change when something was begun, beyond its trend and season?"

# Acute coronary episodes in Sicily, January 2002 to November 2006; a smoking ban began in January 2005.
# Lopez Bernal, Cummins and Gasparrini (2017), Int. J. Epidemiology 46, 348, supplementary data.
EPISODES = """
728 659 791 734 757 726 760 740 720 814 795 858 887 766 851 769 781 756 766 752 765 831 879 928
914 808 937 840 916 828 845 818 860 839 887 886 831 796 833 820 877 758 767 738 781 843 850 908
1021 859 976 888 962 838 810 876 843 936 912
"""
PEOPLE = """
379875.3 376495.5 377040.8 377116.4 377383.4 374113.1 379513.3 376295.5 374653.2 378485.6 375955.5 378349.7
376762.4 379032.3 379360.4 376162.0 377972.4 381830.7 379888.6 380872.2 380966.9 381240.4 382104.9 381802.7
381656.3 383680.0 383504.2 386462.9 383783.1 380836.8 383483.0 380906.2 382926.8 384052.4 384449.6 383428.4
388153.2 388373.2 386470.1 386033.2 383686.4 385509.3 385901.9 386516.6 388436.5 383255.2 390148.7 385874.9
391613.6 391750.4 394005.6 391364.9 391664.6 389022.3 391878.5 388575.3 392989.0 390018.8 390712.3
"""
COUNTS, STANDARD = (np.array(words.split(), float) for words in (EPISODES, PEOPLE))
BAN = 36


def reference(columns: np.ndarray) -> tuple[float, float]:
    """The step and its standard error, by a reference library."""
    model = sm.GLM(COUNTS, columns, family=sm.families.Poisson(), offset=np.log(STANDARD)).fit(scale="X2")
    return float(model.params[-1]), float(model.bse[-1])


def test_the_published_tutorial_is_reproduced_when_season_is_left_out():
    after = (np.arange(59) >= BAN).astype(float)
    plain = sm.GLM(
        COUNTS,
        np.column_stack([np.ones(59), np.arange(59), after]),
        family=sm.families.Poisson(),
        offset=np.log(STANDARD),
    ).fit()
    # The paper: 0.894 (0.864 to 0.925), Poisson, before allowing for season and overdispersion.
    assert np.exp(plain.params[-1]) == pytest.approx(0.894, abs=5e-4)
    found = interrupted_series(COUNTS, BAN, exposure=STANDARD)
    assert found.ratio == pytest.approx(0.885, abs=5e-4)  # the paper's, with season: 0.885 (0.839 to 0.933)
    assert found.low < 0.894 < found.high


def test_it_agrees_with_a_reference_library_on_the_estimate_and_before_autocorrelation_on_its_error():
    months = np.arange(59)
    after = (months >= BAN).astype(float)
    step, se = reference(np.column_stack([np.ones(59), months, harmonics(months + 1), after]))
    found = interrupted_series(COUNTS, BAN, exposure=STANDARD)
    assert np.log(found.ratio) == pytest.approx(step, abs=1e-6)
    widened = np.log(found.high / found.ratio) / 2.00665  # t with 52 degrees of freedom
    stretch = np.sqrt((1 + max(found.correlation, 0)) / (1 - max(found.correlation, 0)))
    assert widened == pytest.approx(se * stretch, rel=1e-3)


def test_a_change_of_trend_can_be_asked_for_as_well():
    months = np.arange(60)
    falling = np.round(200 * np.where(months < 30, 1.0, np.exp(-0.02 * (months - 30))))
    found = interrupted_series(falling, 30, slope=True)
    assert found.level == pytest.approx(1, abs=0.03)
    assert found.slope == pytest.approx(np.exp(-0.24), abs=0.03)
    assert found.ratio < 0.85
    assert found.prevented == pytest.approx(200 * 30 - falling[30:].sum(), rel=0.1)


def test_a_season_is_not_taken_for_an_effect():
    months = np.arange(48)
    seasonal = np.round(120 * (1 + 0.4 * np.sin(2 * np.pi * months / 12)))
    found = interrupted_series(seasonal, 27)
    assert found.low < 1 < found.high


def test_what_happened_everywhere_is_taken_off_by_the_control():
    draw = np.random.default_rng(12)
    shock = np.where(np.arange(48) >= 24, 0.7, 1.0)
    treated, control = draw.poisson(150 * shock), draw.poisson(400 * shock)
    assert interrupted_series(treated, 24).high < 1
    beside = interrupted_series(treated, 24, control=control)
    assert beside.with_control
    assert beside.low < 1 < beside.high


def test_an_effect_beyond_the_control_is_found():
    draw = np.random.default_rng(13)
    shock, effect = np.where(np.arange(60) >= 30, 0.9, 1.0), np.where(np.arange(60) >= 30, 0.75, 1.0)
    found = interrupted_series(draw.poisson(200 * shock * effect), 30, control=draw.poisson(300 * shock))
    assert found.low < 0.75 < found.high
    assert found.p < 0.01
    assert found.prevented_low < found.prevented < found.prevented_high


def test_a_missing_month_is_missing_and_never_nought():
    draw = np.random.default_rng(14)
    counts = draw.poisson(100, 48).astype(float)
    counts[[5, 40]] = np.nan
    found = interrupted_series(counts, 24)
    assert found.months == (23, 23)
    assert 0.8 < found.ratio < 1.2


def test_too_few_months_are_refused():
    with pytest.raises(ValueError, match="8 months on either side; here are 5 and 19"):
        interrupted_series(np.full(24, 10.0), 5)
    with pytest.raises(ValueError, match="different number"):
        interrupted_series(np.full(24, 10.0), 12, control=np.full(20, 10.0))


@pytest.mark.parametrize("lag", [0.0, 0.4])
def test_nothing_happening_is_called_something_about_one_time_in_twenty(lag):
    draw, called, trials = np.random.default_rng(15), 0, 400
    for _ in range(trials):
        noise = np.zeros(60)
        for t in range(1, 60):
            noise[t] = lag * noise[t - 1] + draw.normal(0, 0.1 * np.sqrt(1 - lag**2))
        mean = 80 * np.exp(noise + 0.2 * np.sin(np.arange(60) * 2 * np.pi / 12))
        called += interrupted_series(draw.poisson(mean), 36).p < 0.05
    assert called / trials < 0.09
