"""Who was stopped and searched, for the number who live here, and how often it led to something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldthread.analysis.change.ratios import rate_ratio
from goldthread.analysis.searches import Disproportionality, broad_group, disproportionality
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.returns import same_share
from goldthread.evidence.periods import Period

SEARCHES = "police-uk-stop-and-search"
REFERENCE = "White"
# What the profile of an authority calls the census groups.
GROUPS = {"Asian": "Asian", "Black": "Black", "Mixed": "mixed", "Other": "other group"}
NOTHING_CAME = ("", "a no further action disposal", "nothing found - no further action", "false", "no further action")
RESULT = "change.searches.result"  # what changed, and so in the family of changes
NO_PERSON = "no person"


@dataclass(frozen=True)
class Searched:
    """
    Searches of the period: how many led to something, who was searched, and the same for the year before.

    `result` of `total` led to something more than no further action; `linked`
    are marked as linked to what was looked for. `no_person` have neither sex,
    age nor ethnicity (most likely a vehicle alone) and are in no group.
    `groups` is None where the make-up of the residents is not known. `tests`
    names the test of each group; a group that no search is recorded of has
    none, since its heading may not be in use.
    """

    total: int
    no_person: int
    result: int
    linked: int
    before: int
    before_result: int
    groups: Disproportionality | None
    tests: Mapping[str, str]


def measure_searched(brief: Brief) -> Searched:
    """
    Is any group searched more than its number of residents would bring, and do searches lead to as much as before?

    Each group's ratio to the reference group is one test, exact Poisson, and the
    change in the share with a result is another. People searched more than once
    make these p-values somewhat too small, and the caveats say so.
    """
    if not brief.has(SEARCHES):
        return Searched(0, 0, 0, 0, 0, 0, None, {})
    now, was = _counts(brief, brief.period), _counts(brief, brief.before)
    total, before = (sum(n for n, _, _ in c.values()) for c in (now, was))
    result, before_result = (sum(r for _, r, _ in c.values()) for c in (now, was))
    brief.enter(RESULT, same_share(result, total, before_result, before))
    residents = residents_by_group(brief)
    people = {group: counts for group, counts in now.items() if group != NO_PERSON}
    groups = _groups(people, residents) if residents and people else None
    tests = {}
    for group in groups.groups if groups is not None else ():
        if group.group != REFERENCE and group.residents and group.searches:
            tests[group.group] = f"searches.{group.group.casefold()}"
            base = next(g for g in groups.groups if g.group == REFERENCE) if groups is not None else group
            ratio = rate_ratio(group.searches, base.searches, group.residents, base.residents)
            brief.enter(tests[group.group], float(ratio.p) if base.searches else float("nan"))
    linked = sum(k for _, _, k in now.values())
    no_person = now.get(NO_PERSON, (0, 0, 0))[0]
    return Searched(total, no_person, result, linked, before, before_result, groups, tests)


def _counts(brief: Brief, period: Period) -> dict[str, tuple[int, int, int]]:
    """Searches by broad group: all, those with a result, and those with a result linked to what was looked for."""
    marks = ", ".join("?" for _ in NOTHING_CAME)
    result = f"lower(coalesce(outcome, '')) NOT IN ({marks})"
    rows = brief.evidence.rows(
        "SELECT CASE WHEN coalesce(sex, age_band, ethnicity) IS NULL THEN ? ELSE coalesce(ethnicity, '') END, "
        "count(*), "
        f"count(*) FILTER (WHERE {result}), "
        f"count(*) FILTER (WHERE {result} AND list_contains(string_split(flags, ','), 'linked')) FROM incidents "
        "WHERE feed = ? AND NOT superseded AND month BETWEEN ? AND ? GROUP BY 1",
        [NO_PERSON, *NOTHING_CAME, *NOTHING_CAME, SEARCHES, period.first.first_day, period.last.first_day],
    )
    found: dict[str, tuple[int, int, int]] = {}
    for ethnicity, n, with_result, linked in rows:
        group = NO_PERSON if ethnicity == NO_PERSON else broad_group(ethnicity)
        old = found.get(group, (0, 0, 0))
        found[group] = (old[0] + int(n), old[1] + int(with_result), old[2] + int(linked))
    return found


def _groups(counts: Mapping[str, tuple[int, int, int]], residents: Mapping[str, int]) -> Disproportionality:
    searches = {group: n for group, (n, _, _) in counts.items()}
    results = {group: r for group, (_, r, _) in counts.items()}
    return disproportionality(searches, results, residents, reference=REFERENCE)


def residents_by_group(brief: Brief) -> dict[str, int]:
    """Residents of each broad group at the census, over the area's authorities; empty where that is not known."""
    rows = brief.evidence.rows(
        "SELECT r.authority, r.variable, r.value, a.population FROM profile r JOIN authorities a USING (authority) "
        "WHERE a.authority IN (SELECT DISTINCT authority FROM places) AND a.population > 0"
    )
    shares: dict[str, dict[str, float]] = {}
    people: dict[str, float] = {}
    for authority, variable, value, population in rows:
        shares.setdefault(authority, {})[variable] = float(value)
        people[authority] = float(population)
    if not shares or any(not set(GROUPS.values()) <= set(mine) for mine in shares.values()):
        return {}
    found = {group: sum(people[a] * mine[variable] for a, mine in shares.items()) for group, variable in GROUPS.items()}
    return {REFERENCE: round(sum(people.values()) - sum(found.values())), **{g: round(n) for g, n in found.items()}}
