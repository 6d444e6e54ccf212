"""Inviting, moving, cancelling, answering: what is refused, who is told, what calendars take."""

from collections.abc import Iterator
from datetime import time

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import translation

from monitoring.models import AppointmentMail, VisitAppointment
from monitoring.visit_planning import services
from monitoring.visit_planning.services import CannotPlanError
from monitoring.visit_planning.states import AppointmentMailKind, AppointmentState
from monitoring.visit_planning.tasks import send_visit_mail
from practices.changes.services import change_consultant
from practices.changes.undoing import undo
from practices.joining.services import stop
from practices.models import AuditEvent, Practice, User
from practices.states import AuditAction, MailState, StaffRole
from tests import factories
from tests.monitoring.visit_planning import making
from tests.training import making as sessions
from tests.training import rfc5545

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def consultant() -> User:
    return making.consultant(email="consulent@voorbeeld.example", phone="06 11 22 33 44")


@pytest.fixture
def practice(consultant: User) -> Practice:
    return making.practice(consultant, name="De Linde", city="Goirle")


@pytest.fixture
def doctor(practice: Practice) -> User:
    return making.owner(practice, email="huisarts@voorbeeld.example")


def sent() -> list[mail.EmailMultiAlternatives]:
    mail.outbox.clear()
    send_visit_mail()
    return list(mail.outbox)


def event(message: mail.EmailMultiAlternatives) -> tuple[str, rfc5545.Part]:
    """The method of the calendar file, and its one event."""
    (attached,) = message.attachments
    assert attached.filename == "bezoek.ics"
    content = attached.content
    calendar = rfc5545.read(content if isinstance(content, bytes) else content.encode())
    (found,) = [part for part in calendar.parts if part.name == "VEVENT"]
    return calendar.one("METHOD"), found


def test_an_invitation_goes_to_who_runs_the_account_with_the_appointment(
    practice, doctor, consultant
):
    factories.staff_user(practice, StaffRole.MANAGER, email="manager@voorbeeld.example")
    factories.staff_user(practice, StaffRole.ASSISTANT, email="assistent@voorbeeld.example")
    appointment = making.invited(practice, consultant)
    messages = sent()
    assert {one.to[0] for one in messages} == {
        "huisarts@voorbeeld.example",
        "manager@voorbeeld.example",
    }
    text = messages[0].body
    assert "13.00 tot 14.30 uur" in text
    assert "Sanne de Wit, 06 11 22 33 44" in text
    assert f"/praktijk/{practice.slug}/bezoeken/afspraak/{appointment.code}/" in text
    method, found = event(messages[0])
    assert method == "PUBLISH"
    assert found.one("UID") == f"bezoek-{appointment.uid}@mtvp"
    assert found.one("DTSTART") == f"{appointment.held_on:%Y%m%d}T130000"
    assert found.one("DTEND") == f"{appointment.held_on:%Y%m%d}T143000"
    assert found.parameters("DTSTART")["TZID"] == "Europe/Amsterdam"
    assert (found.one("SEQUENCE"), found.one("STATUS")) == ("0", "TENTATIVE")
    assert found.one("LOCATION") == "Goirle"
    assert found.one("ORGANIZER").startswith("mailto:")
    assert sent() == []  # once
    trail = AuditEvent.objects.filter(object_type="monitoring.visitappointment")
    assert [one.action for one in trail] == [AuditAction.CREATE]


def test_the_answer_goes_to_the_consultant_and_calendars_take_it_over(practice, doctor, consultant):
    appointment = making.invited(practice, consultant)
    sent()
    services.accept(appointment=appointment, seen=0, actor=doctor)
    (message,) = sent()
    assert message.to == ["consulent@voorbeeld.example"]
    _method, found = event(message)
    assert (found.one("SEQUENCE"), found.one("STATUS")) == ("1", "CONFIRMED")
    services.accept(appointment=appointment, seen=1, actor=doctor)
    assert sent() == []


def test_another_date_is_asked_given_and_agreed(practice, doctor, consultant):
    appointment = making.invited(practice, consultant)
    sent()
    services.ask_another(appointment=appointment, seen=0, reply=" liever dinsdag ", actor=doctor)
    (message,) = sent()
    assert message.to == ["consulent@voorbeeld.example"]
    assert "liever dinsdag" not in message.body
    assert making.fresh(appointment).reply == "liever dinsdag"

    services.move(appointment=appointment, moment=making.moment(27), actor=consultant)
    (message,) = sent()
    assert message.to == ["huisarts@voorbeeld.example"]
    method, found = event(message)
    assert (method, found.one("SEQUENCE"), found.one("STATUS")) == ("PUBLISH", "2", "TENTATIVE")
    assert found.one("DTSTART") == f"{making.in_days(27):%Y%m%d}T130000"
    assert making.fresh(appointment).state == AppointmentState.INVITED


def test_a_cancelled_visit_leaves_the_calendar_and_makes_room_for_another(
    practice, doctor, consultant
):
    appointment = making.invited(practice, consultant)
    sent()
    services.cancel(appointment=appointment, reason="ziek", actor=consultant)
    (message,) = sent()
    method, found = event(message)
    assert (method, found.one("STATUS"), found.one("SEQUENCE")) == ("CANCEL", "CANCELLED", "1")
    assert "Reden: ziek" in message.body
    assert making.invited(practice, consultant).pk != appointment.pk
    with pytest.raises(CannotPlanError, match="held or cancelled"):
        services.move(appointment=appointment, moment=making.moment(30), actor=consultant)


def test_a_mail_that_is_overtaken_does_not_go(practice, doctor, consultant):
    appointment = making.invited(practice, consultant)
    services.cancel(appointment=appointment, reason="ziek", actor=consultant)
    assert [event(one)[0] for one in sent()] == ["CANCEL"]
    states = [one.state for one in AppointmentMail.objects.order_by("pk")]
    assert states == [MailState.OVERTAKEN, MailState.SENT]


def test_the_same_moment_again_changes_nothing(practice, doctor, consultant):
    appointment = making.invited(practice, consultant)
    services.move(appointment=appointment, moment=making.moment(), actor=consultant)
    assert making.fresh(appointment).sequence == 0
    assert AppointmentMail.objects.count() == 1


def test_who_saw_an_older_appointment_answers_nothing(practice, doctor, consultant):
    appointment = making.invited(practice, consultant)
    services.move(appointment=appointment, moment=making.moment(27), actor=consultant)
    for answer in (
        lambda: services.accept(appointment=appointment, seen=0, actor=doctor),
        lambda: services.ask_another(appointment=appointment, seen=0, reply="nee", actor=doctor),
    ):
        with pytest.raises(CannotPlanError, match="changed in the meantime"):
            answer()
    assert making.fresh(appointment).state == AppointmentState.INVITED


def test_without_an_address_it_can_be_sent_again_once_there_is_one(practice, consultant):
    person = factories.employment(practice=practice, person=factories.person(email="")).person
    appointment = making.invited(practice, consultant)
    assert sent() == []
    assert AppointmentMail.objects.get().state == MailState.FAILED
    person.email = "nieuw@voorbeeld.example"
    person.save()
    assert services.send_again(appointment=appointment, actor=consultant) == 1
    assert [one.to for one in sent()] == [["nieuw@voorbeeld.example"]]


def test_a_visit_never_clashes_with_the_consultants_agenda(practice, consultant):
    other = making.practice(consultant, name="Korvel")
    making.invited(other, consultant, days=20)
    with pytest.raises(CannotPlanError, match="something else then: Korvel"):
        making.invited(practice, consultant, days=20, at=time(14, 29))
    led = sessions.session(
        title="Intervisie", held_on=making.in_days(21), starts_at=time(14), facilitator=consultant
    )
    with pytest.raises(CannotPlanError, match="Intervisie"):
        making.invited(practice, consultant, days=21)
    led.cancelled_at, led.cancel_reason = led.planned_at, "ziek"
    led.save()
    making.invited(practice, consultant, days=21)


def test_what_she_is_enrolled_for_counts_too(practice, consultant):
    consultant.person = factories.employment(practice=factories.practice()).person
    consultant.save()
    taken = sessions.session(held_on=making.in_days(21), starts_at=time(13))
    sessions.enrolled(taken, consultant.person)
    with pytest.raises(CannotPlanError, match="something else"):
        making.invited(practice, consultant, days=21)


def test_moving_does_not_clash_with_itself(practice, consultant):
    appointment = making.invited(practice, consultant)
    later = making.moment(at=time(13, 30))
    assert services.move(appointment=appointment, moment=later, actor=consultant).sequence == 1


def test_what_cannot_be_planned_is_refused_in_words(practice, consultant):
    with pytest.raises(CannotPlanError, match="after today"):
        making.invited(practice, consultant, days=0)
    with pytest.raises(CannotPlanError, match="year and a half"):
        making.invited(practice, consultant, days=551)
    nobodys = factories.practice()
    with pytest.raises(CannotPlanError, match="no consultant yet"):
        making.invited(nobodys, consultant)
    practice.stopped_on = making.in_days(7)
    with pytest.raises(CannotPlanError, match="before that"):
        making.invited(practice, consultant, days=7)
    practice.stopped_on = making.in_days(-1)
    with pytest.raises(CannotPlanError, match="stopped"):
        making.invited(practice, consultant)


def test_a_practice_has_one_open_appointment(practice, consultant):
    first = making.invited(practice, consultant)
    with pytest.raises(CannotPlanError, match="appointment with this practice already"):
        making.invited(practice, consultant, days=30)
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitAppointment.objects.create(
            practice=practice, held_on=first.held_on, starts_at="09:00", ends_at="10:00"
        )


def test_every_kind_of_mail_has_a_text_that_fills_itself(practice, doctor, consultant):
    from monitoring.visit_planning.messages import message_of

    appointment = making.invited(practice, consultant)
    appointment.cancel_reason = "ziek"
    for kind in AppointmentMailKind:
        one = AppointmentMail(appointment=appointment, kind=kind, person=doctor.person)
        message = message_of(one, "a@voorbeeld.example")
        assert "{" not in message.subject + message.body
        assert "De Linde" in message.subject


def test_the_appointment_goes_along_with_the_practices_new_consultant(practice, doctor, consultant):
    appointment = making.invited(practice, consultant)
    services.accept(appointment=appointment, seen=0, actor=doctor)
    sent()
    new = making.consultant(name="Robin Visser", email="robin@voorbeeld.example")
    change = change_consultant(practice=practice, consultant=new, actor=new)
    found = making.fresh(appointment)
    assert (found.consultant, found.state, found.sequence) == (new, AppointmentState.CONFIRMED, 2)
    messages = {one.to[0]: one for one in sent()}
    assert set(messages) == {"huisarts@voorbeeld.example", "robin@voorbeeld.example"}
    for one in messages.values():
        assert "Met Robin Visser" in one.body
        _method, taken = event(one)
        assert (taken.one("SEQUENCE"), taken.one("STATUS")) == ("2", "CONFIRMED")
    undo(change=change, actor=new)
    assert making.fresh(appointment).consultant == consultant


def test_without_a_new_consultant_nobody_is_told_yet(practice, doctor, consultant):
    appointment = making.invited(practice, consultant)
    sent()
    change_consultant(practice=practice, consultant=None, actor=consultant)
    assert making.fresh(appointment).consultant is None
    assert sent() == []


def test_a_practice_that_stops_hears_that_its_visit_does_not_take_place(
    practice, doctor, consultant
):
    appointment = making.invited(practice, consultant, days=20)
    sent()
    stop(practice=practice, day=making.in_days(21), reason="Praktijk dicht", actor=consultant)
    assert making.fresh(appointment).open
    stop(practice=practice, day=making.in_days(20), reason="Praktijk dicht", actor=consultant)
    found = making.fresh(appointment)
    assert found.state == AppointmentState.CANCELLED
    (message,) = sent()
    assert message.to == ["huisarts@voorbeeld.example"]
    assert found.cancel_reason in message.body
    method, taken = event(message)
    assert (method, taken.one("STATUS")) == ("CANCEL", "CANCELLED")
