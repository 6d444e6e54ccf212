"""What the coordinator sees of the plans, and what of a plan becomes a task."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interventions.practice_plan import services
from interventions.practice_plan.states import Field, Kind
from monitoring.practice_plans.facts import plans_waiting, plans_without_consultant
from monitoring.practice_plans.rows import Standing, choice_of, chosen, plan_rows
from monitoring.task_list.sources import Asked, practice_plan
from practices.programme_year import add_months
from practices.states import RegionRoleName
from practices.tenancy import access_to_practice
from tests import factories
from tests.interventions.practice_plan.plans import begun, colleague, section_of, write
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return factories.practice(name="De Linde", start_on=add_months(timezone.localdate(), -3))


@pytest.fixture
def doctor(practice):
    return colleague(practice, "gp_owner", "Dokter Smit")


def asked(practice, user) -> Asked:
    access = access_to_practice(user, practice)
    return Asked(practice, user, access, timezone.localdate())


def test_a_section_with_a_day_and_somebody_is_a_task_until_it_is_done(practice, doctor):
    plan = begun(practice, doctor)
    triage, lengths = section_of(plan, Kind.TRIAGE), section_of(plan, Kind.LENGTHS)
    day = timezone.localdate() + timedelta(days=9)
    write(triage, Field.WHO, "Dokter Smit", doctor)
    assert list(practice_plan(asked(practice, doctor))) == []
    write(triage, Field.BY_ON, day.isoformat(), doctor)
    write(lengths, Field.BY_ON, day.isoformat(), doctor)
    write(lengths, Field.WHO, "De assistenten samen", doctor)
    mine, others = practice_plan(asked(practice, doctor))
    assert (mine.on, mine.owner, mine.mine) == (day, "Dokter Smit", True)
    assert mine.url.endswith(f"#deel-{triage.pk}")
    assert (others.owner, others.mine) == ("De assistenten samen", False)
    services.mark_done(section=triage, done=True, actor=doctor)
    assert [task.owner for task in practice_plan(asked(practice, doctor))] == [others.owner]


def test_the_coordinator_sees_who_has_no_plan_and_which_wait(
    client, practice, doctor, django_assert_num_queries
):
    plan = begun(practice, doctor)
    for kind in (Kind.TRIAGE, Kind.LENGTHS):
        write(section_of(plan, kind), Field.DOING, "Iets", doctor)
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    factories.practice(name="Korvel")
    factories.practice(name="Gestopt", stopped_on=timezone.localdate() - timedelta(days=1))
    with django_assert_num_queries(2):
        rows = plan_rows(timezone.localdate())
    told = {row.practice.name: (row.standing, row.filled) for row in rows}
    assert told == {"De Linde": (Standing.WAITS, 2), "Korvel": (Standing.NONE, 0)}
    waiting = chosen(rows, choice_of({"stand": "ingeleverd", "lichting": "x"}))
    assert [row.practice.name for row in waiting] == ["De Linde"]
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    client.cookies["mtvp_language"] = "en"
    page = words(client.get("/regio/praktijkplannen/"))
    assert "2 of 6" in page
    assert "No plan yet" in page


def test_plans_wait_for_the_consultant_or_else_for_the_coordinator(
    client, practice, doctor, django_assert_num_queries
):
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    coordinator = factories.region_user(RegionRoleName.COORDINATOR)
    other = factories.practice(name="Korvel", consultant=consultant)
    for one in (practice, other):
        plan = begun(one, doctor)
        services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    with django_assert_num_queries(1):
        (mine,) = plans_waiting(consultant)
    unread = plans_without_consultant().get()
    assert (mine.practice, unread.practice) == (other, practice)
    client.cookies["mtvp_language"] = "en"
    client.force_login(consultant)
    for address in ("/praktijken/", "/vandaag/"):
        page = client.get(address)
        assert mine.url in page.content.decode()
        assert "up to and including March 31, 2024 · handed in on" in words(page)
    client.force_login(coordinator)
    told = "1 plan of a practice without a consultant waits for you"
    assert told in words(client.get("/regio/"))
    # Agreed for the region, and waiting for the practice: nobody of the region is waited for.
    services.reopen(plan=plan, actor=doctor)
    services.hand_in(plan=plan, actor=consultant, on_behalf=True)
    services.agree(plan=plan, actor=consultant, for_practice=False)
    assert plans_waiting(consultant) == []
