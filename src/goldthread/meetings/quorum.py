"""Whether a meeting could decide: organisations are counted, never people."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from goldthread.meetings.models import AgendaItem, Attendance, Declaration, Meeting
from goldthread.partners.models import OrganisationKind, TermsOfReference
from goldthread.web.templatetags.said import listed


@dataclass(frozen=True)
class Quorum:
    """Whether there was a quorum, and the sentence that says why."""

    met: bool
    sentence: str


def terms_on(meeting: Meeting) -> TermsOfReference | None:
    """The terms of reference that were in force on the day of the meeting."""
    adopted = TermsOfReference.objects.filter(group=meeting.group_id, adopted_on__lte=meeting.held_on)
    return adopted.order_by("-number").first()


def quorum(meeting: Meeting, item: AgendaItem | None = None) -> Quorum:
    """
    Whether the organisations that were there make a quorum by the terms in force that day.

    With an item, those who withdrew from it for an interest do not count. Where
    no terms were in force none is set, and the meeting may decide.
    """
    there = Attendance.objects.filter(meeting=meeting, present=True)
    if item is not None:
        there = there.exclude(person__in=Declaration.objects.filter(item=item, withdrew=True).values("person"))
    bodies = {a.organisation_id: a.organisation for a in there.select_related("organisation")}
    names = sorted(body.short_name for body in bodies.values())
    counted = _("%(count)s (%(names)s)") % {"count": len(names), "names": listed(names)} if names else _("none")
    told = {"there": counted}
    terms = terms_on(meeting)
    if terms is None:
        said = _("Organisations there: %(there)s. No terms of reference were in force that day, so no quorum is set.")
        return Quorum(True, said % told)
    told["needed"] = str(terms.quorum)
    missing = [kind for kind in terms.quorum_kinds if kind not in {body.kind for body in bodies.values()}]
    if missing:
        told["missing"] = listed(OrganisationKind(kind).label for kind in missing)
        said = _("Organisations there: %(there)s. There was no quorum: nobody was there for %(missing)s.")
        return Quorum(False, said % told)
    if len(names) < terms.quorum:
        said = _("Organisations there: %(there)s. There was no quorum: %(needed)s are needed.")
        return Quorum(False, said % told)
    return Quorum(True, _("Organisations there: %(there)s. There was a quorum: %(needed)s are needed.") % told)
