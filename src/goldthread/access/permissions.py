"""What can be allowed, each with the words that finish “You may …”."""

from __future__ import annotations

from enum import Enum


class Permission(Enum):
    """One thing that a role may let a person do, across the partnership or in one group."""

    SEE_PARTNERSHIP = "see who is in the partnership, its groups, its constitution and its forward plan"
    SEE_MEETINGS = "read agendas, minutes, decisions, actions and risks that are not confidential"
    SEE_CONFIDENTIAL = "read confidential papers and items"
    MANAGE_PEOPLE = "invite people, change what is known of them, give and end roles, and close accounts"
    MANAGE_ORGANISATIONS = "add organisations and change what kind of body they are"
    MANAGE_GROUPS = "open and close groups and write their terms of reference"
    MANAGE_CONSTITUTION = "draft the constitution, the vision and the brand"
    MANAGE_SITE = "see to the running of the site, without reading what the partnership writes"
    PLAN_MEETINGS = "set cycles, move meetings and build agendas"
    WRITE_MINUTES = "record attendance, minutes and decisions"
    CHAIR = "chair a meeting, agree its minutes and settle a decision"
    TAKE_PART = "declare an interest, add a paper, say how one’s organisation decides, and raise an action"
    MANAGE_ACTIONS = "raise, assign and close any action"
    MANAGE_RISKS = "add risks and score them"
    NOMINATE = "speak for one’s organisation: name deputies and who shares its information"
    ANSWER_SELF_ASSESSMENT = "answer the partnership’s self-assessment"
    RUN_SELF_ASSESSMENT = "open and close a self-assessment and read its results"
    READ_HISTORY = "read the record of who did what and when"
