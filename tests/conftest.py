"""What every test may rely on: where the real data lie, and that in the full check nothing is skipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("GOLDTHREAD_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A test must not depend on what the person who runs it has set or fetched."""
    for name in ("GOLDTHREAD_REFERENCE", "GOLDTHREAD_DEFINITIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "an-empty-cache"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real open data, read in place and never copied."""
    if not SHARED.is_dir():
        pytest.skip("The real data are not beside this repository (../shared/data).")
    return SHARED


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Tests of real data are left out where the data are not, with the reason.

    The full check fails on a skip, because it installs whatever a test may
    need; but it cannot install these data, so there they are deselected, and
    counted in the summary, instead.
    """
    if SHARED.is_dir():
        return
    real = [i for i in items if i.get_closest_marker("real") or "shared_data" in getattr(i, "fixturenames", ())]
    if os.environ.get("GOLDTHREAD_NO_SKIPS") == "1":
        config.hook.pytest_deselected(items=real)
        items[:] = [item for item in items if item not in set(real)]
    for item in real:
        item.add_marker(pytest.mark.skip(reason="The real data are not beside this repository (../shared/data)."))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In the full check (GOLDTHREAD_NO_SKIPS=1) a skipped test is a failed one."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("GOLDTHREAD_NO_SKIPS") == "1" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and the full check allows no skip: {report.longrepr}"
