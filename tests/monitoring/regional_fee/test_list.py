"""An insurer's list of a quarter: who comes, who leaves, who stays, and what is refused."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from monitoring.models import RegionalFeeListing
from monitoring.region_import import steps
from monitoring.region_import.holding import kept_outcome
from monitoring.regional_fee.services import (
    OvertakenListError,
    SentList,
    UnreadableListError,
    send_list,
    take_off_list,
)
from practices.models import Insurer, User
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db

Q2 = date(2024, 4, 1)
CODES = {"stays": "01000011", "leaves": "01000012", "new": "01000013", "follows": "01000014"}


@pytest.fixture
def actor(client: Client) -> User:
    user = factories.region_user(RegionRoleName.COORDINATOR)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


@pytest.fixture
def vgz() -> Insurer:
    """Two practices on the list since January."""
    insurer = factories.insurer("VGZ")
    for name, code in CODES.items():
        practice = factories.practice(code=code, name=name, slug=name)
        if name in ("stays", "leaves"):
            practice.fee_listings.create(insurer=insurer, from_on=date(2024, 1, 1))
    return insurer


def sent(
    content: bytes, insurer: Insurer, actor: User, *, day: date = Q2, name: str = "deelnemers.csv"
) -> SentList:
    return send_list(name=name, content=content, insurer=insurer, first_day=day, actor=actor)


def listing(name: str, insurer: str = "VGZ") -> list[tuple[date, date | None]]:
    rows = RegionalFeeListing.objects.filter(
        practice__code=CODES[name], insurer__name=insurer
    ).order_by("from_on")
    return list(rows.values_list("from_on", "until_on"))


def test_the_list_is_looked_at_before_it_is_stored_and_then_stored(
    client: Client, vgz: Insurer, actor: User
) -> None:
    upload = sent(b"AGB;naam\n1000011;blijft\n01000013;nieuw\n", vgz, actor).upload
    steps.read(upload_id=upload.pk)
    told = kept_outcome(upload.code)["listings"]
    assert (told["new"], told["ended"], told["unchanged"]) == (["new (VGZ)"], ["leaves (VGZ)"], 1)
    page = words(client.get(f"/regio/inlezen/{upload.code}/"))
    assert "New on the list 1: new (VGZ)" in page
    assert "deelnemers.csv" in page
    assert "regional_fee.csv" not in page
    assert "Off the list 1: leaves (VGZ)" in page
    assert listing("leaves") == [(date(2024, 1, 1), None)]

    outcome = kept_outcome(upload.code)
    client.post(f"/regio/inlezen/{upload.code}/", {"seen": outcome["version"]})
    steps.store(upload_id=upload.pk)
    assert listing("stays") == [(date(2024, 1, 1), None)]
    assert listing("leaves") == [(date(2024, 1, 1), date(2024, 3, 31))]
    assert listing("new") == [(Q2, None)]
    response = client.get(f"/regio/inlezen/{upload.code}/")
    assert (response.status_code, response.url) == (302, "/regio/regioprestatie/")


def test_a_follower_has_its_own_rows_in_the_same_list(vgz: Insurer, actor: User) -> None:
    cz = factories.insurer("CZ")
    follows = factories.practice(code="01000021")
    follows.fee_listings.create(insurer=cz, from_on=date(2024, 1, 1))
    content = b"practice,verzekeraar\n01000011,\n01000012,vgz\n01000012,cz\n"
    upload = sent(content, vgz, actor).upload
    steps.read(upload_id=upload.pk)
    told = kept_outcome(upload.code)["listings"]
    assert told["new"] == ["leaves (CZ)"]
    assert told["ended"] == [f"{follows.name} (CZ)"]
    assert told["unchanged"] == 2


def test_a_wrong_code_is_named_at_its_own_row_of_the_file(vgz: Insurer, actor: User) -> None:
    book = BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        for row, code in enumerate(["AGB-code", "01000011", "", "01000012", "09999999"]):
            sheet.write(row, 0, code)
    upload = sent(book.getvalue(), vgz, actor, name="Lijst Q2.xlsx").upload
    steps.read(upload_id=upload.pk)
    errors = kept_outcome(upload.code)["errors"]
    assert [(one["rows"], one["column"]) for one in errors] == [("5", "practice")]


def test_what_came_on_the_list_this_very_day_can_only_be_taken_off_by_hand(
    vgz: Insurer, actor: User
) -> None:
    late = factories.practice(code="01000031", name="Net nieuw")
    row = late.fee_listings.create(insurer=vgz, from_on=Q2)
    found = sent(b"agb\n01000011\n01000012\n", vgz, actor)
    assert found.kept == ("Net nieuw",)
    take_off_list(listing=row, last_day=date(2024, 3, 31), actor=actor)
    assert not RegionalFeeListing.objects.filter(practice=late).exists()


def test_the_last_day_can_be_changed_by_hand(client: Client, vgz: Insurer, actor: User) -> None:
    row = RegionalFeeListing.objects.get(practice__code=CODES["leaves"])
    address = f"/regio/regioprestatie/lijst/{row.pk}/eraf/"
    client.post(address, {"last_day": "2024-06-30"})
    assert listing("leaves") == [(date(2024, 1, 1), date(2024, 6, 30))]
    page = words(client.post(address, {"last_day": "morgen"}, follow=True))
    assert "Fill in the last day on the list" in page


def test_a_last_day_that_reaches_into_the_next_time_on_the_list_is_refused(
    client: Client, vgz: Insurer, actor: User
) -> None:
    row = RegionalFeeListing.objects.get(practice__code=CODES["leaves"])
    row.until_on = date(2024, 6, 30)
    row.save()
    row.practice.fee_listings.create(insurer=vgz, from_on=date(2025, 1, 1))
    address = f"/regio/regioprestatie/lijst/{row.pk}/eraf/"
    page = words(client.post(address, {"last_day": "2025-01-01"}, follow=True))
    assert "leaves comes on this list again on Jan. 1, 2025" in page
    assert listing("leaves") == [
        (date(2024, 1, 1), date(2024, 6, 30)), (date(2025, 1, 1), None),
    ]  # fmt: skip


def test_who_stands_on_the_list_twice_leaves_it_twice(vgz: Insurer, actor: User) -> None:
    """Spreadsheets may hold two rows that overlap."""
    practice = RegionalFeeListing.objects.get(practice__code=CODES["leaves"]).practice
    practice.fee_listings.create(insurer=vgz, from_on=date(2024, 2, 1))
    upload = sent(b"agb\n01000011\n", vgz, actor).upload
    steps.read(upload_id=upload.pk)
    assert kept_outcome(upload.code)["listings"]["ended"] == ["leaves (VGZ)"] * 2


def test_a_title_above_the_list_is_passed_over(vgz: Insurer, actor: User) -> None:
    book = BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        rows = [["Deelnemers regioprestatie"], [], ["Naam", "AGB-code"], ["", "01000011"]]
        for number, row in enumerate([*rows, ["", "09999999"]]):
            sheet.write_row(number, 0, row)
    upload = sent(book.getvalue(), vgz, actor, name="lijst.xlsx").upload
    steps.read(upload_id=upload.pk)
    errors = kept_outcome(upload.code)["errors"]
    assert [(one["rows"], one["column"]) for one in errors] == [("5", "practice")]


def test_a_second_sheet_with_something_in_it_is_named(
    client: Client, vgz: Insurer, actor: User
) -> None:
    book = BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        for codes in (["AGB-code", "01000011"], ["AGB-code", "01000012"]):
            workbook.add_worksheet().write_column(0, 0, codes)
    quarter = client.get("/regio/regioprestatie/lijst/").context["form"].fields["quarter"].initial
    file = SimpleUploadedFile("Lijst.xlsx", book.getvalue())
    asked = {"insurer": vgz.pk, "quarter": quarter, "spreadsheet": file}
    page = client.post("/regio/regioprestatie/lijst/", asked, follow=True)
    assert "1 other sheet with something in it is skipped." in words(page)


def test_a_list_of_nobody_is_refused(client: Client, vgz: Insurer, actor: User) -> None:
    quarter = client.get("/regio/regioprestatie/lijst/").context["form"].fields["quarter"].initial
    asked = {"insurer": vgz.pk, "quarter": quarter}
    file = SimpleUploadedFile("lijst.csv", b"agb;naam\n")
    page = client.post("/regio/regioprestatie/lijst/", asked | {"spreadsheet": file})
    assert "There is no practice in this file" in words(page)


def test_an_insurer_that_is_not_known_is_refused_by_name(
    client: Client, vgz: Insurer, actor: User
) -> None:
    file = SimpleUploadedFile("lijst.csv", b"agb;verzekeraar\n01000011;VGZ\n01000012;VZG\n")
    quarter = client.get("/regio/regioprestatie/lijst/").context["form"].fields["quarter"].initial
    asked = {"insurer": vgz.pk, "quarter": quarter, "spreadsheet": file}
    page = words(client.post("/regio/regioprestatie/lijst/", asked))
    assert "These insurers are not known: row 3: VZG." in page
    assert not Insurer.objects.filter(name="VZG").exists()


def test_a_follower_of_which_the_file_says_nothing_is_named(
    client: Client, vgz: Insurer, actor: User
) -> None:
    cz, dsw = factories.insurer("CZ"), factories.insurer("DSW")
    practice = RegionalFeeListing.objects.get(practice__code=CODES["stays"]).practice
    practice.fee_listings.create(insurer=cz, from_on=date(2024, 1, 1))
    practice.fee_listings.create(insurer=dsw, from_on=date(2023, 1, 1), until_on=date(2024, 3, 31))
    assert sent(b"agb\n01000011\n", vgz, actor).silent == ("CZ",)
    assert sent(b"agb,insurer\n01000011,\n01000011,cz\n", vgz, actor).silent == ()
    assert sent(b"agb\n01000011\n", cz, actor).silent == ()


def test_an_earlier_quarter_than_the_last_list_is_refused(vgz: Insurer, actor: User) -> None:
    factories.practice(code="01000041", name="Later").fee_listings.create(
        insurer=vgz, from_on=date(2024, 7, 1)
    )
    with pytest.raises(OvertakenListError) as overtaken:
        sent(b"agb\n01000011\n", vgz, actor)
    assert overtaken.value.practices == ["Later"]


def test_a_file_that_is_no_table_is_refused(vgz: Insurer, actor: User) -> None:
    with pytest.raises(UnreadableListError):
        sent(b"", vgz, actor)


def test_the_page_says_what_is_wrong_and_keeps_what_was_chosen(
    client: Client, vgz: Insurer, actor: User
) -> None:
    page = client.get("/regio/regioprestatie/lijst/")
    assert page.context["form"]["insurer"].initial == vgz
    quarter = page.context["form"].fields["quarter"].choices[1][0]
    file = SimpleUploadedFile("lijst.csv", b"naam\nDe Linde\n")
    asked = {"insurer": vgz.pk, "quarter": quarter}
    page = client.post("/regio/regioprestatie/lijst/", asked | {"spreadsheet": file})
    assert "There is no column practice or AGB with codes in this file" in words(page)
    page = client.post("/regio/regioprestatie/lijst/", asked)
    assert "Choose the file with the list" in words(page)
    file = SimpleUploadedFile("lijst.csv", b"agb\n01000011\n")
    response = client.post("/regio/regioprestatie/lijst/", asked | {"spreadsheet": file})
    assert response.url.startswith("/regio/inlezen/")
