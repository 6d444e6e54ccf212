"""Storing an extract can be undone: what stood before comes back, as it was."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from highusers.models import (
    Extract,
    HighUser,
    LastCode,
    PatientPlan,
    PatientTotal,
    ReplacedExtract,
    ReplacedTotal,
)
from highusers.retention import UNDO_DAYS, delete_high_users, delete_replaced
from highusers.rights import remove
from highusers.services import CannotUndoError, import_extract, undo_extract
from practices.agreements import agree
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice, User
from practices.states import StaffRole
from tests import factories
from tests.highusers.extracts import NEXT_YEAR, YEAR, high_users, store, stored_contacts
from tests.highusers.imports.files import csv_of, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return factories.practice()


@pytest.fixture
def manager(practice: Practice) -> User:
    return factories.staff_user(practice, StaffRole.MANAGER)


def undo(extract: Extract, actor: User) -> Extract | None:
    return undo_extract(extract=extract, actor=actor, seen=extract.version)


def everything(practice: Practice) -> dict[str, Any]:
    """All that readers see of the extracts of a practice, but for keys of rows."""
    with practice_scope(practice):
        extracts = list(Extract.objects.order_by("period_end").values())
        rows = PatientTotal.objects.order_by("patient_key").values()
        for one in (found := [*rows]):
            del one["id"]
    for one in extracts:
        del one["undo_until"]
    return {"extracts": extracts, "rows": found}


def contacts_file() -> bytes:
    rows = [["Patnr", "Contactdatum", "Soort contact", "Geslacht", "Geb.datum"]]
    rows += [["12", day(11 * n), "Consult", "V", "18-07-1930"] for n in range(33)]
    return csv_of([*rows, ["13", day(5), "Visite", "M", ""], ["14", "geen dag", "Visite", "", ""]])


def test_the_version_before_comes_back_as_it_was(practice: Practice, manager: User) -> None:
    other = factories.staff_user(practice)
    store(practice, {"1": 40, "8": 2}, NEXT_YEAR)
    import_extract(practice=practice, data=contacts_file(), period=YEAR, actor=other)
    before = everything(practice)
    store(practice, {"12": 50, "77": 60}, actor=manager)
    assert everything(practice) != before
    back = undo(Extract.objects.get(period_end=YEAR[1]), manager)
    assert back is not None
    assert (back.stored_by, back.may_be_undone) == (other, False)
    assert everything(practice) == before
    assert not ReplacedExtract.objects.exists()
    event = AuditEvent.objects.order_by("pk").last()
    assert (event.actor, event.action, event.object_type) == (
        manager,
        "change",
        "highusers.extract",
    )
    assert event.detail == {"undone": True, "patients": 2, "high_users": 2}


def test_a_new_extract_goes_and_leaves_codes_and_plans(practice: Practice, manager: User) -> None:
    store(practice, {"1": 40}, YEAR)
    store(practice, {"1": 31, "2": 55}, NEXT_YEAR, manager)
    with practice_scope(practice):
        second = HighUser.objects.get(number=2)
        PatientPlan.objects.create(practice=practice, high_user=second, drafted_on=YEAR[1])
    assert undo(Extract.objects.get(period_end=NEXT_YEAR[1]), manager) is None
    assert Extract.objects.get().period_end == YEAR[1]
    assert stored_contacts(practice) == [40]
    assert stored_contacts(practice, NEXT_YEAR) == []
    assert high_users(practice) == {"V-01": "1", "V-02": "2"}
    with practice_scope(practice):
        assert PatientPlan.objects.count() == 1
    assert AuditEvent.objects.filter(action="delete", actor=manager).count() == 1


def test_figures_of_the_region_come_back(practice: Practice, manager: User) -> None:
    Extract.objects.create(
        practice=practice, period_start=YEAR[0], period_end=YEAR[1], source="region",
        threshold=30, patients=900, contacts=4000, high_users=9,
    )  # fmt: skip
    store(practice, {"1": 40})
    back = undo(Extract.objects.get(), manager)
    assert back is not None
    assert (back.source, back.patients, back.stored_by) == ("region", 900, None)
    assert stored_contacts(practice) == []


def test_one_step_back_and_no_further(practice: Practice, manager: User) -> None:
    for contacts in (40, 41, 42):
        store(practice, {"1": contacts})
    assert undo(Extract.objects.get(), manager) is not None
    assert stored_contacts(practice) == [41]
    with pytest.raises(CannotUndoError):
        undo(Extract.objects.get(), manager)
    assert stored_contacts(practice) == [41]


def test_what_a_colleague_stored_since_is_not_undone_unseen(
    practice: Practice, manager: User
) -> None:
    store(practice, {"1": 40})
    seen = Extract.objects.get()
    store(practice, {"1": 41})
    with pytest.raises(CannotUndoError):
        undo(seen, manager)
    assert stored_contacts(practice) == [41]


def test_after_the_stated_time_it_stays(practice: Practice, manager: User) -> None:
    store(practice, {"1": 40})
    extract = Extract.objects.get()
    assert extract.undo_until is not None
    left = extract.undo_until - timezone.now()
    assert timedelta(days=UNDO_DAYS - 1) < left <= timedelta(days=UNDO_DAYS)
    Extract.objects.update(undo_until=timezone.now())
    with pytest.raises(CannotUndoError):
        undo(Extract.objects.get(), manager)


def test_nobody_counts_the_version_aside_and_it_goes_in_time(practice: Practice) -> None:
    store(practice, {"1": 40, "2": 3})
    store(practice, {"1": 41})
    with practice_scope(practice):
        assert (PatientTotal.objects.count(), ReplacedTotal.objects.count()) == (1, 2)
        today = timezone.localdate()
        assert delete_replaced(practice, today + timedelta(days=UNDO_DAYS)) == 0
        # The version and its two rows.
        assert delete_replaced(practice, today + timedelta(days=UNDO_DAYS + 1)) == 3
        assert (PatientTotal.objects.count(), ReplacedTotal.objects.count()) == (1, 0)


def test_rows_aside_are_behind_the_wall(practice: Practice) -> None:
    store(practice, {"1": 40})
    store(practice, {"1": 41})
    assert ReplacedTotal.objects.count() == 0
    with practice_scope(factories.practice()):
        assert ReplacedTotal.objects.count() == 0


def test_a_patient_who_was_taken_out_does_not_come_back(practice: Practice, manager: User) -> None:
    store(practice, {"1": 40, "2": 50})
    with practice_scope(practice):
        key = bytes(HighUser.objects.get(number=2).patient_key)
    store(practice, {"2": 40})
    with practice_scope(practice):
        remove(practice, key, "objection", manager)
        assert ReplacedTotal.objects.count() == 1
    undo(Extract.objects.get(), manager)
    assert stored_contacts(practice) == [50]


def test_a_code_whose_patient_went_is_not_given_out_again(
    practice: Practice, manager: User
) -> None:
    store(practice, {"1": 40})
    store(practice, {"1": 40, "2": 50, "3": 60})
    undo(Extract.objects.get(), manager)
    with practice_scope(practice):
        assert delete_high_users(practice, date(2026, 1, 1)) == 2
        assert LastCode.objects.get().number == 3
    store(practice, {"9": 70}, NEXT_YEAR)
    assert high_users(practice) == {"V-01": "1", "V-04": "9"}


def test_one_button_for_who_may_import(client: Client, practice: Practice, manager: User) -> None:
    agree(practice=practice, actor=manager)
    store(practice, {"1": 40})
    store(practice, {"1": 41})
    extract = Extract.objects.get()
    address = f"/praktijk/{practice.slug}/veelgebruikers/uitdraaien/{extract.pk}/ongedaan/"
    client.cookies["mtvp_language"] = "en"
    for role, status in ((StaffRole.ASSISTANT, 403), (StaffRole.MANAGER, 302)):
        client.force_login(factories.staff_user(practice, role))
        assert client.post(address, {"version": extract.version}).status_code == status
    assert stored_contacts(practice) == [40]
    page = client.post(address, {"version": extract.version}, follow=True).content.decode()
    assert "This extract can no longer be undone" in page
    other = factories.practice()
    client.force_login(factories.staff_user(other))
    elsewhere = f"/praktijk/{other.slug}/veelgebruikers/uitdraaien/{extract.pk}/ongedaan/"
    assert client.post(elsewhere, {"version": extract.version}).status_code == 404
