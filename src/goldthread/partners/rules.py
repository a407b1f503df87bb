"""Who may do what to people, organisations, groups and what they agreed; each answer gives its reason."""

from __future__ import annotations

from goldthread.access.permissions import Permission
from goldthread.access.rulings import YES, Ruling, first_no, no
from goldthread.partners.models import Constitution, Deputy, Group, Holding, Organisation, Person, TermsOfReference


def may_found(person: Person, partnership_exists: bool) -> Ruling:
    """A partnership is set up once, from the machine that it runs on."""
    return no("The partnership is already set up.") if partnership_exists else YES


def may_change_partnership(person: Person) -> Ruling:
    """Whoever drafts the constitution also keeps the name, the vision and the looks."""
    return person.may(Permission.MANAGE_CONSTITUTION)


def may_keep_organisations(person: Person) -> Ruling:
    """Who may add an organisation or change what kind of body it is."""
    return person.may(Permission.MANAGE_ORGANISATIONS)


def may_mend(person: Person, organisation: Organisation, mended_on: str) -> Ruling:
    """Whether somebody may open the page on which what the law asks of an organisation is put right."""
    return may_nominate(person, organisation) if mended_on == "nominate" else may_keep_organisations(person)


def may_keep_people(person: Person) -> Ruling:
    """Who may add and change people."""
    return person.may(Permission.MANAGE_PEOPLE)


def may_close(person: Person, other: Person) -> Ruling:
    """Nobody closes their own account from this page, so that somebody always knows; nor one closed already."""
    if other.closed_at:
        return no(f"The account of {other} is already closed.")
    if other.pk == person.pk:
        return no("You cannot close your own account. Ask another person who manages people.")
    return may_keep_people(person)


def may_invite(person: Person, other: Person) -> Ruling:
    """An invitation goes to somebody who cannot sign in yet and has not left."""
    if other.closed_at:
        return no(f"The account of {other} is closed, so they cannot be invited.")
    if other.account_id:
        return no(f"{other} can already sign in.")
    return may_keep_people(person)


def may_open_group(person: Person) -> Ruling:
    """Who may open a group."""
    return person.may(Permission.MANAGE_GROUPS)


def may_change_group(person: Person, group: Group) -> Ruling:
    """A closed group stays as it was."""
    return first_no(_open(group), person.may(Permission.MANAGE_GROUPS))


def may_close_group(person: Person, group: Group) -> Ruling:
    """A group that others answer to closes after them."""
    below = group.answers_here.filter(closed_on__isnull=True).order_by("name").first()
    if below is not None:
        return no(f"{below} still answers to {group}. Close it, or let it answer to another group, first.")
    return may_change_group(person, group)


def may_give_role(person: Person, group: Group | None) -> Ruling:
    """Who may give a role in a group, or across the partnership."""
    return first_no(_open(group) if group else YES, person.may(Permission.MANAGE_PEOPLE))


def may_end_role(person: Person, holding: Holding) -> Ruling:
    """A role that has ended stays as it was."""
    if holding.ends_on:
        return no(f"{holding} has already been ended.")
    return person.may(Permission.MANAGE_PEOPLE)


def may_name_deputy(person: Person, holding: Holding) -> Ruling:
    """Holders name their own deputies; an agency lead does for their organisation, and the manager for all."""
    if holding.group is None:
        return no("Only a role in a group has deputies.")
    if holding.ends_on:
        return no(f"{holding} has ended.")
    if holding.person_id == person.pk:
        return YES
    if holding.person.organisation_id == person.organisation_id and person.may(Permission.NOMINATE):
        return YES
    return person.may(Permission.MANAGE_PEOPLE)


def may_end_deputy(person: Person, deputy: Deputy) -> Ruling:
    """Whoever may name a deputy may end their term, once."""
    if deputy.ends_on:
        return no(f"{deputy.person} no longer stands in.")
    return may_name_deputy(person, deputy.holding)


def may_nominate(person: Person, organisation: Organisation) -> Ruling:
    """Who may say which person facilitates an organisation's sharing of information."""
    if not organisation.responsible:
        return no("Only a responsible authority nominates a person to facilitate the sharing of information.")
    if organisation.pk == person.organisation_id and person.may(Permission.NOMINATE):
        return YES
    return person.may(Permission.MANAGE_PEOPLE)


def may_write_terms(person: Person, group: Group) -> Ruling:
    """Who may draft a group's terms of reference."""
    return first_no(_open(group), person.may(Permission.MANAGE_GROUPS))


def may_adopt_terms(person: Person, terms: TermsOfReference) -> Ruling:
    """Terms are adopted once, and not after newer ones."""
    if terms.adopted_on:
        return no("These terms of reference are already adopted.")
    if terms.group.terms.filter(number__gt=terms.number, adopted_on__isnull=False).exists():
        return no("Newer terms of reference of this group are already adopted.")
    return first_no(_open(terms.group), person.may(Permission.MANAGE_GROUPS))


def may_write_constitution(person: Person) -> Ruling:
    """Who may draft a version of the constitution."""
    return person.may(Permission.MANAGE_CONSTITUTION)


def may_adopt_constitution(person: Person, constitution: Constitution) -> Ruling:
    """A version with no article says nothing, and one that is adopted stays as it is."""
    if constitution.adopted_on:
        return no("This version is already adopted.")
    if not constitution.articles.exists():
        return no("This version has no articles yet. Write at least one.")
    if Constitution.objects.filter(number__gt=constitution.number, adopted_on__isnull=False).exists():
        return no("A newer version is already adopted.")
    return person.may(Permission.MANAGE_CONSTITUTION)


def _open(group: Group) -> Ruling:
    return no(f"{group} is closed.") if group.closed_on else YES
