"""A practice's own year: for the practice, and nobody outside it."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone, translation

from highusers.models import Extract
from highusers.states import ExtractSource
from monitoring.models import QuestionnaireAnswer, Visit
from monitoring.report.practice.document import practice_document
from monitoring.visits.services import comment, read_back
from mtvp.charts.numbers import day
from practices.models import Practice
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.monitoring.visits.making import sent, visited
from tests.pages import words
from training.models import Attendance, Session

pytestmark = pytest.mark.django_db

ADDRESS = "/praktijk/de-linde/verslag/2023/"


@pytest.fixture
def practice() -> Practice:
    return factories.practice(slug="de-linde", start_on=date(2023, 4, 1))


def own_year(practice: Practice) -> None:
    nurse = factories.person(name="Lotte de Wit")
    factories.employment(
        practice=practice, person=nurse, role=StaffRole.POH, started_on=date(2022, 1, 1)
    )
    left = factories.person(name="Piet Vertrokken")
    factories.employment(
        practice=practice,
        person=left,
        role=StaffRole.POH,
        started_on=date(2022, 1, 1),
        ended_on=date(2023, 5, 1),
    )
    session = Session.objects.create(
        reference="s1", kind="conversation", title="Het gesprek", held_on=date(2023, 6, 1)
    )
    for person in (nurse, left):
        Attendance.objects.create(session=session, person=person, present=True)
    Extract.objects.create(
        practice=practice,
        period_start=date(2023, 1, 1),
        period_end=date(2023, 12, 31),
        patients=2005,
        high_users=7,
        contacts=9000,
        threshold=30,
        source=ExtractSource.REGION,
    )
    Visit.objects.create(practice=practice, held_on=date(2023, 9, 1), time_out_discussed=True)
    QuestionnaireAnswer.objects.create(
        practice=practice,
        programme_year=1,
        answered_on=date(2023, 12, 1),
        plans_made=True,
        lasting_habit=False,
        flexible_in_use=True,
        answers={"experiences": "Meer rust."},
        asked={"experiences": "Wat zijn uw ervaringen?"},
    )


def test_it_tells_the_practice_its_own_year(client: Client, practice: Practice) -> None:
    own_year(practice)
    client.force_login(factories.staff_user(practice, StaffRole.MANAGER))
    text = words(client.get(ADDRESS))
    for told in ("2.005 7", "Het gesprek", "Lotte de Wit", "Meer rust.", "Wat zijn uw ervaringen?"):
        assert told in text, told
    assert "Piet Vertrokken" not in text  # had left by then
    assert client.get(f"{ADDRESS}pdf").content.startswith(b"%PDF")


def test_a_report_that_the_practice_commented_on_is_there(
    client: Client, practice: Practice
) -> None:
    practice.consultant = factories.region_user(RegionRoleName.CONSULTANT)
    practice.save()
    visit = visited(practice, date(2023, 9, 1), joy="Meer rust aan de balie.")
    client.force_login(factories.staff_user(practice, StaffRole.GP_OWNER))
    assert "Meer rust aan de balie." not in words(client.get(ADDRESS))
    sent(visit)
    comment(visit=visit, text="Nee.", actor=practice.consultant, of_practice=True)
    assert "Meer rust aan de balie." in words(client.get(ADDRESS))


def test_a_visit_that_is_not_sent_yet_says_where_it_stands(
    client: Client, practice: Practice
) -> None:
    """On screen and on paper: being filled in, read back, sent; one of which only the day is known
    stays without report."""
    practice.consultant = factories.region_user(RegionRoleName.CONSULTANT)
    practice.save()
    visit = visited(practice, date(2023, 9, 1), joy="Meer rust aan de balie.")
    client.force_login(factories.staff_user(practice, StaffRole.GP_OWNER))
    client.cookies["mtvp_language"] = "en"
    told = {
        "being": "This visit is being rounded off by your consultant.",
        "back": "You read this visit back together on",
        "day": "Of this visit only the day is known",
    }

    def says() -> set[str]:
        text = words(client.get(ADDRESS))
        return {which for which, sentence in told.items() if sentence in text}

    assert says() == {"being"}
    read_back(visit=visit, actor=practice.consultant)
    assert says() == {"back"}
    with translation.override("en"):
        assert f"on {day(timezone.localdate())}." in words(client.get(ADDRESS))
    sent(visit)
    assert says() == set()
    Visit.objects.create(practice=practice, held_on=date(2023, 10, 1))
    assert says() == {"day"}
    with translation.override("en"):
        blocks = practice_document(practice, 2023, timezone.localdate()).blocks
    assert any(told["day"] in getattr(block, "text", "") for block in blocks)


@pytest.mark.parametrize("year", [2022, 2999])
def test_years_without_the_practice_are_not_there(
    client: Client, practice: Practice, year: int
) -> None:
    client.force_login(factories.staff_user(practice, StaffRole.GP_OWNER))
    assert client.get(f"/praktijk/de-linde/verslag/{year}/").status_code == 404


def test_nobody_outside_the_practice_reads_it(client: Client, practice: Practice) -> None:
    factories.employment(practice=practice, person=factories.person(), role=StaffRole.GP_OWNER)
    for user, code in (
        (factories.region_user(RegionRoleName.COORDINATOR), 403),
        (factories.staff_user(practice, StaffRole.ASSISTANT), 403),
        (factories.staff_user(factories.practice(slug="elders"), StaffRole.GP_OWNER), 404),
    ):
        client.force_login(user)
        assert client.get(ADDRESS).status_code == code
