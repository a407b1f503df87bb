"""Every feed is complete, can be told from the others, and keeps nothing that points to a person."""

from __future__ import annotations

import csv
import gzip
import re
from typing import Any

import duckdb
import pytest

from goldthread.evidence.feeds import KINDS, all_feeds, feed_named, recognised
from tests.definitions.reading import REFERENCE, feeds, words

FEEDS = feeds()
EACH = pytest.mark.parametrize("name", FEEDS)
KEYS = {
    *("title", "kind", "owner", "whose", "why_it_matters", "agreement", "authored_by", "checked_by"),
    *("reviewed_on", "review_on", "section_17a", "row_is", "covers", "disclosure", "resolution", "expected"),
    *("columns", "traps"),
}
COLUMN_KEYS = {
    *("name", "also", "means", "type", "pattern", "described_as", "least", "most", "values", "other_values"),
    *("required", "filled", "recognises", "personal", "becomes"),
}
TYPES = {
    *("text", "code", "date", "month", "quarter", "year", "time", "datetime", "number", "whole", "yes or no"),
    *("lsoa", "longitude", "latitude", "easting", "northing", "category"),
}
FIELDS = {
    *("reference", "month", "quarter", "year", "happened_at", "happened_on", "happened_time", "ended_at"),
    *("ended_on", "ended_time", "lsoa", "place_name", "longitude", "latitude", "easting", "northing"),
    *("location", "reporter", "series", "category", "outcome", "age_band", "sex", "ethnicity", "person"),
    *("value", "place", "measure", "breakdown", "n", "d", "wave", "respondent", "weight", "population"),
    *("households", "workday", "imd_decile", "crime_decile", "nothing"),
}
NAMED_FIELDS = ("flag: ", "measure: ", "out of: ", "question: ")
RESOLUTION = {
    "time": {"minute", "day", "month", "quarter", "year"},
    "place": {"address", "point", "snapped point", "lsoa", "ward", "outward postcode", "area", "none"},
    "person": {"none", "pseudonym"},
}


def becomes(said: dict[str, Any]) -> set[str]:
    """What the columns of a feed become."""
    return {c["becomes"] for c in said["columns"]}


@EACH
def test_a_feed_says_all_that_the_format_asks_and_nothing_else(name: str) -> None:
    said = FEEDS[name]
    assert KEYS <= set(said) <= KEYS | {"series", "title_says", "nothing"}
    assert said["kind"] in KINDS
    assert said["covers"] in {"area", "force", "country"}
    assert said["disclosure"] in {"open", "protected"}
    assert said["expected"] in {"monthly", "quarterly", "yearly"}
    assert {k: said["resolution"][k] in allowed for k, allowed in RESOLUTION.items()} == dict.fromkeys(RESOLUTION, True)
    for column in said["columns"]:
        assert {"name", "means", "type", "becomes"} <= set(column) | {"type"} <= COLUMN_KEYS, column["name"]
        assert column["type"] in TYPES, column["name"]
        assert column["becomes"] in FIELDS or column["becomes"].startswith(NAMED_FIELDS), column["name"]
        assert column.get("other_values", "refuse") in {"keep", "refuse"}


@EACH
def test_what_a_feed_says_to_its_sender_is_whole_sentences(name: str) -> None:
    said = FEEDS[name]
    for sentence in (said["row_is"], said["why_it_matters"], *said["traps"], *(c["means"] for c in said["columns"])):
        assert sentence.strip().endswith((".", "?")), sentence
        assert sentence[0].isupper(), sentence
    assert len(said["traps"]) >= (2 if said["kind"] in {"population", "measure"} else 3)


@EACH
def test_a_file_of_one_feed_is_never_taken_for_another(name: str) -> None:
    headings = [h for c in FEEDS[name]["columns"] for h in (c["name"], *c.get("also", ()))]
    assert [f.name for f in all_feeds() if f.fits(headings)] == [name]


@EACH
def test_recognising_columns_have_to_be_in_the_file(name: str) -> None:
    telling = [c for c in FEEDS[name]["columns"] if c.get("recognises")]
    assert telling
    assert all(c.get("required", True) for c in telling)


@EACH
def test_a_heading_is_one_column_of_its_feed_only(name: str) -> None:
    headings = [h for c in feed_named(name).columns for h in c.names]
    assert sorted(headings) == sorted(set(headings))


@EACH
def test_what_could_point_to_a_person_is_dropped_or_hashed(name: str) -> None:
    for column in FEEDS[name]["columns"]:
        if column.get("personal"):
            assert column["becomes"] in {"nothing", "person"}, column["name"]
        if column["becomes"] == "person":
            assert column.get("personal"), column["name"]


PERSONAL_WORDS = re.compile(
    r"\b(surname|full name|victim name|date of birth|dob|nhs number|upn|phone|e-?mail|full address|full postcode)\b",
    re.IGNORECASE,
)


@EACH
def test_a_heading_that_sounds_personal_is_marked_personal(name: str) -> None:
    for column in FEEDS[name]["columns"]:
        if any(PERSONAL_WORDS.search(h) for h in (column["name"], *column.get("also", ()))):
            assert column.get("personal") and column["becomes"] == "nothing", column["name"]


@EACH
def test_patterns_are_read_by_the_database_and_match_their_own_example(name: str) -> None:
    for column in FEEDS[name]["columns"]:
        if "pattern" not in column:
            continue
        re.compile(column["pattern"])
        described = column["described_as"]
        for example in re.findall(r"such as ([^;,]+?)(?: or ([^;,]+))?(?:[;,]|$)", described):
            for each in filter(None, example):
                [found] = duckdb.execute("SELECT regexp_full_match(?, ?)", [each, column["pattern"]]).fetchone() or [0]
                assert found, (column["name"], each)


@EACH
def test_the_columns_bear_the_resolution_that_the_feed_claims(name: str) -> None:
    said = FEEDS[name]
    has = becomes(said)
    resolution = said["resolution"]
    if resolution["time"] == "minute":
        assert has & {"happened_at", "happened_time"}
    if resolution["place"] in {"point", "snapped point", "address"}:
        assert {"longitude", "latitude"} <= has or {"easting", "northing"} <= has
    if resolution["place"] == "lsoa":
        assert "lsoa" in has
    assert ("person" in has) == (resolution["person"] == "pseudonym")


@EACH
def test_what_happened_has_a_time_and_what_was_measured_has_a_number(name: str) -> None:
    said = FEEDS[name]
    has = becomes(said)
    if said["kind"] in {"incident", "outcome"}:
        assert has & {"month", "happened_on", "happened_at"}
        assert "series" in said
    elif said["kind"] == "measure":
        assert has & {"month", "quarter", "year"} or {"month", "year"} <= set(re.compile(said["title_says"]).groupindex)
        assert "n" in has or any(b.startswith("measure: ") for b in has)
    elif said["kind"] == "survey":
        assert {"weight", "respondent"} <= has and any(b.startswith("question: ") for b in has)
    elif said["kind"] == "population":
        assert "lsoa" in has and has & {"population", "households", "workday", "imd_decile"}


@EACH
def test_a_denominator_belongs_to_a_measure_of_the_same_feed(name: str) -> None:
    has = becomes(FEEDS[name])
    measures = {b.removeprefix("measure: ") for b in has if b.startswith("measure: ")}
    assert {b.removeprefix("out of: ") for b in has if b.startswith("out of: ")} <= measures


def test_no_two_feeds_count_in_series_of_the_same_name() -> None:
    names: list[str] = []
    for said in FEEDS.values():
        series = said.get("series", {})
        if "fixed" in series:
            names.append(series["fixed"])
        elif "column" in series:
            column = next(c for c in said["columns"] if c["name"] == series["column"])
            assert column["becomes"] == "series"
            values = column["values"]
            kept = sorted(set(values.values() if isinstance(values, dict) else values))
            names += [series.get("prefix", "") + value for value in kept]
    assert sorted(names) == sorted(set(names))
    assert {"Burglary", "Anti-social behaviour", "Police outcomes", "Stop and search"} <= set(names)


def test_the_feeds_cover_the_twelve_prescribed_data_sets() -> None:
    answered = {number for said in FEEDS.values() for number in said["section_17a"]}
    assert answered == set(range(1, 13))
    for data_set in words("prescribed-information")["data_sets"]:
        by_feed = {name for name, said in FEEDS.items() if data_set["number"] in said["section_17a"]}
        assert by_feed == set(data_set["feeds"]) != set(), data_set["number"]


@pytest.mark.real
@pytest.mark.parametrize(
    ("published", "feed"),
    [
        ("police-uk-cleveland-2023-2024/2023-01/2023-01-cleveland-street.csv.gz", "police-uk-street"),
        ("police-uk-cleveland-2023-2024/2023-01/2023-01-cleveland-outcomes.csv.gz", "police-uk-outcomes"),
        (
            "police-uk-cleveland-2023-2024/2023-01/2023-01-cleveland-stop-and-search.csv.gz",
            "police-uk-stop-and-search",
        ),
        ("partner-data/STATS19_London-Collisions-2025.csv.gz", "road-collisions"),
        ("partner-data/STATS19_gm_road_casualties_2019-Jun2024.csv.gz", "road-collisions"),
        ("population-deprivation/households_census2021_lsoa21.csv.gz", "households"),
        ("population-deprivation/imd2025_england_lsoa21.csv.gz", "deprivation"),
        ("population-deprivation/population20_lsoa11.csv.gz", "population"),
    ],
)
def test_a_file_as_published_is_recognised_and_lacks_nothing(published: str, feed: str) -> None:
    with gzip.open(REFERENCE / published, "rt", encoding="utf-8-sig", newline="") as table:
        headings = next(csv.reader(table))
    found = recognised(headings)
    assert found is not None and found.name == feed
    assert found.missing_from(headings) == []
