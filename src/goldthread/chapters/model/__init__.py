"""The parts an assessment is made of: figures, findings, blocks and chapters."""

from goldthread.chapters.model.assessment import Assessment, Chapter, Gap, Recommendation
from goldthread.chapters.model.blocks import (
    ANALYST,
    EXECUTIVE,
    MEMBER,
    PUBLIC,
    Block,
    Box,
    Bullets,
    Chart,
    Column,
    Edition,
    Heading,
    Map,
    Paragraph,
    Series,
    Table,
)
from goldthread.chapters.model.figures import Figure, Finding, Rows

__all__ = [
    "ANALYST",
    "EXECUTIVE",
    "MEMBER",
    "PUBLIC",
    "Assessment",
    "Block",
    "Box",
    "Bullets",
    "Chapter",
    "Chart",
    "Column",
    "Edition",
    "Figure",
    "Finding",
    "Gap",
    "Heading",
    "Map",
    "Paragraph",
    "Recommendation",
    "Rows",
    "Series",
    "Table",
]
