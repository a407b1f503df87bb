"""The list of what can be fetched, from whom, and how it is known to be right (`definitions/sources.yaml`)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from goldthread.evidence.definitions import definition
from goldthread.evidence.fetching.downloads import Expected
from goldthread.evidence.fetching.layers import Paged
from goldthread.evidence.trouble import BadRequest

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
GROUPS = ("police.uk", "ons", "reference")


@dataclass(frozen=True)
class Source:
    """What one published file is, where it is, under which licence, and how it is fetched and checked.

    `way` is "file" (one address), "layer" (an ArcGIS layer), "nomis" or "by hand" (it can only be downloaded in a
    browser, from `page`). `reference` says that `goldthread fetch reference` brings it.
    """

    name: str
    title: str
    publisher: str
    licence: str
    way: str
    file: str
    address: str = ""
    page: str = ""
    group: str = "ons"
    reference: bool = False
    why: str = ""
    columns: tuple[str, ...] = ()
    expected: Expected = field(default_factory=Expected)
    checksum_page: str = ""
    paged: Paged | None = None


def read_sources(told: Mapping[str, Any] | None = None) -> dict[str, Source]:
    """Every source of `definitions/sources.yaml` by name, or of the mapping given."""
    words = told if told is not None else definition("sources")
    return {name: _source(name, says) for name, says in words["sources"].items()}


def _source(name: str, says: Mapping[str, Any]) -> Source:
    columns = says.get("columns") or {}
    renamed = (
        {str(c): str(c) for c in columns} if isinstance(columns, list) else {str(k): str(v) for k, v in columns.items()}
    )
    paged = None
    if says["way"] in ("layer", "nomis"):
        paged = Paged(
            address=says["address"],
            columns=renamed,
            order=says.get("order", ""),
            where=says.get("where", "1=1"),
            size=int(says.get("rows_at_once", 2000)),
            least=int(says.get("least_rows", 1)),
            points=bool(says.get("points")),
            shapes=bool(says.get("shapes")),
            settings={str(k): str(v) for k, v in (says.get("settings") or {}).items()},
        )
    return Source(
        name=name,
        title=says["title"],
        publisher=says["publisher"],
        licence=says["licence"],
        way=says["way"],
        file=says.get("file", ""),
        address=says.get("address", ""),
        page=says.get("page", ""),
        group=says.get("group", "ons"),
        reference=bool(says.get("reference")),
        why=says.get("why", ""),
        columns=tuple(renamed.values()),
        expected=Expected(
            least_bytes=int(says.get("least_bytes", 1)),
            kind=says.get("kind", ""),
            sha256=says.get("sha256", ""),
            md5=says.get("md5", ""),
        ),
        checksum_page=says.get("checksum_page", ""),
        paged=paged,
    )


def choose(words: Sequence[str], sources: Mapping[str, Source]) -> list[Source]:
    """Which sources are meant by these words of the command line?

    "reference" is every reference table; "ons" every table of the ONS; "police.uk" the latest archive, and
    "police.uk 2025-12" that of a month (each holds the three years before it); any other word is a source's name.
    Raises `BadRequest`, with the nearest names.
    """
    asked = list(words)
    if not asked:
        raise BadRequest(f"Say what to fetch: {', '.join(GROUPS)}, or one of {', '.join(sources)}.")
    chosen: dict[str, Source] = {}
    while asked:
        word = asked.pop(0)
        if word == "police.uk":
            months = []
            while asked and _MONTH.fullmatch(asked[0]):
                months.append(asked.pop(0))
            found = [archive_of(month, sources) for month in months or ["latest"]]
        elif word == "reference":
            found = [s for s in sources.values() if s.reference]
        elif word == "ons":
            found = [s for s in sources.values() if s.group == "ons"]
        elif word in sources:
            found = [archive_of("latest", sources) if "{month}" in sources[word].address else sources[word]]
        else:
            nearest = difflib.get_close_matches(word, [*GROUPS, *sources], n=3, cutoff=0.4)
            offer = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
            raise BadRequest(f"“{word}” is not something that can be fetched.{offer}")
        chosen |= {s.name: s for s in found}
    return list(chosen.values())


def archive_of(month: str, sources: Mapping[str, Source]) -> Source:
    """The police.uk archive of this month ("2025-12"), or the latest."""
    source = next(s for s in sources.values() if s.group == "police.uk")
    return replace(
        source,
        name=f"{source.name} {month}",
        address=source.address.replace("{month}", month),
        file=source.file.replace("{month}", month),
    )
