"""The goals of the programme: sentences from figures, gaps as gaps, nothing on few patients."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from highusers.models import Extract
from highusers.states import ExtractSource
from monitoring.goals.facts import GoalCourse, national_goals
from monitoring.goals.intervals import Kind
from monitoring.goals.words import goal_sentence
from monitoring.models import IndicatorDefinition, IndicatorValue
from practices.models import Practice, User
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year - 1


@pytest.fixture
def coordinator(client: Client) -> User:
    user = factories.region_user(RegionRoleName.COORDINATOR)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


def value(
    code: str,
    numerator: float,
    denominator: float,
    *,
    year: int = YEAR,
    national: str | None = None,
    practice: Practice | None = None,
    detail: str = "",
) -> None:
    IndicatorValue.objects.create(
        definition=IndicatorDefinition.objects.get(code=code),
        detail=detail,
        practice=practice,
        year=year,
        numerator=numerator,
        denominator=denominator,
        national=None if national is None else Decimal(national),
    )


def course(code: str, detail: str = "") -> GoalCourse:
    found = national_goals(YEAR + 1)
    return next(one for one in found if (one.definition.code, one.detail) == (code, detail))


def sentence(code: str) -> str:
    with translation.override("en"):
        return goal_sentence(course(code))


def test_every_national_goal_stands_there_also_without_a_figure() -> None:
    found = national_goals(YEAR)
    assert {one.definition.code for one in found} == {
        "consultations", "patients_per_fte", "fixed_gp", "waiting_time", "referrals",
        "diagnostics", "prescriptions",
    }  # fmt: skip
    assert {one.years for one in found} == {()}
    assert sentence("fixed_gp") == "There is no figure of the region yet."


def test_the_sentence_names_region_country_aim_and_where_it_began() -> None:
    value("consultations", 4_800, 1_000, year=YEAR - 2, national="4.9")
    value("consultations", 4_200, 1_000, national="4.7")
    assert sentence("consultations") == (
        f"The region in {YEAR}: 4.20 (95% interval: 4.07 to 4.33). The Netherlands: 4.70. "
        f"Aim: onder 4,6; that is reached. In {YEAR - 2} it was 4.80."
    )
    value("patients_per_fte", 20_000, 10)
    assert sentence("patients_per_fte") == (
        f"The region in {YEAR}: 2,000. No value of the Netherlands is known of that year. "
        "Aim: 2.095 of meer; that is not reached."
    )


def test_a_year_without_figure_is_a_gap_and_one_on_few_patients_is_hidden() -> None:
    value("fixed_gp", 900, 1_000, year=YEAR - 3, national="0.95")
    value("fixed_gp", 0, 0, year=YEAR - 2, national="0.94")
    value("fixed_gp", 9, 12, year=YEAR)
    years = course("fixed_gp").years
    assert [one.year for one in years] == [YEAR - 3, YEAR - 2, YEAR - 1, YEAR]
    assert [one.value for one in years] == [Decimal("0.9"), None, None, None]
    assert [one.national for one in years] == [Decimal("0.95"), Decimal("0.94"), None, None]
    assert [one.hidden for one in years] == [False, False, False, True]


def test_practices_with_figures_tell_how_much_is_chance() -> None:
    for number in range(8):
        practice = factories.practice()
        value("consultations", 4_000 + 100 * number, 1_000, practice=practice)
    value("consultations", 34_800, 8_000, national="4.40")
    latest = course("consultations").latest
    assert latest is not None
    assert latest.practices == 8
    assert latest.interval is not None
    assert latest.interval.kind is Kind.PRACTICES
    assert "The Netherlands: 4.40; chance can make that difference." in sentence("consultations")
    IndicatorValue.objects.filter(practice=None).update(national=Decimal("5.50"))
    assert "The Netherlands: 5.50; that is more than chance makes." in sentence("consultations")


def test_no_interval_where_nothing_is_counted() -> None:
    value("waiting_time", 320, 100)
    value("patients_per_fte", 21_000, 10)
    for code in ("waiting_time", "patients_per_fte"):
        latest = course(code).latest
        assert latest is not None
        assert latest.interval is None


def test_the_page_shows_goals_figures_and_neighbourhoods(client: Client, coordinator: User) -> None:
    page = words(client.get("/regio/doelen/"))
    assert "No figures of indicators have been read in yet." in page
    assert "There is no figure: satisfaction and joy in work are talked about at visits" in page
    assert "This year 0 of 0 practices were visited." in page
    practice = factories.practice(city="Goirle", start_on=date(YEAR, 1, 1))
    Extract.objects.create(
        practice=practice,
        period_start=date(YEAR, 1, 1),
        period_end=date(YEAR, 12, 31),
        patients=2000,
        contacts=8000,
        high_users=7,
        threshold=30,
        source=ExtractSource.REGION,
    )
    value("referrals", 200, 1_000, national="0.22")
    value("referrals", 30, 1_000, detail="Cardiologie")
    page = words(client.get("/regio/doelen/"))
    assert f"Verwijzingen per patiënt: Cardiologie {YEAR} 0.030" in page
    assert (
        "Source, also of the Netherlands: cijfers van zorgverzekeraars. Period: een kalenderjaar."
        in page
    )
    assert "Goirle 1 2,000 not shown (privacy) not shown (privacy)" in page
    assert "They do not say what the programme brought about" in page
    response = client.get("/regio/doelen/overzicht.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    assert book.sheet_names[1:] == [
        "Five goals", "Verwijzingen per patiënt", "By specialism", "High users",
    ]  # fmt: skip


@pytest.mark.parametrize("practices", [1, 3])
def test_the_page_asks_the_same_whatever_the_number_of_practices(
    client: Client, coordinator: User, practices: int
) -> None:
    for _number in range(practices):
        practice = factories.practice(start_on=date(YEAR, 1, 1))
        value("consultations", 4_500, 1_000, practice=practice)
    value("consultations", 4_500, 1_000)
    client.get("/regio/doelen/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/regio/doelen/")
    assert len(queries) == 23
