"""What is recorded in the practice's own work stands in its status in the same moment: nothing is
kept of a status, and nobody waits for a job."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone

from interventions.schedules import designing, services
from monitoring.compliance import Status
from monitoring.standing import standing
from practices.changes import services as changes
from practices.joining import services as joining
from practices.models import Practice, User
from practices.programme_year import add_months, year_end
from practices.states import RegionRoleName, StaffRole
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return factories.region_user(RegionRoleName.COORDINATOR)


@pytest.fixture
def practice() -> Practice:
    return factories.practice(start_on=add_months(timezone.localdate(), -6))


@pytest.fixture
def owner(practice: Practice) -> User:
    return factories.staff_user(practice, StaffRole.GP_OWNER)


def statuses(practice: Practice) -> Iterator[tuple[tuple[int, str], Status, int, int]]:
    (found,) = standing(timezone.localdate(), [practice.pk])
    for duty in found.obligations:
        if duty.programme_year == 1:
            for part in duty.parts:
                key = (duty.intervention, part.name)
                yield key, part.status, part.achieved, part.required


def schedule(practice: Practice) -> tuple[Status, int]:
    """Of the part that a week in use meets."""
    return next(
        (status, done) for key, status, done, _of in statuses(practice) if key == (4, "schedule")
    )


def needed(practice: Practice, part: str) -> int:
    return next(of for (_number, name), _status, _done, of in statuses(practice) if name == part)


def test_a_designed_week_counts_from_the_day_it_is_put_in_use(
    practice: Practice, owner: User
) -> None:
    today = timezone.localdate()
    week = designing.start_template(
        practice=practice, name="Onze week", week=[], actor=owner, on_behalf=False
    )
    assert schedule(practice) == (Status.ON_TRACK, 0)
    use = {"template": week, "actor": owner, "on_behalf": False}
    designing.put_in_use(**use, in_use_from=today + timedelta(days=1))
    assert schedule(practice) == (Status.ON_TRACK, 0)
    designing.put_in_use(**use, in_use_from=today)
    assert schedule(practice) == (Status.MET, 1)
    designing.drop_template(template=week, actor=owner)
    assert schedule(practice) == (Status.MET, 1)


def test_a_length_noted_without_a_week_counts_and_no_longer_when_its_day_goes(
    practice: Practice, owner: User
) -> None:
    def save(day: date | None) -> None:
        kept = practice.schedules.first()
        services.save_schedule(
            practice=practice,
            schedule=kept,
            pattern="20 minuten",
            in_use_from=day,
            in_use_until=None,
            actor=owner,
            on_behalf=False,
        )

    save(timezone.localdate())
    assert schedule(practice) == (Status.MET, 1)
    save(None)
    assert schedule(practice) == (Status.ON_TRACK, 0)


def test_stopping_and_going_on(practice: Practice, coordinator: User) -> None:
    before = list(statuses(practice))
    joining.stop(
        practice=practice, day=timezone.localdate(), reason="Verhuizing", actor=coordinator
    )
    after = {status for key, status, _done, _of in statuses(practice) if key[1] != "questionnaire"}
    assert after == {Status.NOT_APPLICABLE}
    joining.go_on(practice=practice, actor=coordinator)
    assert list(statuses(practice)) == before


def test_who_comes_along_in_a_merger_enlarges_the_group(
    practice: Practice, owner: User, coordinator: User
) -> None:
    other = factories.practice(start_on=practice.start)
    for one in (practice, other, practice):
        factories.staff_user(one, StaffRole.ASSISTANT)
    assert needed(other, "assistants") == 1
    changes.merge(practice=practice, into=other, day=timezone.localdate(), actor=coordinator)
    assert needed(other, "assistants") == 2


def test_another_cohort_moves_every_deadline(coordinator: User) -> None:
    today = timezone.localdate()
    practice = factories.practice(cohort=factories.cohort(start_on=add_months(today, 1)))
    later = factories.cohort(start_on=add_months(today, 4))
    joining.move_to_cohort(practice=practice, cohort=later, actor=coordinator)
    (found,) = standing(add_months(today, 5), [practice.pk])
    ends = {duty.deadline for duty in found.obligations if duty.programme_year == 1}
    assert found.year_ends == year_end(add_months(today, 4), 1)
    assert found.year_ends in ends
