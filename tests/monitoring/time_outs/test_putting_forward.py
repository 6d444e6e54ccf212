"""From a time-out to a case of the next intervision, with one tap."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from interventions.models import TimeOut
from monitoring.models import PutForward
from monitoring.time_outs.services import next_intervision, put_time_out_forward
from tests import factories
from training.models import Case, Enrolment, Session
from training.scripts.services import withdraw
from training.states import EnrolmentState, SessionKind

TODAY = timezone.localdate()


@pytest.fixture
def practice():
    return factories.practice(slug="linde")


@pytest.fixture
def doctor(practice, client):
    user = factories.staff_user(practice)
    client.force_login(user)
    return user


@pytest.fixture
def time_out(practice, doctor):
    return TimeOut.objects.create(
        practice=practice,
        person=doctor.person,
        held_on=TODAY,
        kind="referral",
        specialism="cardiology",
        step="colleague",
        outcome="not_sent",
        learned="Eerst terugzien",
    )


def a_place(doctor, practice, days, **fields):
    state = fields.pop("state", EnrolmentState.CONFIRMED)
    session = Session.objects.create(
        **{
            "reference": f"s{Session.objects.count()}",
            "kind": SessionKind.INTERVISION,
            "title": "Intervisie",
            "held_on": TODAY + timedelta(days=days),
        }
        | fields
    )
    Enrolment.objects.create(
        session=session, person=doctor.person, practice=practice, state=state, turn=1
    )
    return session


def tap(client, time_out):
    return client.post(f"/praktijk/linde/time-out/{time_out.pk}/intervisie/", follow=True)


@pytest.mark.django_db
def test_one_tap_makes_a_case_for_the_next_intervision_with_a_place(
    client, practice, doctor, time_out
):
    a_place(doctor, practice, 30)
    first = a_place(doctor, practice, 10)
    a_place(doctor, practice, 2, state=EnrolmentState.WAITING)
    a_place(doctor, practice, 3, kind=SessionKind.TRIAGE)
    a_place(doctor, practice, 4, cancelled_at=timezone.now(), cancel_reason="Ziek")
    client.cookies["mtvp_language"] = "en"
    page = tap(client, time_out)
    case = Case.objects.get()
    assert (case.session, case.person) == (first, doctor.person)
    assert "Eerst terugzien" in case.text
    assert "cardiology" in case.text
    assert str(TODAY.year) not in case.text
    assert [session for _one, session in page.context["lines"]] == [first]


@pytest.mark.django_db
def test_a_second_tap_makes_no_second_case_and_what_was_taken_back_may_go_again(
    client, practice, doctor, time_out
):
    a_place(doctor, practice, 10)
    tap(client, time_out)
    tap(client, time_out)
    first = Case.objects.get()
    withdraw(case=first, actor=doctor)
    page = client.get("/praktijk/linde/time-out/lijst/")
    assert page.context["lines"] == [(time_out, None)]
    tap(client, time_out)
    again = PutForward.objects.get().case
    assert again != first
    assert again.withdrawn_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("days", [None, -1])
def test_without_a_place_nothing_is_put_forward_and_the_page_says_where_to_enrol(
    client, practice, doctor, time_out, days
):
    if days is not None:
        a_place(doctor, practice, days)
    page = tap(client, time_out)
    assert not Case.objects.exists()
    assert "/agenda/?soort=intervision" in page.text


@pytest.mark.django_db
def test_what_may_name_somebody_is_looked_at_first(client, practice, doctor, time_out):
    a_place(doctor, practice, 10)
    TimeOut.objects.update(to_look_at=True)
    tap(client, time_out)
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_dropping_a_time_out_leaves_its_case(client, practice, doctor, time_out):
    a_place(doctor, practice, 10)
    tap(client, time_out)
    client.post(f"/praktijk/linde/time-out/{time_out.pk}/weg/")
    assert not PutForward.objects.exists()
    assert Case.objects.get().withdrawn_at is None


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_make_one_case(practice, doctor, time_out):
    session = a_place(doctor, practice, 10)

    def put():
        try:
            put_time_out_forward(time_out=time_out, session=session, actor=doctor)
        finally:
            connections.close_all()

    taps = [threading.Thread(target=put) for _one in range(2)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_session_of_today_that_is_over_is_not_the_next_one(practice, doctor):
    midnight = timezone.localtime().replace(hour=23, minute=0)
    a_place(doctor, practice, 0, starts_at="08:00", ends_at="09:00")
    assert next_intervision(doctor.person, midnight) is None
