"""Somebody new finds out what Goldthread can do, what can be sent and where it can be of."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from goldthread.evidence.feeds import all_feeds
from tests.journeys.command import goldthread, refused

COMMANDS = ("assess", "check", "evidence", "thread", "feeds", "areas", "fetch", "demo")


def test_help_names_every_command_and_every_exit_code() -> None:
    done = goldthread("--help")
    assert done.code == 0
    assert all(name in done.out for name in COMMANDS)
    assert all(f" {code} " in " ".join(done.out.split()) for code in (0, 1, 2, 3, 4, 5, 70, 130, 143))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_teaches_with_an_example(name: str) -> None:
    done = goldthread(name, "--help")
    assert done.code == 0
    assert f"goldthread {name} " in " ".join(done.out.replace("│", " ").split())


def test_a_command_that_there_is_not_is_one_message() -> None:
    done = goldthread("asses")
    assert done.code == 2
    assert "No such command" in done.err
    assert "Traceback" not in done.err


def test_every_feed_is_listed_whole_even_when_the_screen_is_narrow() -> None:
    done = goldthread("feeds")
    assert done.code == 0
    assert all(feed.name in done.out for feed in all_feeds())


def test_one_feed_shows_its_columns_and_traps() -> None:
    done = goldthread("feeds", "fire-incidents")
    assert done.code == 0
    assert "Beware: " in done.out
    answer = json.loads(goldthread("feeds", "fire-incidents", "--json").out)
    assert all(column["name"] in done.out for column in answer[0]["columns"])


def test_an_area_is_found_by_part_of_its_name_and_one_that_is_not_is_said_so() -> None:
    done = goldthread("areas", "poole")
    assert done.code == 0
    assert "E06000058" in done.out
    refused(goldthread("areas", "atlantis"), 2, "“atlantis”")


def test_a_completion_script_is_produced_for_the_command() -> None:
    done = goldthread("--show-completion", "bash", env={"SHELL": "/bin/bash"})
    assert done.code == 0
    assert "_goldthread_completion" in done.out


def test_what_is_asked_of_a_file_that_is_no_evidence_is_refused(files: Path, tmp_path: Path) -> None:
    refused(goldthread("evidence", files / "street.csv"), 2, "not a Goldthread evidence file")
    (tmp_path / "assessment.json").write_text("[1, 2]", encoding="utf-8")
    refused(goldthread("thread", "x", "--in", tmp_path), 2, "not an assessment that Goldthread wrote")


def test_an_answer_whose_reader_has_gone_ends_without_a_trace(assessed: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = goldthread("evidence", assessed / "evidence.duckdb", "--json", before=lambda: os.dup2(writing, 1) and None)
    os.close(writing)
    assert done.code != 0
    assert "Traceback" not in done.err
    assert "Exception ignored" not in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="There is no /dev/full on this system.")
def test_an_answer_that_cannot_be_kept_is_one_sentence(assessed: Path) -> None:
    def to_a_full_disk() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

    refused(goldthread("evidence", assessed / "evidence.duckdb", before=to_a_full_disk), 5, "No space left")
