"""Each tap once, nothing overwritten unseen, and it counts at once."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from monitoring.standing import standing
from practices.drafts.exchange import Change, Outcome
from practices.models import AuditEvent, Person, User
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.training.making import doctors, in_days, session
from training.attendance import services
from training.attendance.roll import roll, unknown_people
from training.models import Attendance, AttendanceMark, Enrolment, Session, WalkIn
from training.states import EnrolmentState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The texts in the code; Dutch is a catalogue."""
    with translation.override("en"):
        yield


@pytest.fixture
def facilitator() -> User:
    return factories.region_user(RegionRoleName.FACILITATOR, name="Noor Smit")


@pytest.fixture
def evening(facilitator: User) -> Session:
    return session(held_on=in_days(0), facilitator=facilitator)


@pytest.fixture
def doctor() -> Person:
    return doctors(factories.practice(), 1)[0]


def tap(person: Person, value: str, *, number: str = "a-1", base: str = "") -> Change:
    return Change(number, f"p{person.pk}", value, base, timezone.now() - timedelta(minutes=3))


def stands(evening: Session) -> list[tuple[str, bool]]:
    return list(evening.attendances.values_list("person__name", "present"))


def test_a_tap_is_put_down_with_who_and_when(evening, doctor, facilitator):
    change = tap(doctor, "present")
    assert services.keep(change, session=evening, actor=facilitator) == Outcome.KEPT
    assert stands(evening) == [(doctor.name, True)]
    (mark,) = AttendanceMark.objects.all()
    assert (mark.marked_by, mark.marked_at, mark.change) == (facilitator, change.at, "a-1")
    assert mark.saved_at > mark.marked_at
    assert AuditEvent.objects.get(object_type="training.session").detail == {
        "fields": ["attendance"]
    }


def test_a_tap_that_arrives_twice_counts_once(evening, doctor, facilitator):
    for _time in range(2):
        outcome = services.keep(tap(doctor, "present"), session=evening, actor=facilitator)
        assert outcome == Outcome.KEPT
    assert AttendanceMark.objects.count() == 1


def test_an_old_tap_that_arrives_again_changes_nothing_that_came_after(
    evening, doctor, facilitator
):
    services.keep(tap(doctor, "present"), session=evening, actor=facilitator)
    services.keep(
        tap(doctor, "absent", number="a-2", base="a-1"), session=evening, actor=facilitator
    )
    services.keep(tap(doctor, "present"), session=evening, actor=facilitator)
    assert stands(evening) == [(doctor.name, False)]


def test_a_correction_leaves_a_trail_and_unknown_takes_the_row_away(evening, doctor, facilitator):
    for number, value in enumerate(("present", "absent", ""), 1):
        base = f"a-{number - 1}" if number > 1 else ""
        services.keep(
            tap(doctor, value, number=f"a-{number}", base=base), session=evening, actor=facilitator
        )
    assert stands(evening) == []
    assert [mark.present for mark in AttendanceMark.objects.all()] == [True, False, None]


def test_what_somebody_else_put_down_meanwhile_is_not_overwritten(evening, doctor, facilitator):
    colleague = factories.region_user(RegionRoleName.COORDINATOR)
    services.keep(tap(doctor, "absent", number="b-1"), session=evening, actor=colleague)
    mine = tap(doctor, "present")
    assert services.keep(mine, session=evening, actor=facilitator) == Outcome.CONFLICT
    assert stands(evening) == [(doctor.name, False)]
    again = tap(doctor, "present", number="a-2", base="b-1")
    assert services.keep(again, session=evening, actor=facilitator) == Outcome.KEPT
    assert stands(evening) == [(doctor.name, True)]


def test_two_who_put_down_the_same_agree(evening, doctor, facilitator):
    colleague = factories.region_user(RegionRoleName.COORDINATOR)
    services.keep(tap(doctor, "present", number="b-1"), session=evening, actor=colleague)
    assert services.keep(tap(doctor, "present"), session=evening, actor=facilitator) == (
        Outcome.KEPT
    )


def test_attendance_that_was_read_in_can_be_corrected(evening, facilitator):
    left = factories.employment(ended_on=in_days(-30)).person
    Attendance.objects.create(session=evening, person=left, present=True)
    services.keep(tap(left, "absent"), session=evening, actor=facilitator)
    assert stands(evening) == [(left.name, False)]


@pytest.mark.parametrize(
    ("field", "value"), [("p0", "present"), ("px", "present"), ("p", ""), ("q1", "present")]
)
def test_an_unknown_name_is_refused_in_words(evening, facilitator, field, value):
    change = Change("a-1", field, value, "", timezone.now())
    with pytest.raises(ValidationError, match="not known"):
        services.keep(change, session=evening, actor=facilitator)


def test_an_unknown_answer_is_refused(evening, doctor, facilitator):
    with pytest.raises(ValidationError):
        services.keep(tap(doctor, "maybe"), session=evening, actor=facilitator)


def test_nobody_is_put_down_before_the_day_itself(doctor, facilitator):
    later = session(held_on=in_days(1), facilitator=facilitator)
    with pytest.raises(ValidationError, match="from"):
        services.keep(tap(doctor, "present"), session=later, actor=facilitator)
    assert services.opens_on(later) is not None


def test_nobody_is_put_down_for_a_cancelled_session(doctor, facilitator):
    off = session(held_on=in_days(0), cancelled_at=timezone.now(), cancel_reason="ziek")
    with pytest.raises(ValidationError, match="cancelled"):
        services.keep(tap(doctor, "present"), session=off, actor=facilitator)


def test_somebody_who_works_nowhere_that_day_is_refused(evening, facilitator):
    gone = factories.employment(ended_on=in_days(-1)).person
    with pytest.raises(ValidationError, match="does not work"):
        services.keep(tap(gone, "present"), session=evening, actor=facilitator)


def test_a_tap_cannot_be_moved_to_another_session_or_person(evening, doctor, facilitator):
    services.keep(tap(doctor, "present"), session=evening, actor=facilitator)
    other = session(held_on=in_days(0))
    with pytest.raises(ValidationError):
        services.keep(tap(doctor, "present"), session=other, actor=facilitator)


def test_a_name_that_is_not_known_is_noted_once_and_can_be_taken_back(evening, facilitator):
    named = Change("a-1", "new-1", json.dumps({"name": " Dokter Nieuw "}), "", timezone.now())
    for _time in range(2):
        services.keep(named, session=evening, actor=facilitator)
    assert [one.name for one in unknown_people(evening)] == ["Dokter Nieuw"]
    services.keep(
        Change("a-2", "new-1", "", "a-1", timezone.now()), session=evening, actor=facilitator
    )
    assert list(unknown_people(evening)) == []


@pytest.mark.parametrize(
    "value", ['{"name": ""}', "{}", "[]", "Jan", json.dumps({"name": "x" * 121})]
)
def test_a_name_that_is_none_is_refused(evening, facilitator, value):
    change = Change("a-1", "new-1", value, "", timezone.now())
    with pytest.raises(ValidationError, match="name"):
        services.keep(change, session=evening, actor=facilitator)


def test_the_coordinator_says_who_a_noted_name_was(evening, doctor, facilitator):
    value = json.dumps({"name": "Dokter Nieuw"})
    services.keep(
        Change("a-1", "new-1", value, "", timezone.now()), session=evening, actor=facilitator
    )
    services.settle_walk_in(walk_in=WalkIn.objects.get(), person=doctor, actor=facilitator)
    assert stands(evening) == [(doctor.name, True)]
    assert list(unknown_people(evening)) == []
    settled = WalkIn.objects.get()
    assert (settled.name, settled.person) == ("", doctor)


def test_the_page_without_scripts_saves_what_was_changed_on_it_and_no_more(evening, facilitator):
    practice = factories.practice()
    first, second, third = doctors(practice, 3)
    for turn, person in enumerate((first, second, third), 1):
        Enrolment.objects.create(
            session=evening,
            person=person,
            practice=practice,
            state=EnrolmentState.CONFIRMED,
            turn=turn,
        )
    services.keep(tap(third, "absent", number="b-1"), session=evening, actor=facilitator)
    posted = {
        # `third` was drawn before the colleague's tap: unknown, and left so.
        **{f"p{one.pk}": "" for one in (second, third)},
        **{f"was-p{one.pk}": "" for one in (first, second, third)},
        **{f"of-p{one.pk}": "" for one in (first, second, third)},
        f"p{first.pk}": "present",
        "name": "Dokter Nieuw",
    }
    assert services.save_page(session=evening, posted=posted, actor=facilitator) == (2, [])
    assert {line.person: line.value for line in roll(evening)} == {
        first: "present",
        second: "",
        third: "absent",
    }
    posted |= {f"p{third.pk}": "present", "name": ""}
    saved, disputed = services.save_page(session=evening, posted=posted, actor=facilitator)
    assert [one.name for one in disputed] == [third.name]
    assert {line.person: line.value for line in roll(evening)}[third] == "absent"
    assert saved == 1


def test_the_norm_moves_the_moment_attendance_is_saved(facilitator):
    practice = factories.practice(cohort=factories.cohort(start_on=in_days(-100)))
    assistant = factories.employment(practice=practice, role=StaffRole.ASSISTANT).person
    course = session(kind="triage", held_on=in_days(0), facilitator=facilitator)

    def triage() -> tuple[int, int]:
        found = standing(in_days(0), [practice.pk])[0]
        obligation = next(
            one for one in found.obligations if one.intervention == 2 and one.programme_year == 1
        )
        return obligation.parts[0].achieved, obligation.parts[0].required

    assert triage() == (0, 1)
    services.keep(tap(assistant, "present"), session=course, actor=facilitator)
    assert triage() == (1, 1)
    services.keep(tap(assistant, "", number="a-2", base="a-1"), session=course, actor=facilitator)
    assert triage() == (0, 1)
