"""One file of figures, by the door of all spreadsheets."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from monitoring.models import IndicatorValue, RegionUpload
from monitoring.region_import import tasks
from practices.models import Practice
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db

PAGE = "/regio/cijfers/"
HEADER = "practice,year,indicator,numerator,denominator,national\n"


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    client.cookies["mtvp_language"] = "en"
    return client


@pytest.fixture
def linde() -> Practice:
    return factories.practice(code="01000001", name="De Linde")


def read(client: Client, text: str, name: str = "cijfers van mei.csv") -> str:
    """Choose a file and let the worker look at it; the address of its page."""
    response = client.post(PAGE, {"figures": SimpleUploadedFile(name, text.encode())})
    assert response.status_code == 302, response.context["form"].errors
    tasks.read_files(RegionUpload.objects.latest("pk").pk, "en")
    return response.url


def confirm(client: Client, address: str) -> str:
    client.post(address, {"seen": client.get(address).context["shown"]["version"]})
    tasks.store_files(RegionUpload.objects.latest("pk").pk, "en")
    response = client.get(address, follow=True)
    assert response.request["PATH_INFO"] == PAGE
    return words(response)


def test_a_file_under_any_name_is_shown_first_and_then_stored(coordinator, linde):
    rows = HEADER + "01000001,2025,referrals,510,2400,0.226\n,2025,referrals,9000,42000,0.226\n"
    address = read(coordinator, rows)
    said = words(coordinator.get(address))
    assert "cijfers van mei.csv 2 2 0 0" in said
    assert "indicators.csv" not in said
    assert IndicatorValue.objects.count() == 0
    assert "Stored: 2 rows are new, 0 changed and 0 as they were." in confirm(coordinator, address)
    assert IndicatorValue.objects.get(practice=linde).numerator == 510

    changed = rows.replace("510", "515")
    said = confirm(coordinator, read(coordinator, changed))
    assert "Stored: 0 rows are new, 1 changed and 1 as they were." in said


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_stored(coordinator, linde):
    rows = (
        "01000001,2025,referrals,510,2400,0.226\n01000009,2025,referrals,1,2,\n"
        "01000001,2025,onbekend,1,2,\n01000001,2025,high_users,40,2000,\n"
        "01000001,2025,consultations,-1,2,\n01000001,2025,referrals,1,2,\n"
    )
    said = words(coordinator.get(read(coordinator, HEADER + rows)))
    assert "There is no practice with this code. 3" in said
    assert "There is no such indicator. 4-5" in said
    assert "Store everything" not in said
    assert "Row 2 has the same practice + year + indicator." in said
    assert IndicatorValue.objects.count() == 0


def test_what_looks_odd_is_named_and_taken(coordinator, linde):
    rows = (
        "01000001,2025,fixed_gp,2500,2400,0.95\n,2025,fixed_gp,40000,42000,0.94\n"
        "01000001,2024,fixed_gp,0,0,0.93\n01000001,2025,consultations,9000,2400,\n"
    )
    address = read(coordinator, HEADER + rows)
    said = words(coordinator.get(address))
    assert "More people are counted than there are in all. 2 " in said
    assert "Row 2 has another national value for the same year. 3 " in said
    assert coordinator.get(address).context["shown"]["error_count"] == 0
    assert "Stored: 4 rows are new" in confirm(coordinator, address)


def test_replacing_says_what_changes_and_can_be_put_back(coordinator, linde):
    """By the same door: looked at first, and stored only then."""
    rows = HEADER + "01000001,2024,referrals,510,2400,0.226\n"
    confirm(coordinator, read(coordinator, rows))
    wrong = rows.replace("510", "5100") + ",2024,referrals,9000,42000,\n"
    address = read(coordinator, wrong)
    said = words(coordinator.get(address))
    assert "Figures that are replaced" in said
    assert "2 De Linde 2024 referrals was 510 becomes 5,100 2,400 0.226" in said
    said = confirm(coordinator, address)
    assert "1 new, 1 changed" in said
    upload = RegionUpload.objects.latest("pk")
    response = coordinator.post(f"{PAGE}{upload.code}/terug/")
    tasks.read_files(RegionUpload.objects.latest("pk").pk, "en")
    assert IndicatorValue.objects.get(practice=linde).numerator == 5100
    said = confirm(coordinator, response.url)
    assert "Stored: 0 rows are new, 2 changed and 0 as they were." in said
    assert IndicatorValue.objects.get(practice=linde).numerator == 510
    region = IndicatorValue.objects.get(practice=None)
    assert (region.numerator, region.denominator) == (0, 0)


def test_only_who_read_it_in_can_put_it_back(coordinator, linde, client):
    confirm(coordinator, read(coordinator, HEADER + "01000001,2024,referrals,510,2400,0.226\n"))
    upload = RegionUpload.objects.latest("pk")
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    response = client.post(f"{PAGE}{upload.code}/terug/", follow=True)
    assert "Nothing was changed." in words(response)
    assert RegionUpload.objects.count() == 1


def test_what_may_be_of_something_else_than_was_meant_is_named(coordinator, linde):
    this_year = timezone.localdate().year
    rows = (
        f"01000001,{this_year},referrals,510,2400,\n01000001,2024,referrals,1.234,2400,\n"
        "01000001,2024,patients_per_fte,2400,1.5,\n"
    )
    said = words(coordinator.get(read(coordinator, HEADER + rows)))
    assert "This year is not over yet. 2 " in said
    assert "This is no whole number. Write 1234 without a point or a space. 3 " in said
    without = "praktijk,year,indicator,numerator,denominator\n01000001,2024,referrals,510,2400\n"
    said = words(coordinator.get(read(coordinator, without)))
    assert "so every row is a figure of the region as a whole." in said


def test_a_second_sheet_with_figures_is_named(coordinator, linde):
    book = Workbook()
    row = ("01000001", 2025, "referrals", 510, 2400, 0.226)
    for sheet in (book.active, book.create_sheet("Vorig jaar")):
        sheet.append(HEADER.strip().split(","))
        sheet.append(row)
    book.create_sheet("Leeg")
    content = BytesIO()
    book.save(content)
    file = SimpleUploadedFile("mei.xlsx", content.getvalue())
    address = coordinator.post(PAGE, {"figures": file}).url
    tasks.read_files(RegionUpload.objects.latest("pk").pk, "en")
    said = words(coordinator.get(address))
    assert "mei.xlsx 1 1 0 0" in said
    assert "1 other sheet with something in it is skipped." in said


def test_a_file_without_rows_and_one_that_is_no_text_say_so(coordinator):
    said = words(coordinator.get(read(coordinator, HEADER)))
    assert "There are no rows below the names of the columns." in said
    said = words(coordinator.get(read(coordinator, "\x89PNG\0\0", "plaatje.xlsx")))
    assert "This file is not text. Save it as .xlsx or .csv." in said


def test_only_a_spreadsheet_is_taken(coordinator):
    wrong = coordinator.post(PAGE, {"figures": SimpleUploadedFile("cijfers.zip", b"x")})
    assert "Choose a file that ends in .xlsx or .csv." in words(wrong)
    assert "Choose a file" in words(coordinator.post(PAGE))
    assert RegionUpload.objects.count() == 0
