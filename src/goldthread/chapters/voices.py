"""What people said in their own words, set beside the figures and never counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from goldthread.chapters.brief import Brief
from goldthread.chapters.model import MEMBER, Block, Bullets, Chapter, Gap, Heading, Paragraph
from goldthread.chapters.topics import topics
from goldthread.chapters.words import in_words, month, plural

ID = "voices"
TITLE = "What people told us"


def write(brief: Brief) -> Chapter:
    """What was said, by issue, with its source, month and place; what was said without consent is left out."""
    given = brief.context.qualitative_findings
    usable = usable_of(given)
    if not usable:
        return _missing(len(given))
    blocks: list[Block] = [
        Paragraph(
            text="These come from meetings, walks, interviews and the voluntary sector. They say what numbers cannot, "
            "and are not counted: that something was said once or by many in a room does not say how common it is.",
            editions=MEMBER,
        )
    ]
    for topic in dict.fromkeys(str(v.get("topic", "")) for v in usable):
        about = topics().get(topic)
        blocks += [
            Heading(text=about.title if about else "Other matters", editions=MEMBER),
            Bullets(items=tuple(said(v) for v in usable if str(v.get("topic", "")) == topic), editions=MEMBER),
        ]
    left_out = len(given) - len(usable)
    if left_out:
        verb = plural(left_out, "is", "are")
        blocks.append(
            Paragraph(
                text=f"{in_words(left_out).capitalize()} more {verb} left out, because those who spoke had not agreed "
                "to its use."
            )
        )
    return Chapter(ID, TITLE, tuple(blocks))


def usable_of(given: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those that those who spoke agreed to; anything but a plain yes is no."""
    return [v for v in given if v.get("used_with_consent") is True and v.get("said")]


def said(voice: Mapping[str, Any]) -> str:
    """What was said, and by what kind of source, when and where."""
    when = str(voice.get("when", ""))
    told = [str(voice[k]) for k in ("source",) if voice.get(k)]
    told += [month(when[:7])] if len(when) >= 7 else [when] if when else []
    told += [str(voice["where"])] if voice.get("where") else []
    return f"{str(voice['said']).rstrip('.')}. ({'; '.join(told) or 'source not given'})"


def _missing(given: int) -> Chapter:
    why = (
        "What people said was supplied without their consent to its use, so none of it is printed."
        if given
        else "Nothing that people said in meetings, interviews or walks was supplied."
    )
    gap = Gap(
        "What people say of it in their own words",
        "Numbers say how much; those who live with it say what it is like, and what is never reported.",
        "Council community safety manager",
    )
    return Chapter(ID, TITLE, missing=why, gaps=(gap,))
