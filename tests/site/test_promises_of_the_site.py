"""Promises over the site's code: fields are classified, who and when come in pairs, tables match models."""

from __future__ import annotations

import re
from io import StringIO
from itertools import chain

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from goldthread.access.permissions import Permission
from goldthread.access.roles import ROLES
from goldthread.audit.classes import Classed
from goldthread.audit.recorded import Recorded
from goldthread.meetings.events import EVENTS as OF_MEETINGS
from goldthread.partners.events import EVENTS as OF_PARTNERS

OURS = [m for m in apps.get_models() if m.__module__.startswith("goldthread.")]
NOT_RECORDED = {"Entry", "Mention", "Account"}  # the record itself, and what the library that signs people in writes


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_every_field_is_classified_and_none_is_personal(model: type[models.Model]) -> None:
    classified: dict[str, Classed] = model.classified  # type: ignore[attr-defined]
    assert set(classified) == {f.name for f in model._meta.concrete_fields}
    assert Classed.PERSONAL not in classified.values()  # that is for the case room only


@pytest.mark.parametrize("model", [m for m in OURS if m.__name__ not in NOT_RECORDED], ids=lambda m: m.__name__)
def test_every_table_of_ours_is_written_only_by_actions(model: type[models.Model]) -> None:
    assert issubclass(model, Recorded)


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_who_and_when_come_in_pairs(model: type[models.Model]) -> None:
    names = {f.name for f in model._meta.concrete_fields}
    for by in (n for n in names if n.endswith("_by")):
        assert by.removesuffix("_by") + "_at" in names


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_times_end_in_at_and_days_in_on(model: type[models.Model]) -> None:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateTimeField):
            assert field.name.endswith("_at") or field.name == "at"
        elif isinstance(field, models.DateField):
            assert field.name.endswith("_on")


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_every_permission_is_given_by_some_role_and_every_role_is_described() -> None:
    assert set(Permission) == set(chain.from_iterable(role.may for role in ROLES.values()))
    for role in ROLES.values():
        assert re.match(r"^[A-Z].*\.$", role.sentence) and role.__doc__


def test_every_event_is_entered_by_some_action() -> None:
    from pathlib import Path

    import goldthread

    source = "".join(p.read_text(encoding="utf-8") for p in Path(goldthread.__file__).parent.rglob("*.py"))
    unused = [event.name for event in chain(OF_PARTNERS, OF_MEETINGS) if f'EVENTS["{event.name}"]' not in source]
    assert unused == []
