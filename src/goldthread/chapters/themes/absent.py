"""What a theme cannot say when a feed did not come, and who could mend that."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.model import Box, Gap
from goldthread.evidence.feeds import feed_named

# Each finishes "this assessment cannot say …".
CANNOT_SAY = {
    "ambulance-assaults": "how many assaults the ambulance service attended, where and when",
    "asb-case-reviews": "how many people asked for a review of how their complaints were handled, and what came of it",
    "council-asb": "what residents and tenants told the council and landlords about anti-social behaviour",
    "council-noise": "how much noise residents complained of",
    "drug-alcohol-treatment": "how many people are in treatment for drugs and alcohol, and how many finish it",
    "emergency-department-assaults": "how many people went to hospital after an assault, with what they were hurt, "
    "and how many of them the police did not know of",
    "fire-incidents": "how many fires were set on purpose, and how often crews were attacked",
    "fly-tipping": "how much fly-tipping was reported",
    "graffiti": "how much graffiti was reported",
    "hate-crime": "how much hate crime was reported, of which kinds, and to whom",
    "hospital-admissions-violence": "how many people were admitted to hospital for assault, drugs or alcohol",
    "marac-quarterly": "how many people at high risk of domestic abuse were heard, how many came back, and who "
    "referred them",
    "mental-health-attendances": "how the need for mental health care is changing",
    "modern-slavery-referrals": "how many people were referred as possible victims of modern slavery",
    "police-local-asb": "how much anti-social behaviour is personal, nuisance or environmental, and who calls again",
    "police-local-crime": "which crimes were domestic abuse, knife crime or hate crime, who the victims were, and at "
    "which hours",
    "police-local-incidents": "how often the police were called to missing people, to concern for safety and to "
    "trouble on the roads",
    "police-local-suspects": "who was suspected of crime, and how often the same people were",
    "police-uk-outcomes": "how long crimes took to reach an outcome",
    "police-uk-stop-and-search": "who was stopped and searched, and what was found",
    "police-uk-street": "how much crime the police recorded, of which kinds, and where",
    "probation-caseload": "how many people are on probation here, and what they need",
    "proven-reoffending": "how many people who had offended did so again",
    "road-collisions": "how many people were killed or seriously injured on the roads",
    "school-exclusions": "how many pupils were suspended or excluded, and why",
    "staff-assaults": "how often public service staff were assaulted",
    "street-scene": "how much litter, dog fouling and drug litter was reported",
    "youth-justice": "how many children entered the justice system for the first time",
}


def gap_of(feed: str) -> Gap:
    """The gap that a feed leaves: the same words in every theme, so that the list of gaps names it once."""
    about = feed_named(feed)
    words = CANNOT_SAY[feed]
    return Gap(words[0].upper() + words[1:], about.why_it_matters, about.owner, feed)


def not_supplied(feeds: Sequence[str]) -> Box:
    """A box that names what did not come, and what therefore stands unsaid."""
    lines = [f"{feed_named(f).title}: so it cannot say {CANNOT_SAY[f]}." for f in feeds]
    return Box(kind="gap", title="Not supplied to this assessment", text=" ".join(lines))


def one_line(subject: str, feeds: Sequence[str]) -> str:
    """One line that says why a chapter is empty."""
    titles = "; ".join(feed_named(f).title for f in feeds)
    return f"Nothing was supplied on {subject}. It would come from: {titles}."
