"""What the published reference tables look like: each is known by its columns, whatever its file is called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LSOA21 = r"lsoa21(cd|_code)|lsoa 2021 code|lsoa code \(2021\)"
_LSOA11 = r"lsoa11(cd|_code)|lsoa code \(2011\)"
_LAD = r"(lad|ltla)\d\d(cd|_code)|local authority district code.*"
_LAD_NAME = r"(lad|ltla)\d\d(nm|_name)|local authority district name.*"


@dataclass(frozen=True, slots=True)
class Kind:
    """Which columns make a table of this kind? Patterns are matched against whole lower-case headings."""

    name: str
    title: str
    needs: Mapping[str, str]
    may_have: Mapping[str, str]
    not_with: str = ""
    together: bool = False  # several files make one table (a boundary file for each county)

    def columns(self, heading: Sequence[str]) -> dict[str, str] | None:
        """Which heading holds each of this kind's columns? None when the table is of another kind."""
        plain = [" ".join(h.split()).lower() for h in heading]
        if self.not_with and any(re.fullmatch(self.not_with, h) for h in plain):
            return None
        found: dict[str, str] = {}
        for role, pattern in {**self.needs, **self.may_have}.items():
            where = next((i for i, h in enumerate(plain) if re.fullmatch(pattern, h)), None)
            if where is not None:
                found[role] = heading[where]
            elif role in self.needs:
                return None
        return found


KINDS: tuple[Kind, ...] = (
    Kind(
        "changes",
        "LSOA 2011 to LSOA 2021, exact fit",
        {"lsoa11": _LSOA11, "lsoa21": _LSOA21, "change": "chgind|change_indicator", "authority": _LAD},
        {"lsoa11_name": r"lsoa11(nm|_name)", "lsoa21_name": r"lsoa21(nm|_name)", "authority_name": _LAD_NAME},
    ),
    Kind(
        "wards",
        "LSOA 2021 to ward and authority, best fit",
        {"lsoa21": _LSOA21, "ward": r"(wd|ward)\d\d(cd|_code)", "authority": _LAD},
        {
            "lsoa21_name": r"lsoa21(nm|_name)",
            "ward_name": r"(wd|ward)\d\d(nm|_name)",
            "ward_welsh": r"(wd|ward)\d\dnmw",
            "authority_name": _LAD_NAME,
        },
        not_with="geometry",
    ),
    Kind(
        "population by year",
        "Resident population by LSOA 2021, one column a mid-year",
        {"lsoa21": _LSOA21, "any": r"mid-\d{4}: population"},
        {"name": "lsoa 2021 name", "km2": r"area sq km"},
    ),
    Kind(
        "population",
        "Resident population by LSOA 2021",
        {"lsoa21": _LSOA21, "population": "population|total_population|all ages"},
        {"year": "year|mid_year|mid-year"},
    ),
    Kind(
        "households",
        "Households by LSOA 2021",
        {"lsoa21": _LSOA21, "households": "total_households|households|number of households"},
        {},
    ),
    Kind("workday", "Workday population by LSOA 2021", {"lsoa21": _LSOA21, "workday": "workday.*"}, {}),
    Kind(
        "deprivation 2021",
        "Deprivation by LSOA 2021",
        {"lsoa21": _LSOA21, "decile": r"(w?imd|index of multiple deprivation).*decile.*"},
        {
            "crime_decile": r"(crime|community safety)[ _](domain[ _])?decile.*",
            "score": r"(w?imd_score|index of multiple deprivation.* score.*)",
            "rank": r"(w?imd_rank|index of multiple deprivation.* rank.*)",
            "crime_rank": r"(crime|community safety)[ _](domain[ _])?rank.*",
        },
        together=True,
    ),
    Kind(
        "deprivation 2011",
        "Deprivation by LSOA 2011",
        {"lsoa11": _LSOA11, "decile": r"(w?imd|index of multiple deprivation).*decile.*"},
        {
            "crime_decile": r"(crime|community safety)[ _](domain[ _])?decile.*",
            "score": r"(w?imd_score|index of multiple deprivation.* score.*)",
            "rank": r"(w?imd_rank|index of multiple deprivation.* rank.*)",
            "crime_rank": r"(crime|community safety)[ _](domain[ _])?rank.*",
        },
        together=True,
    ),
    Kind(
        "rural",
        "Rural and urban classification of LSOA 2021",
        {"lsoa21": _LSOA21, "rural": "ruc|urban_rural_flag"},
        {"detail": "classification|ruc21nm"},
    ),
    Kind(
        "centroids",
        "Population-weighted centroids of LSOA 2021 on the National Grid",
        {"lsoa21": _LSOA21, "easting": "x|easting|bng_e", "northing": "y|northing|bng_n"},
        {},
    ),
    Kind(
        "authority ages",
        "Population by authority and single year of age",
        {"authority": _LAD, "population": "total_population", "any": "0", "oldest": r"90\+"},
        {},
        not_with=_LSOA11 + "|" + _LSOA21,
    ),
    Kind(
        "authority ages by row",
        "Population by authority, one row an age (Nomis, whose code for an age is the age and 101)",
        {"authority": _LAD, "age": "c_age", "population": "population|obs_value"},
        {},
    ),
    Kind("authority households", "Households by authority", {"authority": _LAD, "households": "households"}, {}),
    Kind(
        "authority ethnicity",
        "Ethnic group by authority",
        {"authority": _LAD, "group": "ethnic_group|ethnic group.*", "n": "value|observation"},
        {},
    ),
    Kind(
        "authority deprivation",
        "Deprivation by authority",
        {"authority": _LAD, "score": "imd_average_score|score|imd - average score ?"},
        {"extent": "imd25_extent|extent"},
        not_with=_LSOA11 + "|" + _LSOA21,
    ),
    Kind(
        "recorded crime",
        "Police recorded crime by CSP (ONS table C2)",
        {
            "csp": "community safety partnership code",
            "csp_name": "community safety partnership name",
            "total": "total recorded crime.*",
        },
        {"authority": "local authority code", "force": "police force area name"},
    ),
    Kind("lsoa shapes", "Boundaries of LSOA 2021", {"lsoa21": _LSOA21, "geometry": "geometry"}, {}, together=True),
    Kind(
        "authority shapes",
        "Boundaries of authorities",
        {"authority": _LAD, "geometry": "geometry"},
        {"name": _LAD_NAME},
        not_with=_LSOA11 + "|" + _LSOA21 + r"|(wd|ward|oa|msoa)\d\d.*",
    ),
)

BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}


def kinds_of(heading: Sequence[str]) -> list[tuple[Kind, dict[str, str]]]:
    """Which kinds of reference table have these headings, and which heading holds what?"""
    return [(kind, found) for kind in KINDS if (found := kind.columns(heading)) is not None]
