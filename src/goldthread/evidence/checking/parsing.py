"""How each type of cell is read: real date habits, thousands commas, quarters by any name."""

from __future__ import annotations

# British habits first; month-first dates are not guessed at, because 02/03/2025 cannot be told apart.
# Two-figure years stand before four-figure ones, which would take 26 for the year 26.
DATES = (
    *("%Y-%m-%d", "%d/%m/%y", "%d/%m/%Y", "%d-%m-%y", "%d-%m-%Y", "%d.%m.%y", "%d.%m.%Y"),
    *(
        "%d-%b-%y",
        "%d-%b-%Y",
        "%d %b %y",
        "%d %b %Y",
        "%d %B %Y",
        "%d-%B-%Y",
        "%Y/%m/%d",
        "%Y%m%d",
        "%a %d %b %Y",
        "%A %d %B %Y",
    ),
)
TIMES = ("%H:%M", "%H:%M:%S", "%H:%M:%S.%g", "%H.%M", "%I:%M %p", "%I:%M%p", "%H%M")
MONTHS = ("%Y-%m", "%m/%Y", "%b-%y", "%b-%Y", "%b %y", "%b %Y", "%B %y", "%B %Y", "%B-%Y", "%Y%m", "%Y/%m")
STAMPS = tuple(f"{d}{sep}{t}" for d in DATES[:11] for sep in (" ", "T") for t in TIMES[:3])


def _among(formats: tuple[str, ...]) -> str:
    return "[" + ", ".join(f"'{f}'" for f in formats) + "]"


def trimmed(cell: str) -> str:
    """The cell without the spaces around it; NULL when there is nothing."""
    # Trimming costs more than reading does, so only what may need it is trimmed: a cell that is empty, starts or
    # ends with a space, or is not plain ASCII and may have a space of another kind.
    may_need = f"{cell} < '!' OR ends_with({cell}, ' ') OR strlen({cell}) <> length({cell})"
    return f"CASE WHEN {may_need} THEN nullif(trim({cell}), '') ELSE {cell} END"


def text(cell: str) -> str:
    """The cell as it is."""
    return cell


def day(cell: str) -> str:
    """A date, from any habit in DATES or the day of a time stamp, or a workbook's own day number."""
    return (
        f"coalesce(try_cast(try_strptime({cell}, {_among(DATES)}) AS DATE), try_cast({stamp(cell)} AS DATE), "
        f"CASE WHEN regexp_full_match({cell}, '[34]\\d{{4}}') "
        f"THEN DATE '1899-12-30' + try_cast({cell} AS INTEGER) END)"
    )


def stamp(cell: str) -> str:
    """A date and time, as the clock in England and Wales said it: one that names its zone is turned to that clock."""
    zoned = f"regexp_matches({cell}, '\\d(Z|[+-]\\d{{2}}:?\\d{{2}})$')"
    here = f"CASE WHEN {zoned} THEN timezone('Europe/London', try_cast({cell} AS TIMESTAMPTZ)) END"
    return f"coalesce({here}, try_strptime({cell}, {_among(STAMPS)}), try_strptime({cell}, {_among(DATES)}))"


def month(cell: str) -> str:
    """The first day of a month, written as a month or as any day in it."""
    return f"CAST(date_trunc('month', coalesce(try_strptime({cell}, {_among(MONTHS)}), {day(cell)})) AS DATE)"


def quarter(cell: str) -> str:
    """The first day of a quarter: 2025 Q1 and Q1 2025 are calendar; 2025/26 Q1 begins in April."""
    year = f"try_cast(regexp_extract({cell}, '(\\d{{4}})', 1) AS INTEGER)"
    number = f"try_cast(regexp_extract({cell}, '[Qq]([1-4])', 1) AS INTEGER)"
    financial = f"regexp_matches({cell}, '\\d{{4}}\\s*[/-]\\s*\\d{{2}}(\\D|$)')"
    named = f"regexp_extract({cell}, '^\\s*(Jan|Apr|Jul|Oct)', 1)"
    return (
        f"coalesce(CASE WHEN {number} IS NOT NULL AND {year} IS NOT NULL THEN CAST(make_date({year}, 1, 1) + "
        f"to_months(3 * ({number} - 1) + CASE WHEN {financial} THEN 3 ELSE 0 END) AS DATE) END, "
        f"CASE WHEN {named} <> '' AND {year} IS NOT NULL THEN CAST(try_strptime('1 ' || {named} || ' ' || "
        f"{year}, '%d %b %Y') AS DATE) END, CAST(date_trunc('quarter', {month(cell)}) AS DATE))"
    )


def year(cell: str) -> str:
    """The first day of a year: 2025 is calendar, 2025/26 begins on 1 April 2025."""
    first = f"try_cast(regexp_extract({cell}, '(\\d{{4}})', 1) AS INTEGER)"
    return (
        f"CASE WHEN regexp_full_match({cell}, '(FY)?\\s*\\d{{4}}\\s*[/-]\\s*\\d{{2,4}}') "
        f"THEN make_date({first}, 4, 1) "
        f"WHEN regexp_full_match({cell}, '\\d{{4}}') THEN make_date({first}, 1, 1) ELSE {day(cell)} END"
    )


def clock(cell: str) -> str:
    """A time of day, as a time; 1430 and 14.30 are read too, and a workbook's fraction of a day."""
    return (
        f"coalesce(CAST(try_strptime({cell}, {_among(TIMES)}) AS TIME), CAST({stamp(cell)} AS TIME), "
        f"CASE WHEN regexp_full_match({cell}, '0?\\.\\d+') THEN "
        f"CAST(TIMESTAMP '2000-01-01' + to_seconds(round(try_cast({cell} AS DOUBLE) * 86400)) AS TIME) END)"
    )


def number(cell: str) -> str:
    """A number, without thousands commas, pound and percent signs; NULL when it is not finite."""
    tidied = f"try_cast(regexp_replace({cell}, '[,£%\\s]', '', 'g') AS DOUBLE)"
    return f"nullif(nullif(nullif(coalesce(try_cast({cell} AS DOUBLE), {tidied}), 'nan'), 'inf'), '-inf')"


def whole(cell: str) -> str:
    """A whole number; 12.0 is one and 12.5 is not."""
    return f"CASE WHEN {number(cell)} = round({number(cell)}) THEN {number(cell)} END"


def yes_or_no(cell: str) -> str:
    """True or false, from yes, y, true, t, 1 and their opposites, in any case."""
    return (
        f"CASE WHEN lower({cell}) IN ('yes', 'y', 'true', 't', '1', '1.0') THEN true "
        f"WHEN lower({cell}) IN ('no', 'n', 'false', 'f', '0', '0.0') THEN false END"
    )


def lsoa(cell: str) -> str:
    """An LSOA code of England, Wales, Scotland or Northern Ireland, in capitals."""
    shape = "([EWS]01\\d{6}|N2\\d{7}|95\\w{2}\\d{2}\\w{2})"
    return f"CASE WHEN regexp_full_match(upper({cell}), '{shape}') THEN upper({cell}) END"


READ = {
    "text": text,
    "code": text,
    "category": text,
    "date": day,
    "month": month,
    "quarter": quarter,
    "year": year,
    "time": clock,
    "datetime": stamp,
    "number": number,
    "longitude": number,
    "latitude": number,
    "easting": number,
    "northing": number,
    "whole": whole,
    "yes or no": yes_or_no,
    "lsoa": lsoa,
}

DESCRIBED = {
    "date": "a date, such as 01/04/2025 or 2025-04-01",
    "month": "a month, such as 2025-04",
    "quarter": "a quarter, such as 2025 Q2",
    "year": "a year, such as 2025 or 2025/26",
    "time": "a time of day, such as 14:30",
    "datetime": "a date and time, such as 2025-04-01 14:30",
    "number": "a number",
    "whole": "a whole number",
    "longitude": "a longitude in or near the United Kingdom, such as -1.88",
    "latitude": "a latitude in the United Kingdom, such as 50.72",
    "easting": "an easting in metres, such as 408500",
    "northing": "a northing in metres, such as 91200",
    "yes or no": "yes or no",
    "lsoa": "a 2021 LSOA code, such as E01020482",
}

LIMITS = {
    "longitude": (-9.5, 3.0),
    "latitude": (49.0, 61.5),
    "easting": (0.0, 700_000.0),
    "northing": (0.0, 1_300_000.0),
}
