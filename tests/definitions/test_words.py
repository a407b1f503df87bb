"""The words that go into an assessment: every issue, caveat and abbreviation is defined, plain and in order."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from goldthread.chapters.context import read_context
from goldthread.evidence.definitions import read_yaml
from tests.definitions.reading import every_definition, feeds, texts, words

TOPICS = {t["id"]: t for t in words("topics")["topics"]}
RECOMMENDED = words("recommendations")["recommendations"]
CAVEATS = {c["id"]: c for c in words("caveats")["caveats"]}
TERMS = list(words("glossary")["terms"])
EACH_TOPIC = pytest.mark.parametrize("topic", TOPICS)
STATES = ("rising", "high", "concentrated", "stable")
KINDS = {"prevention", "enforcement", "support", "data", "governance", "engagement"}
PARTNERSHIP_PAGE = Path(__file__).parents[2] / "docs/reference/partnership-file.md"


@cache
def counted() -> tuple[set[str], set[str]]:
    """Every series or measure that a feed counts, and every flag that one marks."""
    series: set[str] = set()
    flags: set[str] = set()
    for said in feeds().values():
        counts = said.get("series", {})
        series |= {counts["fixed"]} if "fixed" in counts else set()
        for column in said["columns"]:
            if column["name"] == counts.get("column"):
                values = column["values"]
                kept = values.values() if isinstance(values, dict) else values
                series |= {counts.get("prefix", "") + v for v in kept}
            kind, _, name = column["becomes"].partition(": ")
            series |= {name} if kind == "measure" else set()
            flags |= {name} if kind == "flag" else set()
    return series, flags


def syllables(word: str) -> int:
    """About how many syllables an English word has: runs of vowels, less a silent e."""
    runs = len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e(s|d)?$", "", word.lower())))
    return max(1, runs)


def reading_age(text: str) -> float:
    """The age at which a text is read with ease: the Flesch-Kincaid grade, and five years."""
    said = re.findall(r"[A-Za-z']+", text)
    sentences = max(1, len(re.findall(r"[.?!](?:\s|$)", text)))
    return 0.39 * len(said) / sentences + 11.8 * sum(map(syllables, said)) / len(said) - 15.59 + 5


@EACH_TOPIC
def test_an_issue_is_counted_in_series_and_flags_that_feeds_have(topic: str) -> None:
    series, flags = counted()
    said = TOPICS[topic]
    assert set(said["series"]) | set(said["partners"]) <= series
    assert set(said["flags"]) <= flags
    assert said["series"] or said["partners"]


@EACH_TOPIC
def test_an_issue_has_words_for_one_for_many_and_for_a_sentence(topic: str) -> None:
    said = TOPICS[topic]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", topic)
    assert said["words"]["one"] != said["words"]["many"]
    assert said["words"]["verb"] in {"is", "are"}
    assert said["counts"]["per"] in {"residents", "households", "none"}
    assert all(said[k].endswith("?") for k in ("victim", "offender", "place"))
    assert said["owner"] and said["title"][0].isupper()


@EACH_TOPIC
def test_an_issue_has_something_to_do_for_every_state_of_the_evidence(topic: str) -> None:
    said = RECOMMENDED[topic]
    assert said["measure"] and set(said) - {"measure_needs", "measure_open"} == {"measure", *STATES}
    assert ("measure_needs" in said) == ("measure_open" in said)
    assert set(said.get("measure_needs", ())) <= set(feeds())
    for state in STATES:
        assert said[state]
        for each in said[state]:
            assert each["kind"] in KINDS
            assert re.match(r"[A-Z][a-z]+ ", each["do"]) and not each["do"].endswith(".")
            assert set(each.get("needs", ())) <= set(feeds())
        assert any(not each.get("needs") for each in said[state]), "one step must stand whatever came"


def test_a_step_that_a_finding_names_has_a_measure_of_its_own() -> None:
    named = words("recommendations")["findings"]
    for each in [*named.values(), *(s for steps in words("recommendations")["any"].values() for s in steps)]:
        assert each["kind"] in KINDS and each["measure"] and not each["do"].endswith(".")


def test_every_recommendation_is_about_an_issue_that_is_known() -> None:
    assert set(RECOMMENDED) == set(TOPICS)


def test_every_crime_category_of_police_uk_is_an_issue_and_anti_social_behaviour_is_not_crime() -> None:
    street = next(c for c in feeds()["police-uk-street"]["columns"] if c["name"] == "Crime type")
    own = {s: t for t in TOPICS.values() for s in t["series"] if t["id"] not in {"substance-misuse"}}
    assert set(own) == set(street["values"])
    assert not own["Anti-social behaviour"]["counts"]["crime"]
    assert all(own[s]["counts"]["harm"] == s for s in own if s != "Anti-social behaviour")
    assert own["Anti-social behaviour"]["counts"]["harm"] == ""


def test_the_duties_that_no_score_may_remove_are_marked() -> None:
    statutory = {t["id"] for t in TOPICS.values() if t["counts"]["statutory"]}
    assert {"substance-misuse", "reoffending", "serious-violence", "domestic-abuse"} <= statutory


def test_the_public_words_are_for_readers_of_eleven() -> None:
    said = " ".join(t["advice"] for t in TOPICS.values())
    assert reading_age(said) <= 11
    assert reading_age(" ".join(c["public"] for c in CAVEATS.values())) <= 11
    assert all(len(c["public"].split()) <= 15 for c in CAVEATS.values())
    assert reading_age("The multiplicity of organisational responsibilities complicates prioritisation.") > 18


def test_a_caveat_is_one_sentence_or_two_with_its_condition() -> None:
    assert len(CAVEATS) == len(words("caveats")["caveats"])
    for said in CAVEATS.values():
        assert all(said[k].strip().endswith(".") for k in ("condition", "sentence", "public"))
        assert len(said["sentence"].split()) <= 40


def test_the_law_asks_for_seven_matters_in_england_and_six_in_wales() -> None:
    matters = words("statutory-matters")["matters"]
    assert [m["id"] for m in matters] == [f"SA-{letter}" for letter in "abcdefg"]
    assert sum("England" in m["applies_to"] for m in matters) == 7
    assert sum("Wales" in m["applies_to"] for m in matters) == 6
    assert [m["id"] for m in matters if m["only_two_tier"]] == ["SA-g"]
    for source in words("statutory-matters")["sources"].values():
        assert source["legal_source"] and source["in_force_from"] and source["verified"]


def test_the_twelve_prescribed_data_sets_have_holders_fields_and_feeds() -> None:
    sets = words("prescribed-information")["data_sets"]
    assert [s["number"] for s in sets] == list(range(1, 13))
    assert all(s["holder"] and s["what"] and s["fields"] and s["feeds"] for s in sets)


def test_the_glossary_is_in_order_and_long_enough_to_be_of_use() -> None:
    assert sorted(TERMS, key=str.casefold) == TERMS
    assert len(TERMS) >= 60
    assert all(meaning.endswith(".") for meaning in words("glossary")["terms"].values())


NOT_READ = frozenset({"also", "pattern", "values", "becomes", "id", "name", "source", "edition", "legal_source"})


def test_every_abbreviation_in_the_definitions_is_in_the_glossary() -> None:
    used: set[str] = set()
    for path in every_definition():
        for text in texts(read_yaml(path), NOT_READ):
            used |= set(re.findall(r"\b[A-Z]{2,}\b", text))
    assert used - set(TERMS) == set()
    assert {"CSP", "LSOA", "MARAC", "NHS"} <= used


def test_the_example_of_a_partnership_file_is_read_and_speaks_of_known_issues(tmp_path: Path) -> None:
    page = PARTNERSHIP_PAGE.read_text(encoding="utf-8")
    example = tmp_path / "partnership.yaml"
    example.write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    context = read_context(example, "Saltmarsh")
    assert context.supplied and context.partnership.name == "Saltmarsh Community Safety Partnership"
    assert context.partnership.authorities == ("Saltmarsh Council", "Saltmarsh Police")
    told = (*context.current_priorities, *context.interventions, *context.qualitative_findings, *context.horizon)
    assert {each["topic"] for each in told} | set(context.owners) <= set(TOPICS)
    series, _ = counted()
    assert {m["series"] for p in context.current_priorities for m in p["measures"]} <= series
    for part in ("current_priorities", "recording_changes", "interventions", "qualitative_findings", "horizon"):
        assert getattr(context, part) and f"## `{part}`" in page
