"""Every change is recorded, and if the record fails so does the change."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from goldthread.access.rulings import NotAllowed
from goldthread.audit import recording
from goldthread.audit.chain import verify
from goldthread.audit.models import Entry, Mention
from goldthread.audit.queries import history
from goldthread.audit.recorded import ChangedMeanwhile
from goldthread.audit.recording import Unrecorded
from goldthread.partners import actions
from goldthread.partners.models import Group, Person
from tests.site.conftest import CLOCK, START, Small


def test_what_is_done_is_told_in_a_sentence_with_who_did_it(small: Small) -> None:
    entry = Entry.objects.order_by("-sequence")[0]
    assert entry.sentence == "Morgan Reed opened Night-time Group, accountable to Violence Reduction Group."
    assert (entry.event, entry.by_id, entry.thing) == ("group:opened", str(small.manager.pk), small.tactical.label)


def test_a_things_history_has_what_was_done_to_others_because_of_it(small: Small) -> None:
    told = [entry.sentence for entry in history(small.board.label)]
    assert any("Violence Reduction Group" in sentence for sentence in told)


def test_nothing_is_written_outside_an_action(small: Small) -> None:
    small.board.name = "Another Board"
    with pytest.raises(Unrecorded):
        small.board.save()
    for write in (
        lambda: Group.objects.filter(pk=small.board.pk).update(name="Another Board"),
        lambda: Group.objects.all().delete(),
        lambda: Group.objects.bulk_create([]),
        lambda: small.board.delete(),
    ):
        with pytest.raises(Unrecorded):
            write()
    assert Group.objects.get(pk=small.board.pk).name == "Executive Board"


def test_when_the_record_fails_so_does_the_change(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise DatabaseError("the record is full")

    monkeypatch.setattr(recording, "_add", fails)
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.change_group(by=small.manager, group=small.board, name="Another Board")
    assert Group.objects.get(pk=small.board.pk).name == "Executive Board"


def test_when_the_change_fails_nothing_is_recorded(small: Small) -> None:
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        actions.open_group(by=small.person("Sam Low"), name="Mine", kind="board", purpose="Mine.", opened_on=START)
    assert Entry.objects.count() == before + 1  # the person who was added, and no group


def test_the_second_of_two_who_change_the_same_thing_is_told_and_writes_nothing(small: Small) -> None:
    mine, yours = (Group.objects.get(pk=small.board.pk) for _ in range(2))
    actions.change_group(by=small.manager, group=mine, purpose="To lead well.")
    with pytest.raises(ChangedMeanwhile, match="Somebody else changed Executive Board"), transaction.atomic():
        actions.change_group(by=small.manager, group=yours, purpose="To lead badly.")
    assert Group.objects.get(pk=small.board.pk).purpose == "To lead well."


def test_names_and_addresses_are_not_copied_into_what_changed(small: Small) -> None:
    changes = str(list(Entry.objects.filter(event="person:added").values_list("changes", flat=True)))
    assert "morgan.reed@example.org" not in changes and "changed" in changes


@pytest.mark.parametrize("words", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [Entry, Mention])
def test_the_database_refuses_to_change_or_remove_an_entry(small: Small, model: type, words: str) -> None:
    column = "sentence" if model is Entry else "thing"
    with pytest.raises(DatabaseError, match="added to and never changed"), transaction.atomic():
        connection.cursor().execute(words.format(model._meta.db_table, column))


def tampered(statement: str) -> tuple[str, ...]:
    """What `verify` finds once somebody with the keys to the database got round its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        else:
            cursor.execute("DROP TRIGGER audit_entry_update")
            cursor.execute("DROP TRIGGER audit_entry_delete")
        cursor.execute(statement)
    return tuple(f"{b.sequence} {b.how}" for b in verify().breaks)


def test_an_untouched_record_holds(small: Small) -> None:
    assert verify().breaks == ()


def test_an_altered_entry_is_found(small: Small) -> None:
    assert "3 was altered" in tampered("UPDATE audit_entry SET sentence = 'Nothing happened.' WHERE sequence = 3")


def test_a_removed_entry_is_found(small: Small) -> None:
    found = tampered("DELETE FROM audit_entry WHERE sequence = 3")
    assert any(told.startswith("4 ") for told in found)


def test_an_inserted_entry_is_found(small: Small) -> None:
    last = Entry.objects.count()
    found = tampered(
        "INSERT INTO audit_entry SELECT sequence + 1, at, event, by_id, by_name, thing, sentence, changes, previous, "
        f"digest FROM audit_entry WHERE sequence = {last}"
    )
    assert any(told.startswith(f"{last + 1} ") for told in found)


def test_entries_cut_off_the_end_are_found_by_what_was_written_down(small: Small) -> None:
    last = Entry.objects.order_by("-sequence")[0]
    tampered(f"DELETE FROM audit_entry WHERE sequence = {last.sequence}")
    assert verify().breaks == ()
    assert [b.how for b in verify((last.sequence, last.digest)).breaks] == [
        "was written down, and is not there any more"
    ]


def test_who_held_which_role_on_a_past_day_can_be_asked(small: Small) -> None:
    from datetime import date

    from goldthread.partners.queries import roles_on

    chair = small.person("Alex Marsh", small.police)
    held = actions.give_role(by=CLOCK, person=chair, role="chair", group=small.board, starts_on=date(2025, 5, 1))
    actions.end_role(by=small.manager, holding=held, on=date(2025, 9, 30))
    next_one = small.person("Robin Fen")
    actions.give_role(by=CLOCK, person=next_one, role="chair", group=small.board, starts_on=date(2025, 10, 1))

    def chairs(day: date) -> list[Person]:
        return [h.person for h in roles_on(small.board, day) if h.role == "chair"]

    assert chairs(date(2025, 4, 30)) == []
    assert chairs(date(2025, 9, 30)) == [chair]
    assert chairs(date(2025, 10, 1)) == [next_one]
