"""The recommendations: numbered, owned, dated, measurable, each with the findings it answers."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.brief import Brief
from goldthread.chapters.model import Chapter, Column, Figure, Paragraph, Rows, Table
from goldthread.chapters.recommending import MOST, ranked, recommend

ID = "recommendations"
TITLE = "Recommendations"


def write(brief: Brief, chapters: Sequence[Chapter]) -> Chapter:
    """Each recommendation with its evidence, and whether every one of the top findings has one."""
    findings = ranked(chapters)
    made = recommend(brief, findings, [g for c in chapters for g in c.gaps])
    if not made:
        return Chapter(ID, TITLE, missing="No finding asks for anything, because too little came to find anything.")
    top = findings[:MOST]
    answered = {name for r in made for name in r.findings}
    figure = Figure(
        id="recommendations.coverage",
        asks="Does every one of the top findings have a recommendation?",
        question="goldthread.chapters.recommending.recommend",
        answer={
            "recommendations": len(made),
            "top": len(top),
            "answered": sum(f.id in answered for f in top),
            "findings": len(findings),
        },
        rows=Rows("files"),
        source="The findings of this assessment",
    )
    titles = {f.id: f.title for f in findings}
    table = Table(
        id="recommendations.table",
        title="Recommendations to the partnership",
        columns=(
            Column("number", "No.", "number"),
            Column("text", "Recommendation"),
            Column("evidence", "Because"),
            Column("kind", "Kind"),
            Column("owner", "Owner"),
            Column("by", "By when"),
            Column("measure", "How we will know"),
        ),
        rows=tuple(
            (
                r.number,
                r.text,
                "; ".join(f"{titles[name]} ({name})" for name in r.findings)
                or "The current priorities and what is not known",
                r.kind.capitalize(),
                r.owner,
                r.by_when,
                r.measure,
            )
            for r in made
        ),
        source="The findings of this assessment, by their ids; starting points in definitions/recommendations.yaml",
        note="They are proposals for the Executive Board to change. Dates are counted from the last month of data.",
    )
    text = (
        "There {{recommendations.coverage:recommendations:plural|is|are}} "
        "{{recommendations.coverage:recommendations:count|recommendation|recommendations}}. "
        "{{recommendations.coverage:answered:n}} of the {{recommendations.coverage:top:n}} top findings "
        "{{recommendations.coverage:answered:plural|has|have}} one; the other findings are in their chapters. "
        "Each is tied to its findings by their ids, and “goldthread thread” follows it to the rows."
    )
    return Chapter(ID, TITLE, (Paragraph(text=text), table), (figure,))
