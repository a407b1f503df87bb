"""Whatever happens to the machine, an action is wholly there with its entry, or wholly not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.site.apart import Apart, a_site
from tests.site.dying import ARTICLES


def test_a_hundred_killed_in_the_middle_leave_nothing_half_done(tmp_path: Path) -> None:
    with a_site(tmp_path / "killed") as site:
        ran = site.run("tests.site.dying", 2, 100)
        assert ran.returncode == 0, ran.stderr
        told = json.loads(ran.stdout)
        assert told["struck"] > 50 and told["done"] > 20, told
        walked = site.goldthread("audit", "verify", "--json")
        assert walked.returncode == 0 and json.loads(walked.stdout)["breaks"] == []
        columns = [(row[2], row[5]) for row in site.rows("audit_entry")]
        drafted = {thing for event, thing in columns if event == "constitution:drafted"}
        assert drafted == {f"constitution:{row[0]}" for row in site.rows("partners_constitution")}
        written = Counter(row[-1] for row in site.rows("partners_article"))
        assert {f"constitution:{key}" for key in written} == drafted and set(written.values()) == {ARTICLES}
        added = {thing for event, thing in columns if event == "organisation:added"}
        assert added == {f"organisation:{row[0]}" for row in site.rows("partners_organisation")}
        assert len(columns) - len(drafted) - len(added) == 2  # the person who acts, and their role
        assert len(columns) >= told["done"]  # what was said to be done is there
        mentioned = {row[1] for row in site.rows("audit_mention")}
        assert mentioned == {row[0] for row in site.rows("audit_entry")}


def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path) -> None:
    site = Apart(tmp_path / "site")
    ran = site.goldthread("serve", most_bytes=60_000)
    assert ran.returncode == 5
    assert "is there room on the disk?" in ran.stderr and len(ran.stderr.splitlines()) == 1


def test_a_folder_that_cannot_be_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("in the way", encoding="utf-8")
    ran = Apart(tmp_path / "a-file" / "site").goldthread("audit", "verify")
    assert ran.returncode == 2
    assert "(GOLDTHREAD_DATA) cannot be made: Not a directory." in ran.stderr.replace("\n", " ")


@pytest.mark.parametrize("words", [["serve"], ["audit", "verify"], ["audit", "head"], ["backup", "never.zip"]])
def test_a_database_that_is_down_is_said_in_a_sentence(tmp_path: Path, words: list[str]) -> None:
    ran = Apart(tmp_path / "site", "postgres://nobody:secret@127.0.0.1:1/none").goldthread(*words)
    assert ran.returncode == 5
    assert "Is its server running" in ran.stderr and "secret" not in ran.stderr
    assert not Path("never.zip").exists()


def test_where_there_is_no_site_it_is_said(tmp_path: Path) -> None:
    ran = Apart(tmp_path / "site").goldthread("audit", "verify")
    assert ran.returncode == 2 and "There is no site here" in ran.stderr
