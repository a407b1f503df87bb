"""The area that an assessment is about: found by code or name, or refused with the nearest names."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from goldthread.evidence.places.known import Authority, Former, KnownAreas, Partnership, plain
from goldthread.evidence.trouble import BadRequest

EVERYWHERE = "all"
MOST_OFFERED = 5


class UnknownArea(BadRequest):
    """No area has this code or name; `nearest` holds those that might have been meant."""

    def __init__(self, message: str, nearest: tuple[Area, ...] = ()) -> None:
        super().__init__(message)
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Area:
    """Which authorities make up this area, and which parts of them?

    `former` limits an authority to those of its former authorities that are named here: the Bournemouth CSP is
    that part of Bournemouth, Christchurch and Poole which used to be Bournemouth. An authority none of whose
    former authorities is named is in the area whole.
    """

    code: str
    name: str
    welsh: str
    kind: str  # "authority", "csp" or "all"
    authorities: tuple[str, ...]
    csps: tuple[str, ...]
    force: str
    country: str
    former: tuple[Former, ...] = ()

    @property
    def limited(self) -> tuple[str, ...]:
        """Which authorities are in the area only in part?"""
        return tuple(sorted({f.authority for f in self.former}))

    def __str__(self) -> str:
        return f"{self.name} ({'CSP, ' if self.kind == 'csp' else ''}{self.code})"


def find_area(words: str, known: KnownAreas) -> Area:
    """Which area is meant by this code or name?

    A code is an authority's or a CSP's; "all" is every authority. A name is an authority's (English or Welsh)
    first and a CSP's second, and then one in everyday use, such as Hull; "Dorset CSP" means the CSP. Raises
    `UnknownArea`, with the nearest names, or with the authorities of the force when a force was named.
    """
    asked = words.strip()
    if asked.lower() == EVERYWHERE:
        return _everywhere(known)
    code = asked.upper()
    if code in known.authorities:
        return of_authority(known.authorities[code], known)
    if code in known.partnerships:
        return of_partnership(known.partnerships[code], known)
    name = plain(asked)
    if not name:
        raise unknown_area(asked, known)
    partnerships = [p for p in known.partnerships.values() if plain(p.name) == name]
    authorities = [a for a in known.authorities.values() if name in (plain(a.name), plain(a.welsh))]
    if not authorities and not partnerships and name in known.also:
        authorities = [known.authorities[known.also[name]]]
    wants_csp = asked.lower().endswith((" csp", "community safety partnership"))
    if partnerships and (wants_csp or not authorities):
        return of_partnership(partnerships[0], known)
    if authorities:
        return of_authority(authorities[0], known)
    raise unknown_area(asked, known)


def search_areas(word: str, known: KnownAreas) -> list[Area]:
    """Which areas have this word in their name (English, Welsh or former), code or force? By name."""
    asked, force = plain(word), _force(word)
    found: dict[str, Area] = {}
    for authority in known.authorities.values():
        names = [authority.name, authority.welsh, authority.force]
        names += [f.name for f in known.former if f.authority == authority.code]
        of_force = bool(force) and force == _force(authority.force)
        called = known.also.get(asked) == authority.code
        if of_force or called or any(asked in plain(n) for n in names if n) or word.strip().upper() == authority.code:
            found[authority.code] = of_authority(authority, known)
    for partnership in known.partnerships.values():
        if asked in plain(partnership.name) or word.strip().upper() == partnership.code:
            found[partnership.code] = of_partnership(partnership, known)
    return sorted(found.values(), key=lambda a: (plain(a.name), a.kind, a.code))


def _force(words: str) -> str:
    """A police force's name without "Police", "Constabulary" and the like."""
    return re.sub(r" (police|constabulary|police service|police force)( area)?$", "", plain(words))


def of_authority(authority: Authority, known: KnownAreas) -> Area:
    """The area that is this whole authority."""
    return Area(
        authority.code,
        authority.name,
        authority.welsh,
        "authority",
        (authority.code,),
        authority.csps,
        authority.force,
        authority.country,
    )


def of_partnership(partnership: Partnership, known: KnownAreas) -> Area:
    """The area that is this Community Safety Partnership: whole authorities, or the parts that it covers."""
    whole = [known.authorities[code] for code in partnership.authorities]
    former = tuple(f for authority in whole if len(authority.csps) > 1 for f in _parts(partnership, authority, known))
    countries = sorted({a.country for a in whole if a.country})
    welsh = whole[0].welsh if len(whole) == 1 and plain(whole[0].name) == plain(partnership.name) else ""
    return Area(
        partnership.code,
        partnership.name,
        welsh,
        "csp",
        partnership.authorities,
        (partnership.code,),
        partnership.force,
        " and ".join(countries),
        former,
    )


def _parts(partnership: Partnership, authority: Authority, known: KnownAreas) -> list[Former]:
    """Which former authorities of this authority does the partnership cover?

    ONS publishes no list. A CSP keeps the name of the former authority that it covers; those that no CSP of the
    authority is named after belong to the one CSP that is named after none (Christchurch to the Dorset CSP,
    Daventry and South Northamptonshire to the CSP of both names).
    """
    former = [f for f in known.former if f.authority == authority.code]
    named = {plain(known.partnerships[c].name) for c in authority.csps}
    own = [f for f in former if plain(f.name) == plain(partnership.name)]
    return own or [f for f in former if plain(f.name) not in named]


def _everywhere(known: KnownAreas) -> Area:
    countries = sorted({a.country for a in known.authorities.values() if a.country})
    return Area(
        EVERYWHERE,
        " and ".join(countries) or "Everywhere",
        "",
        EVERYWHERE,
        tuple(sorted(known.authorities)),
        tuple(sorted(known.partnerships)),
        "",
        " and ".join(countries),
    )


def unknown_area(asked: str, known: KnownAreas) -> UnknownArea:
    """Why no area is meant by these words, with those that might have been."""
    if not asked:
        return UnknownArea("No area was named. Give a local authority or CSP by name or code, such as E06000058.")
    if not known.authorities:
        return UnknownArea("The list of areas (definitions/areas/authorities.csv) is missing, so no area can be found.")
    for gone in known.former:
        if asked.upper() == gone.code or plain(asked) == plain(gone.name):
            now = of_authority(known.authorities[gone.authority], known)
            return UnknownArea(f"“{asked}” is now part of {now}. Ask for that.", (now,))
    served = [a for a in known.authorities.values() if a.force and _force(a.force) == _force(asked)]
    if served:
        some = tuple(of_authority(a, known) for a in sorted(served, key=lambda a: a.name))
        more = f"; and {len(some) - MOST_OFFERED} more" if len(some) > MOST_OFFERED else ""
        return UnknownArea(
            f"“{asked}” is a police force area, of {len(some)} authorities; an assessment is of one of them or of a "
            f"CSP: {'; '.join(map(str, some[:MOST_OFFERED]))}{more}.",
            some,
        )
    nearest = _nearest(asked, known)
    offer = f" The nearest are: {'; '.join(map(str, nearest))}." if nearest else " No area has a name like it."
    return UnknownArea(f"“{asked}” is not a local authority or CSP of England or Wales.{offer}", nearest)


def _nearest(asked: str, known: KnownAreas, most: int = MOST_OFFERED) -> tuple[Area, ...]:
    """The areas whose names are most like the words: first those that have them as words, then by spelling."""
    areas = {plain(p.name): of_partnership(p, known) for p in known.partnerships.values()}
    areas = {n: of_authority(known.authorities[code], known) for n, code in known.by_name.items()} | areas
    areas |= {plain(a.name): of_authority(a, known) for a in known.authorities.values()}
    word = plain(asked)
    alike = difflib.get_close_matches(word, list(areas), n=most, cutoff=0.6)
    inside = sorted((n for n in areas if word in n), key=lambda n: (f" {word} " not in f" {n} ", len(n)))
    whole = [n for n in inside if f" {word} " in f" {n} " or n.startswith(word)]
    names = whole + alike + [n for n in inside if n not in whole]
    unique = {(areas[n].authorities, areas[n].former): areas[n] for n in reversed(names)}
    first = dict.fromkeys((areas[n].authorities, areas[n].former) for n in names)
    return tuple(unique[key] for key in first)[:most]
