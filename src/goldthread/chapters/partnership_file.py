"""Whether a partnership file is well formed: each fault in one sentence that says where it is and what was expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from goldthread.evidence.trouble import BadRequest

# The parts that are lists, and what each entry must have.
LISTS: Mapping[str, tuple[str, ...]] = {
    "current_priorities": ("id", "title"),
    "recording_changes": ("month", "what"),
    "interventions": ("id", "title"),
    "qualitative_findings": ("said",),
    "horizon": ("title",),
    "decisions": ("topic",),
    "groups": ("id", "name"),
    "policy_changes": ("title", "what"),
}
PARTS = ("partnership", *LISTS, "owners")
MONTHS = ("month", "since", "until", "due", "when", "start", "end")
HOW = "docs/reference/partnership-file.md says how it is written."
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d{2})?")
_YEAR = re.compile(r"\d{4}")  # what is coming may be known by its year alone


def checked(said: Any, name: str) -> Mapping[str, Any]:
    """
    What a partnership file says, when it is well formed; series written as one word are made lists.

    Raises BadRequest, naming the part, the entry and what was expected.
    """
    if not isinstance(said, Mapping):
        raise BadRequest(f"{name} does not name a partnership. {HOW}")
    for part in said:
        if part not in PARTS:
            near = difflib.get_close_matches(str(part), PARTS, n=1)
            meant = f" Did you mean “{near[0]}”?" if near else ""
            raise BadRequest(f"{name} has a part called “{part}”, which is not known.{meant} {HOW}")
    for part in ("partnership", "owners"):
        if said.get(part) is not None and not isinstance(said[part], Mapping):
            raise BadRequest(f"{name}, {part}: expected names and values, one a line. {HOW}")
    lists = {part: _entries(said.get(part), part, name) for part in LISTS}
    return {**said, **lists}


def _entries(given: Any, part: str, name: str) -> list[Mapping[str, Any]]:
    if given is None:
        return []
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise BadRequest(f"{name}, {part}: expected a list, each entry beginning with a dash. {HOW}")
    return [_entry(entry, f"{name}, {part}, entry {at}", part) for at, entry in enumerate(given, 1)]


def _entry(entry: Any, where: str, part: str) -> Mapping[str, Any]:
    if not isinstance(entry, Mapping):
        raise BadRequest(f"{where}: expected names and values, such as title: … {HOW}")
    for key in LISTS[part]:
        if entry.get(key) in (None, ""):
            raise BadRequest(f"{where}: it has no {key}. {HOW}")
    for key in MONTHS:
        _month(entry.get(key), key, where)
    made = dict(entry)
    if isinstance(made.get("series"), str):
        made["series"] = [made["series"]]
    if part == "current_priorities":
        made["actions"] = _parts(entry.get("actions"), "action", where)
        made["measures"] = [_measure(m, where) for m in _parts(entry.get("measures"), "measure", where)]
    return made


def _parts(given: Any, what: str, where: str) -> list[Mapping[str, Any]]:
    """The actions or measures of a priority, each with a title."""
    for one in given or ():
        if not isinstance(one, Mapping) or not one.get("title"):
            raise BadRequest(f"{where}: each {what} needs a title. {HOW}")
        _month(one.get("due"), "due", where)
    return list(given or ())


def _measure(measure: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    """A measure whose target, baseline and readings are numbers."""
    baseline = measure.get("baseline")
    values = [("target", measure.get("target"))]
    values.append(("baseline", baseline.get("value") if isinstance(baseline, Mapping) else baseline))
    values += [("reading", r.get("value") if isinstance(r, Mapping) else r) for r in measure.get("readings") or ()]
    for key, value in values:
        if value is not None and (not isinstance(value, int | float) or isinstance(value, bool)):
            raise BadRequest(f"{where}: the {key} of “{measure['title']}” is not a number. {HOW}")
    return measure


def _month(value: Any, key: str, where: str) -> None:
    if value in (None, "") or (key == "when" and _YEAR.fullmatch(str(value))):
        return
    if not _MONTH.fullmatch(str(value)):
        raise BadRequest(f"{where}: “{value}” in {key} is not a month, such as 2025-03. {HOW}")
