"""The bulk loaders: the sizes they promise, and figures that mean something."""

from collections import Counter
from datetime import date

import pytest
from django.db import connections

from highusers.models import Extract, PatientPlan, PatientTotal
from monitoring.compliance import Status
from monitoring.demo.accounts import STAFF_EMAILS, open_accounts
from monitoring.demo.national import load_national
from monitoring.standing import standing
from practices.models import Person, Practice, User
from training.models import Attendance

TODAY = date(2026, 11, 21)

pytestmark = pytest.mark.django_db(transaction=True)


def test_per_practice_there_are_ten_people_sixty_attendances_three_extracts_and_ten_plans() -> None:
    load_national(practices=24, seed=1, today=TODAY)

    sizes = {
        model.__name__: model._base_manager.using("owner").count()
        for model in (Practice, Person, Attendance, Extract, PatientPlan, PatientTotal)
    }
    assert sizes == {
        "Practice": 24,
        "Person": 240,
        "Attendance": 1_440,
        "Extract": 72,
        "PatientPlan": 240,
        "PatientTotal": 120,
    }


def test_the_application_sees_no_patient_and_the_engine_judges_all() -> None:
    load_national(practices=24, seed=1, today=TODAY)

    assert PatientPlan.objects.count() == 0
    found = Counter(duty.status for one in standing(TODAY) for duty in one.obligations)
    assert {Status.MET, Status.MISSED, Status.ON_TRACK, Status.NOT_DUE} <= set(found)


def test_staff_of_the_first_practice_get_the_accounts_of_the_demo() -> None:
    load_national(practices=2, seed=1, today=TODAY)
    open_accounts()

    first = Practice.objects.order_by("code")[0]
    for email in STAFF_EMAILS.values():
        person = User.objects.get(email=email).person
        assert person is not None
        assert list(person.employments.values_list("practice", flat=True)) == [first.pk]


def test_rows_added_later_get_ids_of_their_own() -> None:
    load_national(practices=2, seed=1, today=TODAY)
    added = Person.objects.create(reference="later", name="Later")

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT max(id) FROM practices_person")
        assert added.pk == cursor.fetchone()[0]
