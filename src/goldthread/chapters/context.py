"""What the partnership itself says, from one small YAML beside the data: who it is, and what it has been doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from goldthread.chapters.model.assessment import Partnership
from goldthread.chapters.partnership_file import checked
from goldthread.evidence.definitions import read_yaml
from goldthread.evidence.trouble import BadRequest

NAMES = ("partnership.yaml", "partnership.yml")


@dataclass(frozen=True)
class Context:
    """
    The partnership file, read; the parts that were not supplied are empty.

    Each part keeps the keys of docs/reference/partnership-file.md. `supplied`
    says whether there was a file at all.
    """

    partnership: Partnership
    supplied: bool = False
    current_priorities: Sequence[Mapping[str, Any]] = ()
    recording_changes: Sequence[Mapping[str, Any]] = ()
    interventions: Sequence[Mapping[str, Any]] = ()
    qualitative_findings: Sequence[Mapping[str, Any]] = ()
    horizon: Sequence[Mapping[str, Any]] = ()
    decisions: Sequence[Mapping[str, Any]] = ()
    groups: Sequence[Mapping[str, Any]] = ()
    policy_changes: Sequence[Mapping[str, Any]] = ()
    owners: Mapping[str, str] = field(default_factory=dict)

    def owner_of(self, topic: str, otherwise: str) -> str:
        """Who answers for a topic: as the partnership says, or the usual role."""
        return self.owners.get(topic, otherwise)


def context_beside(paths: Sequence[Path]) -> Path | None:
    """The partnership file among the paths, in a folder of them, or beside one; None when there is none."""
    for path in paths:
        folder = path if path.is_dir() else path.parent
        for place in (path, *(folder / n for n in NAMES), *(folder.parent / n for n in NAMES)):
            if place.name in NAMES and place.is_file():
                return place
    return None


def read_context(path: Path | None, area: str) -> Context:
    """The partnership file at `path`; without one, a partnership named after its area."""
    if path is None:
        return Context(Partnership(name=f"{area} Community Safety Partnership"))
    try:
        said = read_yaml(path)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f", line {line + 1}" if line is not None else ""
        raise BadRequest(f"{path.name}{where} is not YAML that can be read. Check its indents and colons.") from error
    said = checked(as_printed(said), path.name)
    who = dict(said.get("partnership") or {})
    logo = path.parent / str(who.pop("logo")) if who.get("logo") else None
    known = {
        k: str(v) for k, v in who.items() if k in Partnership.__dataclass_fields__ and isinstance(v, str | int | float)
    }
    partnership = Partnership(
        **{"name": f"{area} Community Safety Partnership"} | known,
        authorities=tuple(str(a.get("name", a) if isinstance(a, Mapping) else a) for a in who.get("authorities") or ()),
        logo_svg=logo.read_text(encoding="utf-8") if logo and logo.is_file() else "",
    )
    parts = {p: tuple(said.get(p) or ()) for p in ("current_priorities", "recording_changes", "interventions")}
    parts |= {
        p: tuple(said.get(p) or ())
        for p in ("qualitative_findings", "horizon", "decisions", "groups", "policy_changes")
    }
    return Context(partnership, supplied=True, owners=dict(said.get("owners") or {}), **parts)


def as_printed(said: Any) -> Any:
    """What was said, without the doubled braces and stars that sentences use for figures and strong words."""
    if isinstance(said, str):
        return said.replace("{{", "{").replace("}}", "}").replace("**", "*")
    if isinstance(said, Mapping):
        return {key: as_printed(value) for key, value in said.items()}
    return [as_printed(each) for each in said] if isinstance(said, list) else said
