"""Stop and search: who is searched, how much more than others, and how often something is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from goldthread.analysis.change.ratios import rate_ratio
from goldthread.analysis.rates import count_interval
from goldthread.analysis.shares import ShareDifference, share_difference, share_of

NOT_STATED = "Not stated"

CAVEATS = (
    "Searches are divided by the people who live here. Many who are searched do not, and those who are out in the "
    "streets at the times and places of searches are not a cross-section of residents.",
    "A ratio above one shows that a group is searched more than its share of residents. It does not by itself show "
    "why, nor that any one search was wrong.",
    "Ethnicity is as the person gave it, or where it was not given as the officer saw it; these do not always agree.",
    "A person searched twice counts twice: the data has no way to tell.",
    "The census groups are from 2021 and the searches are later; small groups will have grown or shrunk.",
)

# The first words of the 18 census groups, and of what officers record, to the five that both can be put in.
BROAD = {
    "white": "White",
    "black": "Black",
    "asian": "Asian",
    "mixed": "Mixed",
    "chinese": "Asian",
    "other": "Other",
    "any other": "Other",
    "arab": "Other",
}


@dataclass(frozen=True)
class GroupSearched:
    """
    One ethnic group's searches beside the reference group's.

    `rate` is searches per 1,000 residents of the group. `ratio` is to the
    reference group's rate, with its exact interval; 1 for the reference itself
    and NaN where the group has no residents or the reference no searches. `if_all_reference` and
    `if_all_group` are what the ratio would be were every search of unstated
    ethnicity of the reference group, or of this one. `found` of `searches`
    found something; `find_gap` is how much more often than in the reference
    group, in percentage points.
    """

    group: str
    searches: int
    residents: int
    rate: float
    rate_low: float
    rate_high: float
    ratio: float
    low: float
    high: float
    if_all_reference: float
    if_all_group: float
    found: int
    find_rate: float
    find_low: float
    find_high: float
    find_gap: ShareDifference


@dataclass(frozen=True)
class Disproportionality:
    """
    All groups beside the reference group, with what is not known.

    `not_stated` searches have no ethnicity and are in no group; `not_stated_share`
    of all of them. `caveats` go wherever the figures go.
    """

    groups: tuple[GroupSearched, ...]
    reference: str
    searches: int
    not_stated: int
    not_stated_share: float
    not_stated_found: int
    caveats: tuple[str, ...] = CAVEATS


def broad_group(self_defined: str | None, officer_defined: str | None = None) -> str:
    """
    Which of White, Black, Asian, Mixed and Other, or Not stated: as the person said, else as the officer saw it?

    Census wording of 2011 and 2021 and police.uk's are understood; anything else is Not stated.
    """
    for words in (self_defined, officer_defined):
        plain = (words or "").strip().casefold()
        if not plain or "not stated" in plain or plain.startswith("not known"):
            continue
        for start, group in BROAD.items():
            if plain.startswith(start):
                return group
    return NOT_STATED


def disproportionality(
    searches: Mapping[str, int],
    found: Mapping[str, int],
    residents: Mapping[str, int],
    *,
    reference: str = "White",
    confidence: float = 0.95,
) -> Disproportionality:
    """
    Is any group searched more than another, for its number of residents, and is as much found on it?

    `searches` and `found` are counts by group, those not stated under "Not
    stated"; `residents` by group. Rates are per 1,000 residents; ratios are to
    the reference group's rate, exact Poisson. The find rate is the better
    guide to whether groups are searched on the same grounds, since it does not
    depend on who lives here: a group searched on weaker grounds has a lower one.

    Where many searches are not stated the two bounds say what the ratio could
    be. Limits are in `CAVEATS`, which go wherever the figures go.
    Raises ValueError when the reference group has no residents, or more was found than searched.
    """
    if residents.get(reference, 0) <= 0:
        raise ValueError(f"No residents are known of the reference group, {reference}.")
    unstated = int(searches.get(NOT_STATED, 0))
    total = int(sum(searches.values()))
    groups = tuple(
        _group(group, searches, found, residents, reference, unstated, confidence)
        for group in residents
        if group != NOT_STATED
    )
    return Disproportionality(
        groups=groups,
        reference=reference,
        searches=total,
        not_stated=unstated,
        not_stated_share=unstated / total if total else float("nan"),
        not_stated_found=int(found.get(NOT_STATED, 0)),
    )


def _group(
    group: str,
    searches: Mapping[str, int],
    found: Mapping[str, int],
    residents: Mapping[str, int],
    reference: str,
    unstated: int,
    confidence: float,
) -> GroupSearched:
    """One group beside the reference group."""
    n, people = int(searches.get(group, 0)), int(residents[group])
    base, base_people = int(searches.get(reference, 0)), int(residents[reference])
    low, high = (float(v) for v in count_interval(n, confidence=confidence))
    per = 1000 / people if people else float("nan")
    ratio = least = most = if_reference = if_group = float("nan")
    if group == reference:
        ratio = least = most = if_reference = if_group = 1.0
    elif people:
        compared = rate_ratio(n, base, people, base_people, confidence=confidence)
        ratio, least, most = (float(v) for v in (compared.ratio, compared.low, compared.high))
        if_reference = _plain_ratio(n, people, base + unstated, base_people)
        if_group = _plain_ratio(n + unstated, people, base, base_people)
    own = share_of(found.get(group, 0), n, confidence=confidence)
    others = share_of(found.get(reference, 0), base, confidence=confidence)
    return GroupSearched(
        group=group,
        searches=n,
        residents=people,
        rate=n * per,
        rate_low=low * per,
        rate_high=high * per,
        ratio=ratio if np.isfinite(ratio) else float("nan"),
        low=least,
        high=most,
        if_all_reference=if_reference,
        if_all_group=if_group,
        found=int(found.get(group, 0)),
        find_rate=float(own.share),
        find_low=float(own.low),
        find_high=float(own.high),
        find_gap=share_difference(own, others),
    )


def _plain_ratio(n: int, people: int, base: int, base_people: int) -> float:
    """The ratio of two rates, without its interval; NaN when there is nothing to compare with."""
    return (n / people) / (base / base_people) if base else float("nan")
