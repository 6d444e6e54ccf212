"""Statuses month by month: each as the engine judges that day, for a region and a practice."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from interventions.models import ConsultationSchedule
from monitoring.compliance import DUTIES, Status
from monitoring.history.choice import COUNTED, choice_of, courses
from monitoring.history.course import practice_course, region_course
from monitoring.history.months import month_ends
from monitoring.models import Visit
from monitoring.standing import standing
from practices.models import Norm, User
from practices.programme_year import add_months
from practices.states import RegionRoleName
from tests import factories
from tests.monitoring.oracle import compliance
from tests.monitoring.report.region import random_region, stored
from tests.pages import words

pytestmark = pytest.mark.django_db

SCHEDULE = next(place for place, duty in enumerate(DUTIES) if duty.intervention == 4)
TIME_OUT = next(place for place, duty in enumerate(DUTIES) if duty.intervention == 3)


@pytest.fixture
def coordinator(client: Client) -> User:
    user = factories.region_user(RegionRoleName.COORDINATOR)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


def test_month_ends() -> None:
    assert month_ends(date(2024, 1, 20), date(2024, 3, 12)) == [
        date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 12),
    ]  # fmt: skip
    assert month_ends(date(2023, 12, 1), date(2024, 1, 31))[-2:] == [
        date(2023, 12, 31), date(2024, 1, 31),
    ]  # fmt: skip
    assert month_ends(date(2024, 3, 12), date(2024, 3, 12)) == [date(2024, 3, 12)]
    assert month_ends(date(2024, 4, 1), date(2024, 3, 12)) == []


@pytest.mark.parametrize("seed", range(3))
def test_every_month_is_what_the_oracle_says_of_its_last_day(seed: int) -> None:
    region = random_region(seed)
    stored(region)
    days = [date(2023, 6, 30), date(2024, 1, 31), date(2024, 8, 12)]
    found = region_course(days, today=days[-1])
    for _again in range(2):
        for day in days:
            expected = {
                one["code"]: [obligation["status"] for obligation in one["obligations"]]
                for one in compliance(region, day)["practices"]
                if one["programme_year"] is not None
            }
            by_code = {
                one.participant.code: [status.value for status in statuses]
                for one in standing(day)
                if (statuses := found[day].get(one.participant.practice_id))
            }
            assert by_code == expected
        found = region_course(days, today=days[-1])


def test_what_happened_counts_from_its_month_on_and_is_told_in_spells() -> None:
    practice = factories.practice(start_on=date(2023, 1, 1))
    Visit.objects.create(practice=practice, held_on=date(2023, 5, 10), time_out_discussed=True)
    ConsultationSchedule.objects.create(
        practice=practice, pattern="15/30", in_use_from=date(2024, 2, 1)
    )
    course = practice_course(practice, date(2026, 1, 1))
    assert (course.days[0], course.days[-1]) == (date(2023, 1, 31), date(2025, 3, 31))
    talked = course.of_duty(TIME_OUT)
    assert [talked[3], talked[4]] == [Status.ON_TRACK, Status.MET]
    assert set(talked[4:]) == {Status.MET}
    too_late = course.of_duty(SCHEDULE)
    assert too_late[12] is Status.MISSED


def test_months_that_are_over_are_reckoned_once_a_day_and_today_is_anew() -> None:
    today = timezone.localdate()
    start = add_months(today.replace(day=1), -3)
    practice = factories.practice(start_on=start)
    days = month_ends(start, today)
    first = region_course(days, today=today)
    with CaptureQueriesContext(connection) as queries:
        again = region_course(days, today=today)
    assert again == first
    with CaptureQueriesContext(connection) as one_day:
        standing(today)
    assert len(queries) == len(one_day)
    Visit.objects.create(practice=practice, held_on=start, time_out_discussed=True)
    assert region_course(days, today=today)[today][practice.pk][TIME_OUT] is Status.MET
    assert region_course(days, today=today)[days[0]][practice.pk][TIME_OUT] is not Status.MET
    tomorrow = region_course(days, today=today + timedelta(days=1))
    assert tomorrow[days[0]][practice.pk][TIME_OUT] is Status.MET


def test_a_term_that_the_region_changed_lengthens_the_strips() -> None:
    start = date(2020, 1, 1)
    practice = factories.practice(start_on=start)
    today = date(2023, 1, 1)
    assert practice_course(practice, today).days[-1] == date(2022, 3, 31)
    Norm.objects.create(key="questionnaire_days", valid_from=date(2020, 1, 1), value=180)
    cache.clear()
    assert practice_course(practice, today).days[-1] == date(2022, 6, 29)


def test_filters_choose_practices_and_obligations() -> None:
    day = date(2024, 6, 30)
    one = factories.practice(start_on=date(2023, 1, 1))
    other = factories.practice(start_on=date(2024, 1, 1))
    found = {day: dict(region_course([day], today=day)[day])}
    of_all = courses(found, [one, other], choice_of({}, [one, other]))
    assert len(of_all) == len(DUTIES)
    time_out = of_all[TIME_OUT]
    assert dict(zip(COUNTED, time_out.counts[0], strict=True)) == {
        Status.MET: 0, Status.ON_TRACK: 1, Status.AT_RISK: 0, Status.MISSED: 1,
    }  # fmt: skip
    query = {"lichting": str(other.cohort_id), "verplichting": "3-1", "maanden": "7"}
    choice = choice_of(query, [one, other])
    assert choice.months == 12
    (only,) = courses(found, [one, other], choice)
    assert only.counts == ((0, 1, 0, 0),)
    assert "verplichting=3-1" in choice.address


def test_the_page_of_the_region_with_its_file(client: Client, coordinator: User) -> None:
    assert "No obligation counted for these practices" in words(client.get("/regio/verloop/"))
    start = add_months(timezone.localdate().replace(day=1), -4)
    factories.practice(start_on=start)
    page = client.get("/regio/verloop/", {"verplichting": "3-1"})
    assert len(page.context["charts"]) == 1
    assert "3 Time-out before a referral, year 1" in words(page)
    response = client.get("/regio/verloop/overzicht.xlsx", {"verplichting": "3-1"})
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    rows = book.get_sheet_by_name("Course").to_python()
    of_months = [row for row in rows if str(row[0]).startswith("3 Time-out")]
    assert [row[2:] for row in of_months] == [[0, 1, 0, 0, 1]] * 5


def test_the_file_says_what_was_chosen(client: Client, coordinator: User) -> None:
    start = add_months(timezone.localdate().replace(day=1), -2)
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    practice = factories.practice(start_on=start, consultant=consultant)

    def front(**asked: object) -> str:
        response = client.get("/regio/verloop/overzicht.xlsx", asked)
        book = CalamineWorkbook.from_filelike(BytesIO(response.content))
        return " ".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)

    said = front(
        verplichting="3-1", lichting=practice.cohort_id, consulent=consultant.pk, maanden="24"
    )
    assert "3 Time-out before a referral, year 1" in said
    assert f"cohort: {practice.cohort.name}" in said
    assert f"consultant: {consultant}" in said
    assert "cohort:" not in front(lichting="999999")


def test_strips_of_a_practice_on_their_page_and_for_htmx(client: Client) -> None:
    practice = factories.practice(start_on=add_months(timezone.localdate(), -5))
    client.force_login(factories.staff_user(practice))
    client.cookies["mtvp_language"] = "en"
    address = f"/praktijk/{practice.slug}/verloop/"
    page = client.get(address)
    assert page.content.decode().count("<svg xmlns") == 2
    assert "6 Intervision, year 1" in words(page)
    part = client.get(address, {"interventie": "3"}, headers={"hx-request": "true"})
    assert "<html" not in part.content.decode()
    assert "6 Intervision" not in words(part)
    evidence = client.get(f"/praktijk/{practice.slug}/time-out/").content.decode()
    assert f'hx-get="{address}?interventie=3"' in evidence
    later = factories.practice(start_on=timezone.localdate() + timedelta(days=9))
    client.force_login(factories.staff_user(later))
    assert "has not begun" in words(client.get(f"/praktijk/{later.slug}/verloop/"))


@pytest.mark.parametrize("practices", [1, 3])
def test_a_month_costs_the_same_whatever_the_number_of_practices(
    client: Client, coordinator: User, practices: int
) -> None:
    start = add_months(timezone.localdate().replace(day=1), -2)
    for _number in range(practices):
        factories.practice(start_on=start)
    with CaptureQueriesContext(connection) as queries:
        client.get("/regio/verloop/")
    engine = sum("practices_norm" in one["sql"] for one in queries)
    assert engine == 3
    assert len(queries) == 36
