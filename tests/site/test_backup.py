"""What was backed up comes back, every row of it; and what is not as it was made does not come back at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from pytest_django import Settings

from goldthread.audit.models import Entry
from goldthread.config.copied import LEFT_OUT, taken
from goldthread.config.restore import restore
from goldthread.evidence.trouble import BadRequest, Trouble
from tests.site.apart import Apart, a_site
from tests.site.conftest import Small

Parts = dict[str, bytes]
PAPER = "uploads/papers/pâper.bin"
ENTRIES, PEOPLE = "tables/audit_entry.jsonl", "tables/partners_person.jsonl"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    with a_site(tmp_path_factory.mktemp("sites") / "filled") as site:
        made = site.run("tests.site.made")
        assert made.returncode == 0, made.stderr
        yield site


@pytest.fixture(scope="module")
def backup(filled: Apart, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("backups") / "monday.zip"
    ran = filled.goldthread("backup", path)
    assert ran.returncode == 0, ran.stderr
    return path


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(path: Path, parts: Parts) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, told in parts.items():
            archive.writestr(name, told)
    return path


def owned_up(parts: Parts) -> Parts:
    """With the manifest worked out again, as somebody would who knows how."""
    manifest = json.loads(parts["manifest.json"])
    for name, told in parts.items():
        if name != "manifest.json":
            rows = {"rows": told.count(b"\n")} if name.startswith("tables/") else {}
            manifest["parts"][name] = {"sha256": hashlib.sha256(told).hexdigest(), "size": len(told), **rows}
    return {**parts, "manifest.json": json.dumps(manifest).encode()}


def test_a_site_that_was_destroyed_comes_back_row_for_row(filled: Apart, backup: Path, tmp_path: Path) -> None:
    tables = [model._meta.db_table for model in taken()]
    before = {table: filled.rows(table) for table in tables}
    assert len(before["audit_entry"]) > 10 and len(before["partners_article"]) == 12 and before["mfa_authenticator"]
    with a_site(tmp_path / "new") as site:
        told = site.goldthread("restore", backup)
        assert told.returncode == 0 and "the record holds" in told.stderr, told.stderr
        assert {table: site.rows(table) for table in tables} == before
        assert (site.folder / PAPER).read_bytes() == (filled.folder / PAPER).read_bytes()
        assert (site.folder / "secret").read_text() != (filled.folder / "secret").read_text()
        assert site.goldthread("audit", "verify").returncode == 0
        again = site.goldthread("restore", backup)
        assert again.returncode == 2 and "The site is not empty" in again.stderr
        shutil.rmtree(site.folder / "uploads")
        added = site.run("tests.site.made")  # keys go on after those that came back; only names are taken already
        assert "there_is_one_partnership" in added.stderr or "already exists" in added.stderr


def test_the_secret_comes_along_only_when_it_is_asked_for(filled: Apart, backup: Path, tmp_path: Path) -> None:
    assert "secret" not in parts_of(backup)
    path = tmp_path / "with.zip"
    assert filled.goldthread("backup", path, "--with-secret").returncode == 0
    assert parts_of(path)["secret"].decode() == (filled.folder / "secret").read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_backup_is_whole_or_not_there(filled: Apart, backup: Path, tmp_path: Path) -> None:
    full = filled.goldthread("backup", tmp_path / "full.zip", most_bytes=50_000)
    assert full.returncode == 5 and "could not be written to" in full.stderr
    nowhere = filled.goldthread("backup", tmp_path / "missing" / "a.zip")
    assert nowhere.returncode == 5 and "No such file or directory" in nowhere.stderr
    assert list(tmp_path.iterdir()) == []
    there = filled.goldthread("backup", backup)
    assert there.returncode == 2 and "is there already" in there.stderr


def altered(parts: Parts, name: str, was: bytes, becomes: bytes) -> Parts:
    assert was in parts[name]
    return {**parts, name: parts[name].replace(was, becomes, 1)}


ALTERED: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "an entry": (lambda p: altered(p, ENTRIES, b"opened", b"closed"), f"{ENTRIES} was altered"),
    "an entry, with its manifest": (
        lambda p: owned_up(altered(p, ENTRIES, b"opened", b"closed")),
        "the chain of its record does not hold",
    ),
    "the last entry, with its manifest": (
        lambda p: owned_up({**p, ENTRIES: p[ENTRIES][: p[ENTRIES].rindex(b"\n", 0, -1) + 1]}),
        "the chain of its record does not hold",
    ),
    "a name": (lambda p: altered(p, PEOPLE, "Siân".encode(), b"Susan"), f"{PEOPLE} was altered"),
    "a key, with its manifest": (
        lambda p: owned_up(altered(p, PEOPLE, b'"organisation": 1', b'"organisation": 9')),
        "its rows do not fit the tables",
    ),
    "a field, with its manifest": (
        lambda p: owned_up(altered(p, PEOPLE, b'"post"', b'"wage"')),
        "its rows do not fit the tables",
    ),
    "no JSON, with its manifest": (lambda p: owned_up({**p, PEOPLE: b"{\n"}), "its rows do not fit the tables"),
    "another table's rows": (
        lambda p: owned_up(altered(p, PEOPLE, b"partners.person", b"partners.group")),
        "holds another table's rows",
    ),
    "an upload": (lambda p: {**p, PAPER: b"x" + p[PAPER][1:]}, "was altered"),
    "a part that is missing": (lambda p: {n: t for n, t in p.items() if n != PAPER}, "a part is missing"),
    "a part too many": (lambda p: {**p, "uploads/more": b"x"}, "or one was put in"),
    "a way out": (lambda p: owned_up({**p, "uploads/../../out": b"x"}), "a name that no backup gives"),
    "no manifest": (lambda p: {n: t for n, t in p.items() if n != "manifest.json"}, "no manifest"),
    "a manifest of nothing": (lambda p: {**p, "manifest.json": b"[]"}, "no manifest"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_backup_is_refused_whole(name: str, backup: Path, tmp_path: Path, settings: Settings) -> None:
    alter, why = ALTERED[name]
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    path = rebuilt(tmp_path / "altered.zip", alter(parts_of(backup)))
    with pytest.raises(Trouble) as refused:
        restore(path)
    assert "is not as it was made" in str(refused.value) and why in str(refused.value)
    nothing_is_there(settings.DATA)


@pytest.mark.django_db
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_backup_is_refused_whole(share: float, backup: Path, tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path
    path = tmp_path / "cut.zip"
    path.write_bytes(backup.read_bytes()[: int(backup.stat().st_size * share)])
    with pytest.raises(Trouble, match="damaged or was cut short"):
        restore(path)
    nothing_is_there(tmp_path)


@pytest.mark.django_db
def test_a_backup_of_other_tables_is_refused_with_what_to_do(backup: Path, tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path

    def with_manifest(**words: Any) -> Path:
        parts = parts_of(backup)
        parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | words).encode()
        return rebuilt(tmp_path / "other.zip", parts)

    with pytest.raises(BadRequest, match=r"made by Goldthread 0\.0\.9, whose tables had another shape"):
        restore(with_manifest(tables_are=["audit.0001_initial"], goldthread="0.0.9"))
    with pytest.raises(BadRequest, match=r"made by a newer Goldthread, 9\.0"):
        restore(with_manifest(format=2, goldthread="9.0"))
    with pytest.raises(BadRequest, match="There is no backup called"):
        restore(tmp_path / "nowhere.zip")


@pytest.mark.django_db
def test_a_site_with_anything_in_it_is_left_alone(
    small: Small, backup: Path, tmp_path: Path, settings: Settings
) -> None:
    settings.DATA = tmp_path
    before = Entry.objects.count()
    with pytest.raises(BadRequest, match="The site is not empty"):
        restore(backup)
    assert Entry.objects.count() == before


def test_no_table_that_is_taken_leans_on_one_that_is_left_out() -> None:
    for model in taken():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.ForeignKey):
                assert field.related_model._meta.app_label not in LEFT_OUT, f"{model.__name__}.{field.name}"


def nothing_is_there(folder: Path) -> None:
    assert not any(models.QuerySet(model).exists() for model in taken())
    assert not (folder / "uploads").exists() and not (folder / "uploads.part").exists()
    assert not (folder.parent / "out").exists()
