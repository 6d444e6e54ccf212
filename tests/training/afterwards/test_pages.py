"""Certificates, the list for accreditation, evaluation and sharing in the team."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from practices.models import AuditEvent, Person, User
from practices.states import AuditAction, RegionRoleName, StaffRole
from tests import factories
from tests.pages import words
from tests.training.attendance.test_views import signed_in
from tests.training.making import coordinator, doctors, enrolled, in_days, session
from training.afterwards import evaluations
from training.afterwards.accreditation import registrations
from training.afterwards.certificates import issue, paper
from training.afterwards.evaluations import FEWEST, Answers, Results
from training.models import Attendance, Certificate, Course, Evaluation, Session, TeamSharing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The texts in the code; Dutch is a catalogue."""
    with translation.override("en"):
        yield


@pytest.fixture
def course() -> Course:
    return Course.objects.create(
        title="Basis",
        kind="conversation",
        accreditation_body="CASH",
        accreditation_points=Decimal("2.5"),
    )


@pytest.fixture
def evening(course: Course) -> Session:
    leader = factories.region_user(RegionRoleName.FACILITATOR, name="Noor Smit")
    return session(held_on=in_days(-1), course=course, facilitator=leader, title="Het gesprek")


def there(evening: Session, number: int = 1, **fields: object) -> list[Person]:
    people = doctors(factories.practice(), number)
    for person in people:
        Person.objects.filter(pk=person.pk).update(**fields)
        person.refresh_from_db()
        Attendance.objects.create(session=evening, person=person, present=True)
    return people


def answers(**other: object) -> Answers:
    return Answers(**{"useful": 4, "applicable": 5, "facilitation": 3, "remark": ""} | other)


def at(name: str, evening: Session, *args: object) -> str:
    return reverse(name, args=[evening.pk, *args])


def test_who_was_there_gets_a_certificate_and_always_the_same_number(evening):
    (doctor,) = there(evening)
    client = signed_in(factories.user(person=doctor))
    for _time in range(2):
        response = client.get(at("own_certificate", evening))
        assert response.content.startswith(b"%PDF-")
    certificate = Certificate.objects.get()
    assert re.fullmatch(rf"MTVP-{evening.held_on.year}-[2-9A-HJ-NP-Z]{{7}}", certificate.number)
    assert AuditEvent.objects.filter(action=AuditAction.PRINT).count() == 2


def test_the_certificate_says_who_what_when_and_how_many_points(evening):
    (doctor,) = there(evening, name="Anna Vos", registration="49012345678")
    certificate = issue(session=evening, person=doctor, actor=factories.user())
    details = dict(paper(certificate).details)
    assert details["Name"] == "Anna Vos"
    assert details["BIG or KABIZ number"] == "49012345678"
    assert details["Accreditation"] == "2.5 points, CASH"
    assert details["Certificate number"] == certificate.number


def test_a_certificate_keeps_the_points_of_its_day_when_the_menu_changes(evening):
    first, second = there(evening, 2)
    kept = issue(session=evening, person=first, actor=factories.user())
    Course.objects.update(accreditation_points=Decimal(9), accreditation_body="Ander bureau")
    changed = Session.objects.get(pk=evening.pk)
    again = issue(session=changed, person=first, actor=factories.user())
    assert again.number == kept.number
    assert dict(paper(again).details)["Accreditation"] == "2.5 points, CASH"
    later = issue(session=changed, person=second, actor=factories.user())
    assert dict(paper(later).details)["Accreditation"] == "9 points, Ander bureau"


def test_who_was_not_there_gets_none(evening):
    absent = doctors(factories.practice(), 1)[0]
    Attendance.objects.create(session=evening, person=absent, present=False)
    for user in (factories.user(person=absent), factories.user(person=factories.person())):
        assert signed_in(user).get(at("own_certificate", evening)).status_code == 404
    response = signed_in(evening.facilitator).get(at("session_certificate", evening, absent.pk))
    assert response.status_code == 404
    assert Certificate.objects.count() == 0


def test_the_list_for_accreditation_holds_number_name_and_points(evening):
    there(evening, name="Anna Vos", registration="49012345678")
    there(evening, name="=SUM(A1)", registration="")
    client = signed_in(coordinator())
    content = client.get(at("session_accreditation", evening, "csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert rows[1:] == [
        ["", "'=SUM(A1)", *_rest(evening)],
        ["49012345678", "Anna Vos", *_rest(evening)],
    ]
    events = AuditEvent.objects.filter(action=AuditAction.EXPORT)
    assert [event.detail for event in events] == [{"kind": "csv", "what": "accreditation"}]


def _rest(evening: Session) -> list[str]:
    return ["GP, practice owner", "Het gesprek", evening.held_on.isoformat(), "CASH", "2.5"]


def test_in_the_workbook_a_number_stays_text_and_nothing_is_a_formula(evening):
    there(evening, name="=1+1", registration="09012345678")
    content = signed_in(coordinator()).get(at("session_accreditation", evening, "xlsx")).content
    cells = {
        cell.value: cell.data_type
        for sheet in load_workbook(io.BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
    }
    assert cells["=1+1"] != "f"
    assert cells["09012345678"] == "s"


def test_the_list_for_accreditation_is_the_coordinators(evening):
    response = signed_in(evening.facilitator).get(at("session_accreditation", evening, "csv"))
    assert response.status_code == 403


def test_the_list_takes_two_queries(evening, django_assert_num_queries):
    there(evening, 3)
    with django_assert_num_queries(2):
        assert len(registrations(evening)) == 3


def test_an_evaluation_is_given_once_and_carries_no_person(evening):
    (doctor,) = there(evening)
    client = signed_in(factories.user(person=doctor))
    posted = {"useful": "4", "applicable": "5", "facilitation": "3", "remark": "Langer"}
    assert "without your name" in words(
        client.post(at("evaluate_session", evening), posted, follow=True)
    )
    client.post(at("evaluate_session", evening), posted)
    assert Evaluation.objects.count() == 1
    fields = {field.name for field in Evaluation._meta.get_fields()}
    assert fields == {"id", "session", "useful", "applicable", "facilitation", "remark"}


def test_below_five_answers_nothing_is_shown(evening):
    people = there(evening, FEWEST)
    who = factories.user()
    client = signed_in(evening.facilitator)
    for person in people[:-1]:
        evaluations.evaluate(
            session=evening, person=person, answers=answers(remark="Van mij"), actor=who
        )
    page = words(client.get(at("session_evaluations", evening)))
    assert "4 of 5 people answered." in page
    assert "Van mij" not in page
    assert "Participants find the questions under My training." in page
    close(evening)
    assert evaluations.results(evening) == Results(4, (), ())
    page = words(client.get(at("session_evaluations", evening)))
    assert "Van mij" not in page
    assert "Nobody can answer any more." in page
    assert "Participants find the questions" not in page


def test_answers_are_shown_once_nobody_can_answer_any_more(evening):
    """Who looks before and after the sixth answer does not read it off the difference."""
    people = there(evening, FEWEST)
    who = factories.user()
    client = signed_in(evening.facilitator)
    for number, person in enumerate(people):
        remark, useful = ("Van mij", 4) if number else ("A", 5)
        evaluations.evaluate(
            session=evening, person=person, answers=answers(useful=useful, remark=remark), actor=who
        )
    page = words(client.get(at("session_evaluations", evening)))
    assert "5 of 5 people answered." in page
    assert "Participants can answer up to and including" in page
    assert "Van mij" not in page
    close(evening)
    found = evaluations.results(evening)
    assert [(one.question, one.marks, float(one.mean)) for one in found.scores] == [
        ("useful", (0, 0, 0, 4, 1), 4.2),
        ("applicable", (0, 0, 0, 0, 5), 5.0),
        ("facilitation", (0, 0, 5, 0, 0), 3.0),
    ]
    assert found.remarks == ("A", *("Van mij",) * 4)
    assert "Van mij" in words(client.get(at("session_evaluations", evening)))


def test_after_two_weeks_nobody_answers_any_more(evening):
    (doctor,) = there(evening)
    close(evening)
    evening.held_on += timedelta(days=1)
    assert evaluations.may_evaluate(evening)
    client = signed_in(factories.user(person=doctor))
    assert at("evaluate_session", evening) not in words(client.get(reverse("own_training")))
    response = client.post(at("evaluate_session", evening), {"useful": "4"}, follow=True)
    assert "The questions could be answered until" in words(response)
    evening.refresh_from_db()
    with pytest.raises(ValidationError, match="could be answered until"):
        evaluations.evaluate(
            session=evening, person=doctor, answers=answers(), actor=factories.user()
        )
    assert not Evaluation.objects.exists()


def close(evening):
    """Fifteen days have gone by."""
    evening.held_on = in_days(-15)
    evening.save(update_fields=["held_on"])


def test_twice_is_refused(evening):
    (doctor,) = there(evening)
    evaluations.evaluate(session=evening, person=doctor, answers=answers(), actor=factories.user())
    with pytest.raises(ValidationError, match="already"):
        evaluations.evaluate(
            session=evening, person=doctor, answers=answers(), actor=factories.user()
        )
    assert Evaluation.objects.count() == 1


def test_who_was_not_there_evaluates_nothing(evening):
    there(evening)
    client = signed_in(factories.user(person=factories.person()))
    assert client.get(at("evaluate_session", evening)).status_code == 404


def test_the_own_page_tells_the_place_in_the_queue(course):
    """And leads to where one signs off."""
    coming = session(capacity=1, course=course, kind="conversation")
    _has, _first, waits = doctors(factories.practice(), 3)
    enrolled(coming, _has, _first, waits)
    page = signed_in(factories.user(person=waits)).get(reverse("own_training"))
    assert "on the waiting list, place 2" in words(page)
    assert at("session", coming) in page.content.decode()


def test_the_own_page_leads_to_certificate_and_evaluation(evening):
    (doctor,) = there(evening)
    page = signed_in(factories.user(person=doctor)).get(reverse("own_training")).content.decode()
    assert at("own_certificate", evening) in page
    assert at("evaluate_session", evening) in page


def test_a_practice_records_what_its_team_agreed(evening):
    (doctor,) = there(evening)
    practice = doctor.employments.get().practice
    manager = factories.staff_user(practice, StaffRole.MANAGER)
    client = signed_in(manager)
    assert "Not shared in the team yet." in words(
        client.get(reverse("team_sharing", args=[practice.slug]))
    )
    posted = {"session": evening.pk, "shared_on": str(in_days(0)), "agreed": "Wij bellen eerst."}
    response = client.post(reverse("share_in_team", args=[practice.slug]), posted, follow=True)
    assert "Wij bellen eerst." in words(response)
    (made,) = TeamSharing.objects.all()
    assert (made.recorded_by, made.on_behalf) == (manager, False)


@pytest.mark.parametrize(
    ("days", "reason"), [(1, "still to come"), (-3, "before the training itself")]
)
def test_a_day_that_cannot_be_is_refused(evening, days, reason):
    (doctor,) = there(evening)
    practice = doctor.employments.get().practice
    client = signed_in(factories.staff_user(practice))
    posted = {"session": evening.pk, "shared_on": str(in_days(days)), "agreed": "x"}
    assert reason in words(client.post(reverse("share_in_team", args=[practice.slug]), posted))
    assert TeamSharing.objects.count() == 0


def test_a_training_of_another_practice_cannot_be_chosen(evening):
    there(evening)
    elsewhere = factories.practice()
    client = signed_in(factories.staff_user(elsewhere))
    posted = {"session": evening.pk, "shared_on": str(in_days(0)), "agreed": "x"}
    client.post(reverse("share_in_team", args=[elsewhere.slug]), posted)
    assert TeamSharing.objects.count() == 0


def test_an_assistant_reads_and_does_not_record(evening):
    (doctor,) = there(evening)
    practice: User = doctor.employments.get().practice
    client = signed_in(factories.staff_user(practice, StaffRole.ASSISTANT))
    assert client.get(reverse("team_sharing", args=[practice.slug])).status_code == 200
    assert client.get(reverse("share_in_team", args=[practice.slug])).status_code == 403
