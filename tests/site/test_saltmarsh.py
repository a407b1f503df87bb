"""Saltmarsh in the site: invented people, the same from the same seed, and a partnership that the law accepts."""

from __future__ import annotations

from collections import Counter

import pytest

from example import site
from example.persons import WORDS
from example.truths import truths
from goldthread.audit.chain import verify
from goldthread.evidence.trouble import BadRequest
from goldthread.partners.models import Article, Group, Holding, Organisation, Person
from goldthread.partners.models.organisations import OrganisationKind
from goldthread.partners.queries import constitution_in_force, lacking, roles_on, terms_in_force
from tests.site.apart import a_site


@pytest.fixture
def made(db: None) -> site.Made:
    return site.make()


def test_about_forty_people_all_of_invented_names(made: site.Made) -> None:
    people = list(Person.objects.all())
    assert 38 <= len(people) <= 44 and len({p.name for p in people}) == len(people)
    for person in people:
        first, last = person.name.split(" ")
        assert first in WORDS["first"] and last in WORDS["last"] and person.post
        assert person.email.endswith(".example") and person.telephone.startswith("01632 960")
    assert not {p.name for p in people} & set(truths()["unmistakable"]["names"])


def test_the_same_seed_makes_the_same_people_and_another_makes_others() -> None:
    assert site.names(7, 40) == site.names(7, 40) != site.names(8, 40)


def test_the_law_asks_nothing_that_is_not_there(made: site.Made) -> None:
    assert lacking() == []
    assert lacking(site.told()["founded_on"]) == []
    assert Group.objects.get(strategy_group=True) == made.groups["Executive Board"]


def test_there_are_bodies_of_every_kind_that_england_has_and_groups_of_every_kind(made: site.Made) -> None:
    assert {b.kind for b in Organisation.objects.all()} == set(OrganisationKind) - {OrganisationKind.HEALTH_BOARD}
    assert Counter(g.kind for g in Group.objects.all()) == {
        "board": 1,
        "strategic": 5,
        "tactical": 5,
        "task-and-finish": 1,
    }


def test_every_group_has_a_chair_terms_in_force_and_enough_organisations_for_its_quorum(made: site.Made) -> None:
    today = site.told()["changed_on"]
    for group in made.groups.values():
        held = roles_on(group, today)
        assert held[0].role == "chair"
        terms = terms_in_force(group)
        assert terms is not None
        bodies = {h.person.organisation for h in held}
        assert len(bodies) >= terms.quorum, group
        assert set(terms.quorum_kinds) <= {b.kind for b in bodies}


def test_there_are_past_holders_deputies_and_an_adopted_constitution(made: site.Made) -> None:
    past = Holding.objects.filter(ends_on__isnull=False)
    assert past.count() == 3 and {h.role for h in past} == {"chair", "group-member"}
    assert made.groups["Executive Board"].holdings.filter(deputies__isnull=False).count() == 4
    assert constitution_in_force() is not None and Article.objects.count() >= 12
    assert verify().breaks == ()


def test_it_is_made_once(made: site.Made) -> None:
    with pytest.raises(BadRequest, match="There is a partnership here already"):
        site.make()


def test_from_a_terminal_it_says_who_can_sign_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    with a_site(tmp_path_factory.mktemp("saltmarsh") / "site") as apart:
        ran = apart.run("example.site")
        assert ran.returncode == 0, ran.stderr
        *people, password = ran.stdout.splitlines()
        assert len(people) == len(apart.rows("partners_account")) >= 36
        assert password.startswith("The password of each is ")
        assert apart.goldthread("audit", "verify").returncode == 0
