"""The pages of the fees: what they say, what their files hold, what they cost."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from practices.models import AuditEvent, Insurer, Panel, Practice, Tariff, User
from practices.states import AuditAction, RegionRoleName, TariffKind
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


@pytest.fixture
def vgz() -> Insurer:
    return factories.insurer("VGZ")


def listed(name: str, vgz: Insurer, *, patients: int = 500, **fields: object) -> None:
    practice = factories.practice(
        name=name, start_on=date(YEAR, 1, 1), preferred_insurer=vgz, **fields
    )
    practice.fee_listings.create(insurer=vgz, from_on=date(YEAR, 4, 1))
    for quarter in ("Q1", "Q2", "Q3"):
        Panel.objects.create(
            practice=practice, insurer=vgz, quarter=f"{YEAR}{quarter}", patients=patients
        )


def test_the_page_tells_amounts_and_why_there_is_none(
    client: Client, coordinator: User, vgz: Insurer
) -> None:
    listed("De Linde", vgz)
    listed("Korvel", vgz, patients=300, stopped_on=date(YEAR, 8, 1))
    page = words(client.get("/regio/regioprestatie/", {"jaar": YEAR}))
    assert f"On the first day of Q4 {YEAR} 2 practices were on the list of VGZ." in page
    assert "not on the list 2 2 Ask the insurer" in page
    assert "number of patients not known 2 2 Read in the patients" in page
    assert "De Linde not on the list Q1" in page
    assert "De Linde number of patients not known Q4" in page
    assert "Korvel stopped Q4" not in page
    assert f"Korvel Q3 {YEAR}" not in page
    assert "€ 400.00" in page
    assert "€ 800.00" in page


def test_on_the_list_after_stopping_is_asked_about(
    client: Client, coordinator: User, vgz: Insurer
) -> None:
    listed("Korvel", vgz, stopped_on=date(YEAR, 5, 1))
    page = words(client.get("/regio/regioprestatie/", {"jaar": YEAR}))
    assert f"Korvel Q3 {YEAR} on the list, but stopped" in page


def test_without_a_tariff_there_is_no_amount_and_never_nought(
    client: Client, coordinator: User, vgz: Insurer
) -> None:
    listed("De Linde", vgz)
    Tariff.objects.filter(kind=TariffKind.REGIONAL_FEE).update(valid_from=date(YEAR, 7, 1))
    page = words(client.get("/regio/regioprestatie/", {"jaar": YEAR}))
    assert f"No tariff is known of Q2 {YEAR}: there is no amount." in page
    assert f"The amount of the year is without Q2 {YEAR}: no tariff is known of it." in page
    assert f"Q2 {YEAR} 1 500 no tariff known no figure" in page
    assert "De Linde no tariff known Q2" in page
    assert "€ 0.00" not in page
    response = client.get("/regio/regioprestatie/overzicht.xlsx", {"jaar": YEAR})
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    rows = book.get_sheet_by_name("Per quarter").to_python()
    row = next(one for one in rows if one[0] == f"Q2 {YEAR}")
    assert row[1:5] == [1, 500, "no tariff known", "no figure"]
    assert next(one for one in rows if one[0] == "Year")[4] == 250

    Tariff.objects.filter(kind=TariffKind.REGIONAL_FEE).delete()
    page = words(client.get("/regio/regioprestatie/", {"jaar": YEAR}))
    assert "€ 0.00" not in page
    page = words(client.get("/regio/vergoeding/", {"jaar": YEAR}))
    assert "VGZ 500 no tariff known no figure" in page
    assert "€ 0.00" not in page


def test_a_follower_without_the_leading_insurers_list_is_asked_about(
    client: Client, coordinator: User, vgz: Insurer
) -> None:
    listed("De Linde", vgz)
    zk = factories.insurer("Zilveren Kruis")
    practice = Practice.objects.get(name="De Linde")
    practice.fee_listings.create(insurer=zk, from_on=date(YEAR, 1, 1))
    for quarter in ("Q1", "Q2"):
        Panel.objects.create(
            practice=practice, insurer=zk, quarter=f"{YEAR}{quarter}", patients=200
        )
    Insurer.objects.filter(pk=vgz.pk).update(name="Vgz")
    asked = {"jaar": YEAR, "verzekeraar": zk.slug}
    page = words(client.get("/regio/regioprestatie/", asked))
    assert f"De Linde Q1 {YEAR} on the list, but not on that of VGZ" in page
    assert f"De Linde Q2 {YEAR} on the list" not in page


def test_the_workbook_holds_every_table(client: Client, coordinator: User, vgz: Insurer) -> None:
    listed("De Linde", vgz)
    response = client.get("/regio/regioprestatie/overzicht.xlsx", {"jaar": YEAR})
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    assert book.sheet_names[1:] == [
        "Per quarter", "Per practice", "Reasons", "Not accounted for", "Baseline and course",
    ]  # fmt: skip
    rows = book.get_sheet_by_name("Per practice").to_python()
    row = next(one for one in rows if one[0] == "De Linde")
    assert row[3:] == [500, "not on the list", 500, 250, 500, 250,
                       "no figure", "number of patients not known", 500]  # fmt: skip
    event = AuditEvent.objects.get(action=AuditAction.EXPORT)
    assert (event.object_type, event.object_id) == ("regional_fee", f"vgz {YEAR}")


def test_without_insurer_and_without_list_there_is_a_reason_and_one_way_on(
    client: Client, coordinator: User
) -> None:
    assert "No insurer is known yet" in words(client.get("/regio/regioprestatie/"))
    assert client.get("/regio/regioprestatie/overzicht.xlsx").status_code == 302
    factories.insurer("VGZ")
    page = words(client.get("/regio/regioprestatie/"))
    assert "No list of VGZ is known" in page
    assert "No patients per insurer are known" in words(client.get("/regio/vergoeding/"))


def test_the_fee_of_the_programme_with_its_file(
    client: Client, coordinator: User, vgz: Insurer
) -> None:
    listed("De Linde", vgz)
    page = words(client.get("/regio/vergoeding/", {"jaar": YEAR}))
    assert "No tariff is known of: VGZ. Record tariffs" in page
    Tariff.objects.create(
        kind=TariffKind.PROGRAMME, insurer=vgz, valid_from=date(YEAR, 1, 1), amount=Decimal("3.10")
    )
    page = words(client.get("/regio/vergoeding/", {"jaar": YEAR}))
    assert f"All insurers together: € 4,650.00 in {YEAR}" in page
    response = client.get("/regio/vergoeding/overzicht.xlsx", {"jaar": YEAR})
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    rows = book.get_sheet_by_name("Fee of the programme").to_python()
    assert next(one for one in rows if one[0] == "VGZ")[1:4] == [500, 3.1, 1550]


@pytest.mark.parametrize("practices", [1, 3])
def test_the_pages_ask_the_same_whatever_the_number_of_practices(
    client: Client, coordinator: User, vgz: Insurer, practices: int
) -> None:
    for number in range(practices):
        listed(f"Praktijk {number}", vgz)
    counts = []
    for address in ("/regio/regioprestatie/", "/regio/regioprestatie/lijst/", "/regio/vergoeding/"):
        client.get(address, {"jaar": YEAR})
        with CaptureQueriesContext(connection) as queries:
            client.get(address, {"jaar": YEAR})
        counts.append(len(queries))
    assert counts == [27, 12, 16]
