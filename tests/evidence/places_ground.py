"""What the tests of places stand on: the areas of the real lookups, read in place, and a made-up county."""

import csv
import gzip
from functools import cache

from goldthread.evidence.places.known import known_from
from tests.conftest import SHARED as REAL


def rows_of(name):
    with gzip.open(REAL / "boundaries-lookups" / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def real_areas():
    """Authorities and CSPs of April 2024, and every code and name since 2016 that is no longer one."""
    now = [
        {
            "code": r["ltla24_code"],
            "name": r["ltla24_name"],
            "csp_code": r["csp24_code"],
            "csp_name": r["csp24_name"],
            "force_name": r["pfa24_name"],
        }
        for r in rows_of("lookup_ltla24_csp24_pfa24.csv.gz")
    ]
    today = {(r["code"], r["name"]) for r in now}
    former = {
        (r[f"ltla{y}_code"], r[f"ltla{y}_name"], r["ltla24_code"])
        for r in rows_of("lookup_ltla_ltla.csv.gz")
        for y in range(16, 24)
    }
    gone = [{"code": c, "name": n, "authority": a} for c, n, a in sorted(former) if (c, n) not in today]
    return known_from(now, gone)
