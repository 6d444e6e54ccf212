"""When rows of patients go."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from highusers.models import ExtractImport, HighUser, PatientPlan, PatientTotal
from practices.isolation import practice_scope
from practices.models import AuditEvent
from practices.retention import delete_expired
from tests import factories
from tests.highusers.test_rights import extract

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def total(found, number, contacts):
    practice = found.practice
    with practice_scope(practice):
        PatientTotal.objects.create(
            extract=found, practice=practice, patient_key=bytes([number]) * 32, contacts=contacts
        )


def high_user(practice, number, drafted_on=None, changed_at=None):
    with practice_scope(practice):
        patient = HighUser.objects.create(
            practice=practice, patient_key=bytes([number]) * 32, number=number
        )
        if drafted_on:
            plan = PatientPlan.objects.create(
                practice=practice, high_user=patient, drafted_on=drafted_on
            )
            PatientPlan.objects.filter(pk=plan.pk).update(changed_at=changed_at or timezone.now())


def rows(practice):
    with practice_scope(practice):
        return list(
            PatientTotal.objects.order_by("extract__period_end", "contacts").values_list(
                "extract__period_end__year", "contacts"
            )
        )


def numbers(practice):
    with practice_scope(practice):
        return list(HighUser.objects.order_by("number").values_list("number", flat=True))


def run(today=TODAY):
    return {(d.model, d.practice): d.rows for d in delete_expired(today=today)}


def test_rows_below_the_threshold_go_after_the_second_later_extract():
    practice, other = factories.practice(), factories.practice()
    for place in (practice, other):
        for number, contacts in ((1, 29), (2, 30)):
            total(extract(place, 2023) if number == 1 else place.extracts.get(), number, contacts)
    extract(practice, 2024)
    assert run() == {}
    extract(practice, 2025)
    assert run() == {("highusers.PatientTotal", practice): 1}
    assert rows(practice) == [(2023, 30)]
    assert rows(other) == [(2023, 29), (2023, 30)]


def test_the_threshold_is_that_of_the_extract():
    practice = factories.practice()
    low = extract(practice, 2023, threshold=20)
    total(low, 1, 25)
    total(low, 2, 19)
    extract(practice, 2024)
    extract(practice, 2025)
    run()
    assert rows(practice) == [(2023, 25)]


def test_all_rows_of_an_extract_go_five_years_after_its_end():
    practice = factories.practice()
    found = extract(
        practice, period_start=date(2020, 11, 22), period_end=date(2021, 11, 21), high_users=1
    )
    total(found, 1, 50)
    assert run() == {}
    assert run(date(2026, 11, 22)) == {("highusers.PatientTotal", practice): 1}


def test_a_patient_goes_five_years_after_the_last_extract_and_plan():
    practice = factories.practice()
    total(extract(practice, 2025), 1, 40)
    long_ago = timezone.make_aware(datetime(2021, 11, 20))
    high_user(practice, 1)
    high_user(practice, 2)
    high_user(practice, 3, drafted_on=date(2021, 11, 20), changed_at=long_ago)
    high_user(practice, 4, drafted_on=date(2021, 11, 20))
    high_user(practice, 5, drafted_on=date(2021, 11, 21), changed_at=long_ago)
    assert run() == {("highusers.HighUser", practice): 3}
    assert numbers(practice) == [1, 4, 5]
    told = AuditEvent.objects.get()
    assert (told.practice, told.actor, told.detail) == (practice, None, {"rows": 3})


def test_an_upload_leaves_no_line_after_thirty_days():
    practice, someone = factories.practice(), factories.user()
    for number, days in enumerate((30, 31)):
        upload = ExtractImport.objects.create(
            code=f"c{number}",
            practice=practice,
            created_by=someone,
            expires_at=timezone.now(),
            period_start=date(2025, 1, 1),
            period_end=date(2025, 12, 31),
            definition="MTVP 2023",
        )
        made = timezone.make_aware(datetime(2026, 11, 21)) - timedelta(days=days)
        ExtractImport.objects.filter(pk=upload.pk).update(created_at=made)
    assert run() == {("highusers.ExtractImport", None): 1}
    assert ExtractImport.objects.get().code == "c0"
