"""The same expressions, on DuckDB and on Spark, give the same numbers as the build on one machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goldthread.evidence.building import Wanted, build
from goldthread.evidence.counting import COMPARATORS, COUNTS
from goldthread.evidence.feeds import feed_named
from goldthread.evidence.store import Evidence
from tests.chapters.evidence_of import ASB, STREET, ground, small_areas, street_row, street_rows, write_rows

pytest.importorskip("ibis", reason="The parts for a cluster are not installed (GOLDTHREAD_EXTRAS=scale).")
pytest.importorskip("pyspark", reason="The parts for a cluster are not installed (GOLDTHREAD_EXTRAS=scale).")

from goldthread.evidence.cluster import Engine, checked, counted, on_duckdb, on_spark, placed, reconciled

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which this machine does not have."),
    pytest.mark.filterwarnings("ignore"),  # Spark and pandas warn of each other's habits
]
PLACES = {"lsoa": "string", "authority": "string", "in_area": "boolean"}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two months: good rows of several kinds, rows without a place, rows of elsewhere, and bad ones."""
    folder = tmp_path_factory.mktemp("street")
    rows = street_rows({"Burglary": {"2025-01": 400, "2025-02": 350}, ASB: {"2025-01": 200}, "Drugs": {"2025-02": 90}})
    rows[5] |= {"Month": "Janvier"}
    rows[6] |= {"Longitude": "200"}
    rows[7] |= {"LSOA code": "Bournemouth"}
    rows[8] |= {"Crime type": "Witchcraft"}
    rows += [street_row(i, "2025-01", "Burglary", ("", "")) for i in range(3)]
    half = len(rows) // 2
    return [write_rows(folder / f"{i}.csv", part, STREET) for i, part in enumerate((rows[:half], rows[half:]))]


def numbers(engine: Engine, files: list[Path]) -> dict[str, list[tuple[Any, ...]]]:
    known = [{"lsoa": code, "authority": "E06000999", "in_area": True} for code, _ in small_areas()[:100]]
    known += [{"lsoa": code, "authority": "E07000998", "in_area": False} for code, _ in small_areas()[100:]]
    rows = checked(engine.read("street", files, STREET), feed_named("police-uk-street"))
    all_placed = placed(rows, engine.table("places", known, PLACES))
    kept = all_placed.filter(all_placed.in_area)
    elsewhere = all_placed.filter(~all_placed.bad & ~all_placed.in_area & all_placed.authority.notnull())
    return {
        "reconciled": engine.answer(reconciled(all_placed)),
        "counts": engine.answer(counted(kept, COUNTS)),
        "comparators": engine.answer(counted(elsewhere, COMPARATORS)),
    }


def test_every_number_is_the_same_on_duckdb_and_on_spark(spark: Any, files: list[Path]) -> None:
    one, cluster = numbers(on_duckdb(), files), numbers(on_spark(spark), files)
    assert one == cluster
    [(rows, kept, refused, other)] = one["reconciled"]
    assert rows == kept + refused + other == 1_043
    assert refused == 3
    assert sum(row[-1] for row in one["counts"]) == kept


def test_they_are_the_numbers_of_the_build_on_one_machine(spark: Any, files: list[Path], tmp_path: Path) -> None:
    build(Wanted(files, "Saltmarsh", None, ground()), tmp_path / "evidence.duckdb")
    with Evidence(tmp_path / "evidence.duckdb") as evidence:
        received = evidence.rows("SELECT sum(rows), sum(kept), sum(refused), sum(other_area) FROM files")
        there = evidence.rows("SELECT series, strftime(month, '%Y-%m'), lsoa, n FROM counts")
    engine = on_spark(spark)
    known = [{"lsoa": code, "authority": "E06000999", "in_area": True} for code, _ in small_areas()]
    rows = checked(engine.read("street", files, STREET), feed_named("police-uk-street"))
    all_placed = placed(rows, engine.table("places", known, PLACES))
    assert engine.answer(reconciled(all_placed)) == [tuple(int(n) for n in received[0])]
    here = engine.answer(counted(all_placed.filter(all_placed.in_area), COUNTS))
    assert sorted((s, m, lsoa, n) for _, s, _, m, lsoa, n in here) == sorted(there)


@pytest.mark.real
def test_a_real_year_is_counted_alike(spark: Any, shared_data: Path, tmp_path: Path) -> None:
    import gzip

    folder = shared_data / "police-uk-dorset-2025"
    files = []
    for packed in sorted(folder.glob("2025-0[1-3]/*.csv.gz")):
        files.append(tmp_path / packed.stem)
        files[-1].write_bytes(gzip.decompress(packed.read_bytes()))
    assert numbers(on_duckdb(), files) == numbers(on_spark(spark), files)
