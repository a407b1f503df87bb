"""Numbers, months, lists and changes are said as a British analyst would say them."""

import pytest

from goldthread.chapters import words
from goldthread.chapters.model import Figure, Rows
from goldthread.chapters.words import WordsError, plain, resolve, say

BURGLARY = Figure(
    id="burglary.change",
    asks="Did burglary change?",
    question="analysis.change.rate_ratio",
    answer={
        "now": 1234, "before": 1100, "change": 12.18, "ratio": 1.1218, "month": "2025-01", "one": 1,
        "fell": -33.4, "missing": None, "share": 0.334, "area": "Marsh Road",
    },
    rows=Rows("counts", ("Burglary",)),
)  # fmt: skip
FIGURES = {BURGLARY.id: BURGLARY}


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (1234, "n", "1,234"),
        (-1234.5, "n", "−1,235"),
        (12.25, "n1", "12.3"),
        (0.125, "n2", "0.13"),
        (-0.2, "n", "0"),
        (3, "word", "three"),
        (10, "word", "10"),
        (1, "Word", "One"),
        (2, "ordinal", "second"),
        (11, "ordinal", "11th"),
        (112, "ordinal", "112th"),
        (23, "ordinal", "23rd"),
        (12, "signed", "+12"),
        (-12, "signed", "−12"),
        (0, "signed", "0"),
        (45.5, "pct", "46%"),
        (45.55, "pct1", "45.6%"),
        (0.4555, "share1", "45.6%"),
        (12.2, "change", "up 12%"),
        (-3.2, "change", "down 3%"),
        (0.4, "change", "no change"),
        (12.2, "rise", "a rise of 12%"),
        (-12.25, "rise1", "a fall of 12.3%"),
        (-33.4, "moved", "fell by a third"),
        (12.2, "moved", "rose by 12%"),
        (99.8, "moved", "doubled"),
        (0.1, "moved", "did not change"),
        (1.12, "ratio_change", "up 12%"),
        (0.97, "ratio_rise", "a fall of 3%"),
        (1.34, "ratio", "1.3 times"),
        (0.26, "fraction", "about a quarter"),
        (0.5, "fraction", "half"),
        (0.42, "fraction", "42%"),
        (0.31, "in_ten", "about three in ten"),
        (0.03, "in_ten", "fewer than one in ten"),
        (1.0, "points", "1.0 percentage point"),
        (-5200, "money", "−£5,200"),
        (0.0004, "p", "p < 0.001"),
        (0.034, "p", "p = 0.03"),
        ("2025-01", "month", "January 2025"),
        ("2025-09-01", "short_month", "Sep 2025"),
        ("Marsh Road", "text", "Marsh Road"),
        (1, "plural|burglary|burglaries", "burglary"),
        (1234, "plural|burglary|burglaries", "burglaries"),
        (2, "count|burglary|burglaries", "two burglaries"),
        (None, "n", "not available"),
    ],
)  # fmt: skip
def test_an_answer_is_said(value: float | str | None, form: str, said: str) -> None:
    assert say(value, form) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2025-01", "2025-12", "January to December 2025"),
        ("2024-10", "2025-09", "October 2024 to September 2025"),
        ("2025-03", "2025-03", "March 2025"),
    ],
)
def test_a_span_of_months_is_said(first: str, last: str, said: str) -> None:
    assert words.months(first, last) == said


def test_lists_and_ranges_are_said() -> None:
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b"]) == "a and b"
    assert words.listed(["a", "b", "c"], "or") == "a, b or c"
    assert words.span(5, 10) == "5–10"
    assert words.span(-5, 10) == "−5 to 10"


def test_a_sentence_quotes_figures_and_remembers_which() -> None:
    runs = resolve("Burglary was **{{burglary.change:change:change}}** to {{burglary.change:now:n}}.", FIGURES)
    assert plain(runs) == "Burglary was up 12% to 1,234."
    assert [(run.text, run.strong) for run in runs if run.figure == "burglary.change"] == [
        ("up 12%", True),
        ("1,234", False),
    ]


def test_a_value_may_be_withheld() -> None:
    runs = resolve("{{burglary.change:now:n}} burglaries", FIGURES, lambda figure, key, form: "fewer than 5")
    assert plain(runs) == "fewer than 5 burglaries"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{{robbery.change:now:n}}", "robbery.change"),
        ("{{burglary.change:later:n}}", "later"),
        ("{{burglary.change:now:roman}}", "roman"),
        ("{{burglary.change:area:n}}", "Marsh Road"),
        ("{{burglary.change:now:month}}", "month"),
        ("{{burglary.change:now:plural|burglary}}", "two nouns"),
        ("{{burglary.change:now}}", "burglary.change"),
        ("a brace {{ alone", "brace"),
    ],
)
def test_what_does_not_exist_is_an_error_that_names_it(text: str, named: str) -> None:
    with pytest.raises(WordsError, match=named.replace("|", r"\|")):
        resolve(text, FIGURES)


def test_a_month_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="2025-13"):
        words.month("2025-13")


def test_the_figures_a_text_quotes_are_listed() -> None:
    assert words.quoted("{{a.b:n:n}} of {{c:n:n}} and {{a.b:m:n}}") == ("a.b", "c")
