"""The tables of a sealed evidence file: what each holds, and what one row of it is."""

from __future__ import annotations

TABLES: dict[str, str] = {
    # Words about the file itself: area, period, what made it, which reference tables, the fingerprint.
    "provenance": "key VARCHAR, value VARCHAR",
    # One row a file received. rows = kept + refused + other_area, always.
    "files": """file INTEGER, name VARCHAR, feed VARCHAR, sha256 VARCHAR, bytes BIGINT, encoding VARCHAR,
        rows BIGINT, kept BIGINT, refused BIGINT, other_area BIGINT, no_place BIGINT, superseded BIGINT,
        repeated_references BIGINT, first_month DATE, last_month DATE, note VARCHAR""",
    # One row a bad cell: where it is, what was found (never a personal value), what was expected, whose job.
    "problems": "file INTEGER, line BIGINT, column_name VARCHAR, found VARCHAR, expected VARCHAR, whose VARCHAR",
    # One row an incident, crime, outcome, search, call, collision: something that happened at a time and place.
    "incidents": """file INTEGER, line BIGINT, feed VARCHAR, series VARCHAR, category VARCHAR,
        reference VARCHAR, month DATE, happened_at TIMESTAMP, ended_at TIMESTAMP,
        lsoa VARCHAR, longitude DOUBLE, latitude DOUBLE, location VARCHAR, reporter VARCHAR,
        outcome VARCHAR, flags VARCHAR, age_band VARCHAR, sex VARCHAR, ethnicity VARCHAR,
        person VARCHAR, value DOUBLE, place_how VARCHAR, superseded BOOLEAN""",
    # What everything downstream counts on: incidents by series, category, month and small area.
    "counts": "feed VARCHAR, series VARCHAR, category VARCHAR, month DATE, lsoa VARCHAR, n BIGINT",
    # Counts of rows of the same files by the authority they lie in: comparison, never the area's own. They are those
    # of other authorities; of evidence whose area is `all`, those of every authority, each to be set beside the rest.
    "comparators": "feed VARCHAR, series VARCHAR, month DATE, authority VARCHAR, n BIGINT",
    # One row a published or returned number: numerator n, denominator d (when it is a share or a rate). A number that
    # nobody sent, because it lies among the reference tables, has no file.
    "measures": """file INTEGER, line BIGINT, feed VARCHAR, measure VARCHAR, breakdown VARCHAR,
        starts DATE, months INTEGER, place VARCHAR, n DOUBLE, d DOUBLE""",
    # One row an answer: a respondent (a number, never a person), a question, an answer and a weight.
    "answers": """file INTEGER, line BIGINT, feed VARCHAR, wave VARCHAR, respondent VARCHAR, question VARCHAR,
        answer VARCHAR, weight DOUBLE, age_band VARCHAR, sex VARCHAR, place VARCHAR""",
    # One row a small area (2021 LSOA) inside the area.
    "places": """lsoa VARCHAR, name VARCHAR, authority VARCHAR, ward VARCHAR, ward_name VARCHAR,
        population DOUBLE, households DOUBLE, workday DOUBLE, imd_decile INTEGER, crime_decile INTEGER,
        rural VARCHAR, easting DOUBLE, northing DOUBLE, hectares DOUBLE""",
    # One row an authority that can be compared: its population, and how deprived it is. A community safety
    # partnership that is not one whole authority has a row of its own, whose code is then also its `csp`.
    "authorities": """authority VARCHAR, name VARCHAR, csp VARCHAR, force VARCHAR, population DOUBLE,
        households DOUBLE, imd_score DOUBLE""",
    # What each authority is like, variable by variable: what similar areas are worked out from.
    "profile": "authority VARCHAR, variable VARCHAR, value DOUBLE",
    # Boundaries in British National Grid metres, as JSON rings: kind is lsoa, outline, land or label.
    "shapes": "kind VARCHAR, code VARCHAR, name VARCHAR, rings VARCHAR",
    # Months that did come of a feed: in them a series that is not mentioned is zero.
    "came": "feed VARCHAR, month DATE",
    # Months that were expected of a feed and did not come. A missing month is missing, never zero.
    "missing": "feed VARCHAR, reporter VARCHAR, month DATE",
    # What a later release changed in a month that had been received before.
    "revisions": "feed VARCHAR, month DATE, reporter VARCHAR, kind VARCHAR, n BIGINT, earlier VARCHAR, later VARCHAR",
}
