"""An extract of another length stands beside the year's and takes nothing away."""

from datetime import date

import pytest

from highusers.models import Extract
from highusers.services import import_extract
from monitoring.region_import.services import import_region
from monitoring.standing import standing
from tests import factories

pytestmark = pytest.mark.django_db

YEAR = (date(2023, 4, 1), date(2024, 3, 31))
MONTH = (date(2024, 3, 1), date(2024, 3, 31))
FILE = b"Patnr;Contacten\n1;31\n2;4\n"


def upload(practice, period):
    import_extract(practice=practice, data=FILE, period=period, actor=None)


def sheet(practice, period):
    head = "practice,period_start,period_end,patients,contacts,high_users\n"
    row = f"{practice.code},{period[0]},{period[1]},2000,8000,25\n"
    return import_region(files=[("extracts.csv", (head + row).encode())], actor=None, role="")


def extract_part(practice):
    (found,) = standing(date(2024, 6, 1), practices=[practice.pk])
    return found.obligations[0].parts[0].achieved


def periods(practice):
    extracts = Extract.objects.filter(practice=practice)
    return sorted(extracts.values_list("period_start", "period_end", "source"))


@pytest.mark.parametrize("order", [(YEAR, MONTH), (MONTH, YEAR)])
def test_two_uploads_with_one_last_day_both_stay(order):
    practice = factories.practice()
    for period in order:
        upload(practice, period)
    assert periods(practice) == [(*YEAR, "upload"), (*MONTH, "upload")]
    assert extract_part(practice) == 1


def test_a_row_of_the_region_stands_beside_an_upload_of_another_period():
    practice = factories.practice()
    upload(practice, MONTH)
    assert not sheet(practice, YEAR).errors
    assert periods(practice) == [(*YEAR, "region"), (*MONTH, "upload")]
    assert extract_part(practice) == 1


def test_an_upload_of_the_same_period_takes_the_place_of_the_regions_row_and_stays():
    practice = factories.practice()
    sheet(practice, YEAR)
    upload(practice, YEAR)
    again = sheet(practice, YEAR)
    assert [warning.code for warning in again.warnings] == ["upload_stays"]
    assert periods(practice) == [(*YEAR, "upload")]
    assert Extract.objects.get(practice=practice).patients == 2
