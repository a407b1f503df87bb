"""The areas that can be asked for: local authorities, Community Safety Partnerships and what they used to be."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from goldthread.evidence.definitions import definitions_folder

AREAS_FILE = "areas.csv"

_WORDS_THAT_SAY_NOTHING = re.compile(
    r"\b(community safety partnership|csp|city of|county of|borough of|royal borough of|london borough of"
    r"|(metropolitan |county |city |borough |district )*(council|borough)|the)\b"
)


@dataclass(frozen=True, slots=True)
class Authority:
    """What is this local authority called, in which country and force is it, and which CSPs cover it?"""

    code: str
    name: str
    welsh: str = ""
    country: str = ""
    region: str = ""
    force: str = ""
    csps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Former:
    """An authority that is gone, or a name no longer used: what is it part of now?"""

    code: str
    name: str
    authority: str


@dataclass(frozen=True, slots=True)
class Partnership:
    """Which authorities does this Community Safety Partnership cover, wholly or in part?"""

    code: str
    name: str
    force: str
    authorities: tuple[str, ...]


@dataclass(frozen=True)
class KnownAreas:
    """Which authorities, partnerships and former authorities are there to choose from?

    `by_name` is today's authority by every plain name that it has or had; `also` by those in everyday use alone.
    """

    authorities: Mapping[str, Authority]
    partnerships: Mapping[str, Partnership]
    former: tuple[Former, ...] = ()
    by_name: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)

    def authority_named(self, name: str) -> str | None:
        """Which authority of today has, or had, this name? None when no one had it."""
        return self.by_name.get(plain(name))


def plain(name: str) -> str:
    """This name without what differs from sender to sender: case, accents, "&", "City of", "Council", "CSP"."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9 ]+", " ", letters.lower().replace("&", " and ").replace("'", ""))
    words = " ".join(words.split())
    shorter = " ".join(_WORDS_THAT_SAY_NOTHING.sub(" ", words).split())
    return shorter or words


def read_known(reference: Path | None = None, definitions: Path | None = None) -> KnownAreas:
    """Which areas do the definitions, and the reference folder's own `areas.csv`, know?

    `definitions` is the product's own `definitions/areas` unless another is named; `reference` may add an invented
    geography.
    """
    words = definitions or definitions_folder() / "areas"
    now = _rows(words / "authorities.csv")
    former = _rows(words / "former-authorities.csv")
    also = _rows(words / "also-called.csv")
    if reference is not None:
        now += _rows(reference / AREAS_FILE)
    return known_from(now, former, also)


def _spoken(name: str) -> str:
    """A name as it is said: "Bristol, City of" is Bristol, and "Herefordshire, County of" Herefordshire."""
    return re.sub(r", (City|County) of$", "", name)


def known_from(
    now: Iterable[Mapping[str, str]],
    former: Iterable[Mapping[str, str]] = (),
    also: Iterable[Mapping[str, str]] = (),
) -> KnownAreas:
    """The same from rows: one an authority and CSP, one an old code or old name, and one a name in everyday use.

    Columns of `now`: code, name, and where known welsh, country, region, csp_code, csp_name, force_name.
    Columns of `former`: code, name, authority (today's code). Of `also`: name, authority.
    """
    authorities: dict[str, Authority] = {}
    partnerships: dict[str, Partnership] = {}
    for row in now:
        code, csp, force = row["code"], row.get("csp_code") or "", row.get("force_name") or ""
        before = authorities.get(code)
        force = force or (before.force if before else "")
        csps = before.csps if before else ()
        authorities[code] = Authority(
            code=code,
            name=_spoken(row["name"]),
            welsh=row.get("welsh") or "",
            country=row.get("country") or {"E": "England", "W": "Wales"}.get(code[:1], ""),
            region=row.get("region") or "",
            force=force,
            csps=(*csps, csp) if csp and csp not in csps else csps,
        )
        if csp:
            seen = partnerships.get(csp)
            covered = seen.authorities if seen else ()
            partnerships[csp] = Partnership(
                csp,
                _spoken(row.get("csp_name") or row["name"]),
                force,
                covered if code in covered else (*covered, code),
            )
    gone = tuple(Former(r["code"], r["name"], r["authority"]) for r in former if r["authority"] in authorities)
    names = {plain(f.name): f.authority for f in gone}
    for authority in authorities.values():
        names |= {plain(n): authority.code for n in (authority.name, authority.welsh) if n}
    called = {plain(r["name"]): r["authority"] for r in also if r["authority"] in authorities}
    called = {name: code for name, code in called.items() if name not in names}
    return KnownAreas(authorities, partnerships, gone, names | called, called)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(file)]
