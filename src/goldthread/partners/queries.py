"""Every question that pages ask about who we are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from goldthread.partners.models import (
    Constitution,
    Deputy,
    Group,
    Holding,
    Nomination,
    Organisation,
    Partnership,
    Person,
    TermsOfReference,
)
from goldthread.partners.models.organisations import RESPONSIBLE


def partnership() -> Partnership | None:
    """The partnership, once it is set up."""
    return Partnership.objects.filter(pk=1).first()


def held_on(day: date) -> Q:
    """Roles, deputies and nominations that were in force on a day; both ends count."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def groups(*, closed: bool = False) -> QuerySet[Group]:
    """Groups that are open, or those that are closed."""
    return Group.objects.filter(closed_on__isnull=not closed).select_related("accountable_to")


@dataclass(frozen=True)
class Branch:
    """A group and those that answer to it."""

    group: Group
    below: tuple[Branch, ...]

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Group]]:
        """This group and all below it, each with how deep it is."""
        yield depth, self.group
        for branch in self.below:
            yield from branch.walk(depth + 1)


def tree() -> tuple[Branch, ...]:
    """The open groups as they answer to each other, from the board down."""
    answering: dict[int | None, list[Group]] = {}
    for group in groups():
        answering.setdefault(group.accountable_to_id, []).append(group)

    def below(pk: int | None) -> tuple[Branch, ...]:
        return tuple(Branch(g, below(g.pk)) for g in answering.get(pk, []))

    return below(None)


def it_and_below(group: Group) -> set[int]:
    """The keys of a group and of every open group that answers to it, near or far."""
    found, new = {group.pk}, {group.pk}
    while new:
        new = set(groups().filter(accountable_to__in=new).values_list("pk", flat=True)) - found
        found |= new
    return found


def roles_on(group: Group, day: date) -> list[Holding]:
    """Who held which role in a group on a day, chairs first, with those who stood in for them."""
    deputies = Deputy.objects.filter(held_on(day)).select_related("person")
    found = (
        group.holdings.filter(held_on(day))
        .select_related("person__organisation")
        .prefetch_related(Prefetch("deputies", deputies, to_attr="standing_in"))
    )
    rank = {"chair": 0, "co-chair": 1}
    return sorted(found, key=lambda h: (rank.get(h.role, 2), h.person.organisation.name, h.person.name))


def terms_in_force(group: Group) -> TermsOfReference | None:
    """The newest adopted terms of reference of a group."""
    return group.terms.filter(adopted_on__isnull=False).order_by("-number").first()


def constitution_in_force() -> Constitution | None:
    """The newest adopted constitution, with its articles."""
    adopted = Constitution.objects.filter(adopted_on__isnull=False).prefetch_related("articles")
    return adopted.order_by("-number").first()


def people(*, closed: bool = False) -> QuerySet[Person]:
    """People whose account is not closed, or those whose is."""
    return Person.objects.filter(closed_at__isnull=not closed).select_related("organisation")


def organisations() -> QuerySet[Organisation]:
    """Organisations that belong to the partnership today."""
    today = timezone.localdate()
    return Organisation.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=today))


def organisations_that_left() -> QuerySet[Organisation]:
    """Organisations that belonged to the partnership and do no more."""
    return Organisation.objects.filter(left_on__lte=timezone.localdate())


def nominee(organisation: Organisation) -> Nomination | None:
    """The newest nomination that nobody has ended."""
    return organisation.nominations.filter(ends_on__isnull=True).select_related("person").first()


@dataclass(frozen=True)
class Lacking:
    """Something that the law asks of the partnership's membership and that is not there, and the page to mend it on."""

    organisation: Organisation
    what: str
    mended_on: str


def lacking(day: date | None = None) -> Sequence[Lacking]:
    """
    Which responsible authorities have nobody on the strategy group and no reason why, or nobody nominated to share?

    Regulations 3 and 4 of the Crime and Disorder (Formulation and
    Implementation of Strategy) Regulations 2007.
    """
    day = day or timezone.localdate()
    on_group = set(
        Holding.objects.filter(held_on(day), group__strategy_group=True, group__closed_on__isnull=True).values_list(
            "person__organisation", flat=True
        )
    )
    nominated = set(Nomination.objects.filter(held_on(day)).values_list("organisation", flat=True))
    found = []
    for body in organisations().filter(kind__in=RESPONSIBLE):
        if body.pk not in on_group and not body.why_absent:
            said = "has nobody on the strategy group, and its absence is not explained"
            found.append(Lacking(body, said, "change-organisation"))
        if body.pk not in nominated:
            found.append(Lacking(body, "has nominated nobody to facilitate the sharing of information", "nominate"))
    return found


@dataclass(frozen=True)
class Found:
    """What a search found, by kind."""

    people: Sequence[Person]
    groups: Sequence[Group]

    def __bool__(self) -> bool:
        return bool(self.people or self.groups)


def search(words: str, most: int = 20) -> Found:
    """People and groups in whose names, posts or purposes every one of these words is found."""
    of_people, of_groups = Q(), Q()
    for word in words.split()[:8]:
        of_people &= Q(name__icontains=word) | Q(post__icontains=word) | Q(organisation__name__icontains=word)
        of_groups &= Q(name__icontains=word) | Q(purpose__icontains=word)
    return Found(list(people().filter(of_people)[:most]), list(groups().filter(of_groups)[:most]))
