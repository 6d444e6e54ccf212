"""From beginning to confirming, and what stays of what was sent."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from monitoring.models import Visit, VisitAgreement, VisitAppointment, VisitReport
from monitoring.visit_planning.states import AppointmentState
from monitoring.visits import services
from monitoring.visits.contents import contents_of, differences, doubtful, loaded
from monitoring.visits.services import NotNowError
from monitoring.visits.states import VisitState
from tests.monitoring.visits import making
from tests.monitoring.visits.making import ago, agreed, in_days, say, sent, today, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """The texts in the code; Dutch is a catalogue."""
    with translation.override("en"):
        yield


@pytest.fixture
def consultant():
    return making.consultant()


@pytest.fixture
def practice(consultant):
    return making.practice(consultant)


@pytest.fixture
def visit(practice, consultant):
    return services.start_visit(practice=practice, actor=consultant)


def stands(visit):
    visit.refresh_from_db()
    return visit.state


def test_a_day_has_one_visit_and_none_is_held_tomorrow(practice, visit, consultant):
    assert services.start_visit(practice=practice, actor=consultant) == visit
    with pytest.raises(ValidationError):
        services.start_visit(practice=practice, actor=consultant, held_on=in_days(1))
    assert Visit.objects.count() == 1
    assert len(visit.code) == 24


def test_the_appointment_of_the_day_comes_along_and_goes_back(practice, consultant):
    planned = VisitAppointment.objects.create(
        practice=practice,
        consultant=consultant,
        held_on=today(),
        starts_at="10:00",
        ends_at="11:00",
    )
    visit = services.start_visit(practice=practice, actor=consultant)
    planned.refresh_from_db()
    assert (visit.appointment, planned.state) == (planned, AppointmentState.HELD)
    services.drop_visit(visit=visit, actor=consultant)
    planned.refresh_from_db()
    assert planned.state == AppointmentState.INVITED
    assert Visit.objects.count() == 0


def test_what_was_put_down_cannot_be_dropped(visit, consultant):
    say(visit, "joy", "Rust.")
    with pytest.raises(NotNowError):
        services.drop_visit(visit=visit, actor=consultant)


@pytest.mark.parametrize("discussed", [True, False])
def test_a_visit_that_a_spreadsheet_recorded_stays_recorded(practice, consultant, discussed):
    Visit.objects.create(practice=practice, held_on=ago(5), time_out_discussed=discussed)
    visit = services.start_visit(practice=practice, actor=consultant, held_on=ago(5))
    services.drop_visit(visit=visit, actor=consultant)
    kept = Visit.objects.get()
    assert (kept.state, kept.time_out_discussed) == (VisitState.RECORDED, discussed)
    assert (kept.begun_by, kept.begun_at) == (None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": VisitState.READ_BACK},
        {"state": VisitState.SENT},
        {"state": VisitState.RECORDED},
        {"begun_at": None},
        {"questions": 0},
        {"read_back_at": timezone.now()},
        {"state": VisitState.CONFIRMED, "read_back_at": timezone.now() - timedelta(days=9)},
    ],
)
def test_the_database_refuses_a_state_without_its_moments(visit, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**wrong)


def test_the_database_refuses_what_was_said_without_its_day(visit, consultant):
    making.say(visit, "joy", "Rust")
    made, report = making.agreed(visit), making.sent(visit)
    before = report.sent_at - timedelta(days=1)
    for found, wrong in (
        (VisitReport.objects.filter(pk=report.pk), {"confirmed_by": consultant}),
        (VisitReport.objects.filter(pk=report.pk), {"confirmed_at": before}),
        (VisitAgreement.objects.filter(pk=made.pk), {"done_by": consultant}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            found.update(**wrong)


@pytest.mark.parametrize(
    ("reply", "stood"),
    [("", AppointmentState.CONFIRMED), ("Liever dinsdag", AppointmentState.ANOTHER)],
)
def test_an_appointment_given_back_stands_as_the_practice_answered(
    practice, consultant, reply, stood
):
    planned = VisitAppointment.objects.create(
        practice=practice,
        consultant=consultant,
        held_on=today(),
        starts_at="10:00",
        ends_at="11:00",
        state=stood,
        reply=reply,
        replied_at=timezone.now(),
    )
    visit = services.start_visit(practice=practice, actor=consultant)
    services.drop_visit(visit=visit, actor=consultant)
    planned.refresh_from_db()
    assert planned.state == stood


def test_nothing_said_is_nothing_to_send(visit, consultant):
    for step in (services.read_back, services.send_report):
        with pytest.raises(NotNowError):
            step(visit=visit, actor=consultant)
    assert stands(visit) == VisitState.HELD


def test_a_sent_report_does_not_move_and_an_amended_one_is_another(practice, visit, consultant):
    say(visit, "joy", "Rust.")
    agreed(visit)
    first = sent(visit)
    services.amend(visit=visit, actor=consultant)
    say(visit, "joy", "Meer rust.", version_of(visit, "joy"))
    second = services.send_report(visit=visit, actor=consultant, changed="Werkplezier")
    before, after = loaded(first.contents), loaded(second.contents)
    assert (first.number, second.number, second.changed) == (1, 2, "Werkplezier")
    assert [(one.was, one.now) for one in differences(before, after)] == [("Rust.", "Meer rust.")]
    assert after == contents_of(visit)
    first.refresh_from_db()
    assert loaded(first.contents) == before


def test_the_practice_confirms_the_newest_report_only(practice, visit, consultant):
    owner = making.owner(practice)
    say(visit, "joy", "Rust.")
    first = sent(visit)
    services.amend(visit=visit, actor=consultant)
    with pytest.raises(NotNowError):
        services.confirm_report(report=first, actor=owner)
    second = sent(visit)
    with pytest.raises(NotNowError):
        services.confirm_report(report=first, actor=owner)
    services.confirm_report(report=second, actor=owner)
    assert stands(visit) == VisitState.CONFIRMED
    confirmed = VisitReport.objects.exclude(confirmed_at=None).get()
    assert (confirmed, confirmed.confirmed_by) == (second, owner)


def test_a_comment_waits_for_the_consultant_and_the_answer_for_the_practice(
    practice, visit, consultant
):
    owner = making.owner(practice)
    say(visit, "joy", "Rust.")
    with pytest.raises(NotNowError):
        services.comment(visit=visit, text="Nee.", actor=owner, of_practice=True)
    sent(visit)
    services.comment(visit=visit, text="Dat was anders.", actor=owner, of_practice=True)
    assert stands(visit) == VisitState.COMMENTED
    services.comment(visit=visit, text="Zo bedoeld.", actor=consultant, of_practice=False)
    assert stands(visit) == VisitState.SENT
    said = [(one.text, one.of_practice) for one in visit.comments.all()]
    assert said == [("Dat was anders.", True), ("Zo bedoeld.", False)]


def test_words_that_may_name_a_patient_are_shown_before_sending(visit):
    say(visit, "joy", "Mevrouw Jansen belde vaak, geboren 3 mei 1951.")
    assert {str(one.sign) for one in doubtful(contents_of(visit))} == {"name", "birth_date"}
