"""An invented assessment with every kind of block in it, for tests of editions. No such place exists."""

from __future__ import annotations

from functools import cache

from goldthread.chapters.model import (
    EXECUTIVE,
    MEMBER,
    PUBLIC,
    Assessment,
    Box,
    Bullets,
    Chapter,
    Column,
    Figure,
    Finding,
    Gap,
    Heading,
    Paragraph,
    Recommendation,
    Rows,
    Table,
)
from goldthread.chapters.model.assessment import Partnership
from tests.editions.sample_charts import charts
from tests.editions.sample_places import geography, maps

NOW, BEFORE = ("2025-01", "2025-12"), ("2024-01", "2024-12")
EVERYONE = EXECUTIVE | MEMBER
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><circle cx="24" cy="24" r="23" fill="#1d4f5c"/>'
    '<path d="M8 30c5-6 11-6 16 0s11 6 16 0" fill="none" stroke="#f3d9a4" stroke-width="3"/>'
    '<path d="M8 22c5-6 11-6 16 0s11 6 16 0" fill="none" stroke="#fff" stroke-width="3"/></svg>'
)

# Topic, series, count before, count now, harm: one finding each.
_TOPICS = (
    ("violence", "Violence and sexual offences", 4010, 4212, 0.95),
    ("burglary", "Burglary", 1102, 1234, 0.55),
    ("asb", "Anti-social behaviour", 3720, 3105, 0.35),
    ("shoplifting", "Shoplifting", 1480, 1831, 0.2),
    ("vehicle", "Vehicle crime", 960, 902, 0.25),
    ("damage", "Criminal damage and arson", 1544, 1490, 0.3),
    ("robbery", "Robbery", 118, 141, 0.7),
    ("drugs", "Drugs", 402, 455, 0.4),
    ("weapons", "Possession of weapons", 96, 103, 0.6),
)


def _change_figure(topic: str, series: str, before: int, now: int) -> Figure:
    ratio = now / before
    parameters = {"headline": series} if topic in ("violence", "burglary", "asb", "shoplifting") else {}
    return Figure(
        id=f"{topic}.change",
        asks=f"Did {series.lower()} change between 2024 and 2025, beyond what chance would give?",
        question="analysis.change.rate_ratio",
        answer={
            "now": now,
            "before": before,
            "change": (ratio - 1) * 100,
            "ratio": ratio,
            "low": ratio * 0.96,
            "high": ratio * 1.04,
            "p": 0.004 if abs(ratio - 1) > 0.04 else 0.31,
        },
        rows=Rows("counts", (series,), NOW),
        parameters=parameters,
        caveats=("Recorded crime is not all crime.",),
        count_keys=("now", "before"),
        source="police.uk street-level crime, downloaded February 2026",
    )


def _finding(topic: str, series: str, before: int, now: int, harm: float) -> Finding:
    name, change = f"{topic}.change", now / before - 1
    way = "rose" if change > 0 else "fell"
    return Finding(
        id=f"{topic}.changed",
        topic=topic,
        title=f"{series} {way}",
        statement=f"Police recorded **{{{{{name}:now:n}}}}** offences of {series.lower()}, "
        f"{{{{{name}:change:change}}}} on {{{{{name}:before:n}}}} in 2024.",
        so_what="The change is larger than chance would give, and is spread over most of the area.",
        recommendation="Keep the present patrol plan and look again at the three streets where it is concentrated.",
        figures=(name,),
        owner="Saltmarsh Police" if harm > 0.3 else "Saltmarsh District Council",
        harm=harm,
        size=min(1.0, now / 4300),
        certainty=0.95 if abs(change) > 0.04 else 0.55,
        change=min(1.0, abs(change) * 4),
        public=f"Police were told about {{{{{name}:now:n}}}} thefts from shops. That is more than last year."
        if topic == "shoplifting"
        else f"There were {'more' if change > 0 else 'fewer'} {PLAIN[topic]} than the year before."
        if topic in PLAIN
        else "",
    )


PLAIN = {"burglary": "break-ins", "asb": "reports of noise and trouble in the street", "robbery": "robberies"}

MARAC = Figure(
    id="marac.cases",
    asks="How many high-risk domestic abuse cases were heard, and how many were repeats?",
    question="analysis.rates.share",
    answer={"cases": 212, "repeats": 61, "male": 4, "share": 61 / 212 * 100, "year": "2025-12"},
    rows=Rows("measures", ("MARAC cases",), NOW, (), {"reporter": "Saltmarsh Police"}),
    protected=True,
    count_keys=("cases", "repeats", "male"),
    source="MARAC quarterly return",
)
SURVEY = Figure(
    id="survey.safe_after_dark",
    asks="What share of residents feel safe outside after dark?",
    question="analysis.surveys.weighted_share",
    answer={"share": 0.624, "low": 0.588, "high": 0.66, "base": 1034, "change": -4.1},
    rows=Rows("answers", ("safe after dark",), NOW),
    source="Saltmarsh residents’ survey 2025",
)


def _year_on_year() -> Table:
    rows = [(s, b, n, n - b, (n / b - 1) * 100, n / 92.4) for _, s, b, n, _ in _TOPICS if s != "Anti-social behaviour"]
    before, now = sum(r[1] for r in rows), sum(r[2] for r in rows)
    rows.append(("All recorded crime", before, now, now - before, (now / before - 1) * 100, now / 92.4))
    return Table(
        id="year-on-year",
        title="Recorded crime by type, 2025 and 2024",
        columns=(
            Column("type", "Crime type"),
            Column("before", "2024", "count"),
            Column("now", "2025", "count"),
            Column("difference", "Difference", "number"),
            Column("change", "Change", "change", ("before", "now")),
            Column("rate", "Rate per 1,000", "rate", ("now",)),
        ),
        rows=tuple(rows),
        source="police.uk, January 2024 to December 2025",
        note="Anti-social behaviour is not crime and is not in the total.",
        total_row=True,
        figures=("burglary.change",),
        editions=EVERYONE,
    )


def _hate_crime() -> Table:
    rows = (
        ("Race", 118, 131),
        ("Religion", 9, 12),
        ("Sexual orientation", 31, 28),
        ("Disability", 14, 3),
        ("Transgender", 6, 11),
    )
    return Table(
        id="hate-crime",
        title="Hate crime by monitored strand",
        columns=(
            Column("strand", "Strand"),
            Column("before", "2024", "count"),
            Column("now", "2025", "count"),
            Column("share", "Share of 2025", "percent", ("now",)),
        ),
        rows=(*((s, b, n, n / 185 * 100) for s, b, n in rows), ("All strands", 178, 185, 100.0)),
        source="Saltmarsh Police, hate crime return",
        protected=True,
        total_row=True,
        editions=EVERYONE,
    )


PRIORITIES = Table(
    id="priorities",
    title="Recommended priorities, scored",
    columns=(
        Column("rank", "Rank", "count"),
        Column("issue", "Issue"),
        Column("score", "Score", "number"),
        Column("range", "Rank range when a weight changes"),
        Column("why", "Why"),
    ),
    rows=(
        (1, "Violence against women and girls", 82.4, "1–1", "Highest harm; certain rise; residents’ second concern"),
        (
            2,
            "Serious violence among young people",
            74.0,
            "2–3",
            "High harm; hospital data shows more than police data",
        ),
        (
            3,
            "Anti-social behaviour in the town centre",
            69.5,
            "2–4",
            "Residents’ first concern; falling but concentrated",
        ),
        (4, "Retail crime", 51.2, "3–5", "Sharp rise; low harm to each victim"),
    ),
    source="Prioritisation matrix, this assessment",
    editions=EVERYONE,
)


def _chapters(findings: tuple[Finding, ...]) -> tuple[Chapter, ...]:
    drawn, mapped = charts(EVERYONE), maps(EVERYONE)
    by_topic = {finding.topic: finding for finding in findings}
    return (
        Chapter(
            "purpose",
            "Purpose and statutory basis",
            (
                Paragraph(
                    text="The partnership must assess crime and disorder each year (the 1998 Act, section 6; "
                    "regulations 2007/1830). **This document answers each of the seven matters of regulation 7.**"
                ),
                Bullets(items=("Levels and patterns: sections 3 to 6.", "Changes and why: section 3."), numbered=True),
                Box(
                    kind="definition",
                    title="Recorded",
                    text="Reported to and recorded by police; not all that happened.",
                ),
            ),
        ),
        Chapter(
            "year-on-year",
            "Year on year",
            (
                Paragraph(text="Burglary saw {{burglary.change:change:rise}}.", editions=EVERYONE),
                _year_on_year(),
                *drawn[:4],
                Box(kind="caveat", title="Small numbers", text="Percentages on fewer than 20 offences are not shown."),
            ),
            findings=tuple(by_topic[t] for t in ("burglary", "shoplifting", "vehicle", "damage", "robbery")),
        ),
        Chapter(
            "vawg",
            "Violence against women and girls",
            (
                Paragraph(
                    text="The conference heard {{marac.cases:cases:n}} cases, {{marac.cases:repeats:n}} of them "
                    "repeats ({{marac.cases:share:pct1}}); {{marac.cases:male:n}} had a male victim.",
                    editions=EVERYONE,
                ),
                _hate_crime(),
                *drawn[4:8],
            ),
            findings=(by_topic["violence"],),
        ),
        Chapter(
            "places",
            "Places",
            (
                Heading(text="Where it is concentrated"),
                mapped[0],
                Heading(text="Hotspots", level=4),
                mapped[1],
                *drawn[8:],
            ),
            findings=(by_topic["asb"],),
        ),
        Chapter(
            "residents",
            "What residents say",
            (
                Paragraph(
                    text="**{{survey.safe_after_dark:share:share}}** feel safe after dark "
                    "(base {{survey.safe_after_dark:base:n}}), "
                    "{{survey.safe_after_dark:change:points}} fewer than in the last wave.",
                    editions=EVERYONE,
                ),
                Paragraph(text="About six in ten people feel safe outside after dark.", editions=PUBLIC),
            ),
        ),
        Chapter("ambulance", "Ambulance assaults", missing="No ambulance data came for this period."),
        Chapter("priorities", "Recommended priorities", (PRIORITIES,)),
    )


@cache
def sample() -> Assessment:
    """An assessment of the invented Saltmarsh, with its figures, findings, gaps and recommendations."""
    findings = tuple(_finding(*topic) for topic in _TOPICS)
    figures = [_change_figure(*topic[:4]) for topic in _TOPICS] + [MARAC, SURVEY]
    return Assessment(
        title="Saltmarsh Strategic Assessment 2025",
        area="Saltmarsh",
        area_code="X06000001",
        area_welsh="Morfa Heli",
        period=NOW,
        compared_with=BEFORE,
        fingerprint="3f9a1c07d2e84b55a6c1f0e2b79d4418c3aa6d1e0f5b2c97",
        partnership=Partnership(
            name="Saltmarsh Community Safety Partnership",
            logo_svg=LOGO,
            author="Partnership analyst, Saltmarsh District Council",
            authorities=(
                "Saltmarsh Police",
                "Saltmarsh District Council",
                "Saltmarsh Fire and Rescue",
                "NHS Saltmarsh",
            ),
        ),
        chapters=_chapters(findings),
        figures={figure.id: figure for figure in figures},
        findings=findings,
        gaps=(
            Gap(
                "No ambulance data came",
                "Injury police never hear of cannot be seen",
                "Ambulance Trust",
                "ambulance",
            ),
            Gap(
                "One month of council noise data is missing",
                "No trend is drawn across it",
                "Saltmarsh District Council",
            ),
        ),
        recommendations=(
            Recommendation(
                1,
                "Commission a problem profile of violence in the night-time economy",
                "Saltmarsh Police",
                "September 2026",
                "Assaults recorded from 22:00 to 04:00",
                ("violence.changed",),
            ),
            Recommendation(
                2,
                "Agree a retail crime plan with the business improvement district",
                "Saltmarsh District Council",
                "July 2026",
                "Shoplifting per 1,000 premises",
                ("shoplifting.changed",),
            ),
            Recommendation(
                3,
                "Send ambulance assault calls monthly, under the existing agreement",
                "Ambulance Trust",
                "May 2026",
                "Months received of twelve",
                (),
                "data",
            ),
        ),
        geography=geography(),
        glossary={"ASB": "Anti-social behaviour.", "LSOA": "Lower layer Super Output Area: about 1,500 people."},
        sources=(
            {
                "data": "Street-level crime",
                "owner": "police.uk",
                "period": "January 2024 to December 2025",
                "rows": "27,344",
            },
            {"data": "MARAC return", "owner": "Saltmarsh Police", "period": "2025, four quarters", "rows": "16"},
        ),
    )
