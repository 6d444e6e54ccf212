"""The pages of an upload, with the worker's steps run in between."""

import io
import os
import time
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from highusers import tasks
from highusers.models import Extract, ExtractImport
from highusers.services import read_extract
from highusers.texts import EXTRACT_HELP
from highusers.uploads import holding
from highusers.uploads.services import replaced_version
from practices.agreements import agree
from practices.models import AuditEvent, Employment, Norm, Practice, RegionText, User
from practices.states import ImportState, StaffRole
from tests import factories
from tests.highusers.extracts import NEXT_YEAR, YEAR, high_users, store, stored_contacts
from tests.highusers.imports.files import bsn, csv_of, day

pytestmark = pytest.mark.django_db

HEADER = ["Patnr", "Naam", "BSN", "Contacten"]
GOOD = csv_of([HEADER, ["1", "Jansen", bsn(1), "40"], ["2", "Pietersen", bsn(2), "3"]])
MIXED = csv_of([HEADER, ["1", "Jansen", bsn(1), "40"], ["2", "Pietersen", bsn(2), "=veel"]])


@pytest.fixture
def practice() -> Practice:
    return factories.practice()


@pytest.fixture
def manager(client: Client, practice: Practice) -> User:
    user = factories.staff_user(practice, StaffRole.MANAGER)
    agree(practice=practice, actor=user)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


def address(practice: Practice, step: str, upload: ExtractImport | None = None) -> str:
    code = f"{upload.code}/" if upload else ""
    return f"/praktijk/{practice.slug}/veelgebruikers/uitdraai/{code}{step}"


def send(
    client: Client,
    practice: Practice,
    content: bytes,
    name: str = "uitdraai.csv",
    period: tuple[object, object] = YEAR,
) -> ExtractImport:
    """Send a file and let the worker look at its columns."""
    data = {
        "extract": SimpleUploadedFile(name, content),
        "period_start": period[0],
        "period_end": period[1],
        "definition": "MTVP 2023",
    }
    response = client.post(address(practice, "bestand/"), data)
    assert response.status_code == 302, response.context["form"].errors
    upload = ExtractImport.objects.order_by("pk").last()
    assert response.url == address(practice, "kolommen/", upload)
    tasks.look_at_columns(upload.pk, "en")
    upload.refresh_from_db()
    return upload


def choose(client: Client, practice: Practice, upload: ExtractImport, **columns: object) -> str:
    """Choose the columns and let the worker read the rows; the check page."""
    chosen = {**shown(upload)["chosen"], **columns}
    response = client.post(address(practice, "kolommen/", upload), chosen)
    assert response.status_code == 302
    tasks.read_rows(upload.pk, "en")
    upload.refresh_from_db()
    return client.get(response.url).content.decode()


def confirm(client: Client, practice: Practice, upload: ExtractImport) -> str:
    """As a person does: look at the page, then press its button; the worker stores. The list."""
    page = client.get(address(practice, "bevestigen/", upload))
    replaces = {"replaces": page.context["replaces"]}
    response = client.post(address(practice, "bevestigen/", upload), replaces)
    assert response.url == address(practice, "bevestigen/", upload)
    tasks.store_upload(upload.pk, "en")
    upload.refresh_from_db()
    return client.get(response.url, follow=True).content.decode()


def shown(upload: ExtractImport) -> dict[str, Any]:
    return holding.kept_cells(upload.code)


def kept_files() -> list[str]:
    folder = settings.PRIVATE_DIR / "extracts"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_from_file_to_stored_extract(
    client: Client, practice: Practice, manager: User, django_capture_on_commit_callbacks: object
) -> None:
    upload = send(client, practice, MIXED)
    page = client.get(address(practice, "kolommen/", upload)).content.decode()
    assert "Never stored: Naam, BSN" in page
    assert "Jansen" not in page
    assert bsn(1) not in page
    page = choose(client, practice, upload)
    assert "In 1 of the 2 rows something is not right" in page
    assert "“=veel”" in page
    page = client.get(address(practice, "bevestigen/", upload)).content.decode()
    assert "This replaces" not in page
    with django_capture_on_commit_callbacks(execute=True):
        page = confirm(client, practice, upload)
    assert "The extract is stored. You can undo this until" in page
    extract = Extract.objects.get()
    assert (extract.patients, extract.high_users, extract.rejected_rows) == (1, 1, 1)
    assert extract.stored_by == manager
    assert stored_contacts(practice) == [40]
    assert kept_files() == []


def test_no_cell_of_the_file_enters_the_database_before_it_is_confirmed(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, MIXED)
    choose(client, practice, upload)
    written = str(ExtractImport.objects.values().get())
    for cell in ("Jansen", "Pietersen", bsn(1), "=veel"):
        assert cell not in written
    folder = settings.PRIVATE_DIR / "extracts"
    for name in kept_files():
        assert b"Jansen" not in (folder / name).read_bytes()
        assert (folder / name).stat().st_mode & 0o077 == 0


def test_the_rejected_rows_as_a_workbook_that_runs_no_formula(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, MIXED)
    choose(client, practice, upload)
    response = client.get(address(practice, "controle/rijen.xlsx", upload))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[3]] == [
        "Row in your file", "How to solve it", "Patnr", "Contacten",
    ]  # fmt: skip
    row, advice, patient, contacts = sheet[4]
    assert (row.value, patient.value, contacts.value) == (3, "2", "=veel")
    assert advice.value == "Contacten: Fill in a whole number at Contacten, for example 34."
    assert (contacts.data_type, patient.data_type) == ("s", "s")
    assert contacts.fill.fgColor.rgb == "FFF9D6D5"
    assert patient.fill.fgColor.rgb != contacts.fill.fgColor.rgb
    assert AuditEvent.objects.get(action="export").detail == {"rows": 1}


def test_a_wrong_kind_of_file_is_refused_in_words(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, b"%PDF-1.7 no table")
    assert upload.state == ImportState.REFUSED
    page = client.get(address(practice, "kolommen/", upload), follow=True).content.decode()
    assert "This file is not a table. Choose a file that ends in .xlsx or .csv." in page
    assert not Extract.objects.exists()


def test_an_empty_file_asks_for_another(client: Client, practice: Practice, manager: User) -> None:
    data = {"extract": SimpleUploadedFile("x.csv", b""), "period_start": YEAR[0],
            "period_end": YEAR[1], "definition": "MTVP 2023"}  # fmt: skip
    page = client.post(address(practice, "bestand/"), data).content.decode()
    assert "This file is empty. Choose a file with the extract." in page
    assert not ExtractImport.objects.exists()


def test_no_header_of_the_file_enters_the_database_unless_its_column_was_chosen(
    client: Client, practice: Practice, manager: User
) -> None:
    """A first line of data can pass for a header: "De Vries-Patient" is somebody's name."""
    header = ["Patnr", "De Vries-Patient", "Aantal contacten"]
    rows = csv_of([header, ["1", "x", "40"], ["2", "y", "3"]])
    upload = send(client, practice, rows)
    assert "De Vries-Patient" in client.get(address(practice, "kolommen/", upload)).content.decode()
    choose(client, practice, upload)
    assert "De Vries" not in written()
    confirm(client, practice, upload)
    assert "De Vries" not in written()
    assert "Aantal contacten" in written()
    refused = send(client, practice, csv_of([header, ["x", "y", "z"]]), period=NEXT_YEAR)
    tasks.read_rows(refused.pk, "en")
    refused.refresh_from_db()
    assert (refused.state, refused.mapping) == (ImportState.REFUSED, {})
    page = client.get(address(practice, "controle/", refused)).content.decode()
    assert "Check the columns: Patnr, De Vries-Patient, Aantal contacten." in page
    assert "De Vries" not in written()


def written() -> str:
    rows = [*ExtractImport.objects.values(), *Extract.objects.values()]
    return str([*rows, *AuditEvent.objects.values("object_id", "detail")])


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ("2023-02-30", "2024-03-31", "Fill in a first day that exists"),
        ("2023-04-01", "2023-03-31", "The last day lies before the first day"),
        ("2023-04-01", "2999-03-31", "The period is not over yet"),
        ("2023-04-01", "", "Fill in the last day of the period"),
    ],
)
def test_a_period_that_cannot_be(
    client: Client, practice: Practice, manager: User, start: str, end: str, message: str
) -> None:
    data = {"extract": SimpleUploadedFile("x.csv", GOOD), "period_start": start,
            "period_end": end, "definition": "MTVP 2023"}  # fmt: skip
    assert message in client.post(address(practice, "bestand/"), data).content.decode()
    assert not ExtractImport.objects.exists()


def test_a_period_of_another_length_is_warned_about_and_stored(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, GOOD, period=(YEAR[0], "2024-03-30"))
    assert "The period is not exactly 12 months" in choose(client, practice, upload)
    confirm(client, practice, upload)
    assert Extract.objects.get().warnings[0]["code"] == "period_length"


def test_no_usable_column_leads_back_to_the_columns(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, csv_of([["Patnr", "Aantal", "Plaats"], ["1", "veel", "X"]]))
    page = choose(client, practice, upload)
    assert "None of the 1 rows can be used" in page
    assert "Choose other columns" in page
    assert client.get(address(practice, "kolommen/", upload)).status_code == 200


def test_a_tie_is_settled_by_choosing(client: Client, practice: Practice, manager: User) -> None:
    rows = [["Patnr", "Contacten", "Aantal contacten"], ["1", "40", "5"], ["2", "3", "6"]]
    upload = send(client, practice, csv_of(rows))
    page = client.get(address(practice, "kolommen/", upload)).content.decode()
    assert "More than one column can be" in page
    choose(client, practice, upload, total=2)
    assert shown(upload)["summary"]["contacts"] == 11


def test_columns_chosen_on_screen_are_found_below_title_lines(
    client: Client, practice: Practice, manager: User
) -> None:
    rows = [["Overzicht", "", "", ""], HEADER, ["1", "Jansen", bsn(1), "40"]]
    upload = send(client, practice, csv_of(rows))
    choose(client, practice, upload)
    assert (upload.state, upload.mapping["total"]) == (ImportState.ROWS, "Contacten")
    page = client.get(address(practice, "kolommen/", upload))
    assert page.context["form"]["total"].value() == "3"
    twice = [["Overzicht", "", ""], ["Patnr", "Contacten", "Contacten"], ["1", "40", "5"]]
    upload = send(client, practice, csv_of(twice))
    choose(client, practice, upload, total=2)
    assert (shown(upload)["summary"]["contacts"], upload.mapping["total"]) == (5, 2)


def test_columns_without_patient_or_chosen_twice_are_errors(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, GOOD)
    page = client.post(address(practice, "kolommen/", upload), {"total": 3}).content.decode()
    assert "Choose the column with the patient number." in page
    twice = {"patient": 0, "total": 0}
    page = client.post(address(practice, "kolommen/", upload), twice).content.decode()
    assert "This column was chosen twice." in page


def test_next_year_the_columns_are_remembered(
    client: Client, practice: Practice, manager: User
) -> None:
    rows = [["Patnr", "Contacten", "Aantal contacten"], ["1", "40", "5"]]
    upload = send(client, practice, csv_of(rows))
    choose(client, practice, upload, total=2)
    confirm(client, practice, upload)
    ExtractImport.objects.all().delete()
    later = send(client, practice, csv_of(rows), period=NEXT_YEAR)
    assert later.state == ImportState.PARSING
    assert client.get(address(practice, "kolommen/", later)).url == address(
        practice, "controle/", later
    )
    tasks.read_rows(later.pk, "en")
    page = client.get(address(practice, "controle/", later)).content.decode()
    assert "Recognised: the same columns as last time." in page
    assert shown(later)["summary"]["mapping"]["total"] == "Aantal contacten"
    page = client.get(address(practice, "kolommen/", later))
    assert page.context["form"]["total"].value() == "2"


def test_other_columns_than_last_year_are_asked_again(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, csv_of([["Nummer", "Keren"], ["1", "40"]]))
    assert upload.state == ImportState.REFUSED
    upload = send(client, practice, GOOD)
    choose(client, practice, upload)
    confirm(client, practice, upload)
    later = send(client, practice, csv_of([["Patnr", "Totaal"], ["1", "5"]]), period=NEXT_YEAR)
    assert later.state == ImportState.COLUMNS
    page = client.get(address(practice, "kolommen/", later)).content.decode()
    assert "Recognised" not in page


def test_waiting_pages_refresh_with_and_without_scripts(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, GOOD)
    client.post(address(practice, "kolommen/", upload), shown(upload)["chosen"])
    ExtractImport.objects.update(rows_done=12_000, rows_total=187_000)
    page = client.get(address(practice, "controle/", upload)).content.decode()
    assert "Row 12,000 of 187,000" in page
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "Ask again" not in page
    ExtractImport.objects.update(heard_at=timezone.now() - timedelta(minutes=1))
    assert "Ask again" in client.get(address(practice, "controle/", upload)).content.decode()
    assert client.post(address(practice, "opnieuw/", upload)).status_code == 302


def test_the_file_page_leads_back_to_what_is_unfinished(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, GOOD)
    page = client.get(address(practice, "bestand/")).content.decode()
    assert address(practice, "kolommen/", upload) in page


def test_a_second_extract_of_the_period_says_what_it_replaces(
    client: Client, practice: Practice, manager: User
) -> None:
    store(practice, {"1": 50, "2": 60})
    upload = send(client, practice, GOOD)
    choose(client, practice, upload)
    page = client.get(address(practice, "bevestigen/", upload)).content.decode()
    assert "with 2 patients of whom 2 high users" in page
    confirm(client, practice, upload)
    assert stored_contacts(practice) == [3, 40]


def test_the_same_file_twice_says_so(client: Client, practice: Practice, manager: User) -> None:
    for _time in range(2):
        upload = send(client, practice, GOOD)
        choose(client, practice, upload)
        page = client.get(address(practice, "bevestigen/", upload)).content.decode()
        confirm(client, practice, upload)
    assert "Storing it again changes nothing." in page
    assert Extract.objects.count() == 1
    assert high_users(practice) == {"V-01": "1"}


def test_two_uploads_at_once_do_not_overwrite_each_other_unseen(
    client: Client, practice: Practice, manager: User
) -> None:
    first, second = (send(client, practice, GOOD) for _ in range(2))
    for upload in (first, second):
        choose(client, practice, upload)
    page = client.get(address(practice, "bevestigen/", second))
    confirm(client, practice, first)
    response = client.post(
        address(practice, "bevestigen/", second),
        {"replaces": page.context["replaces"]},
        follow=True,
    )
    assert "A colleague stored an extract of this period just now." in response.content.decode()
    second.refresh_from_db()
    assert second.state == ImportState.ROWS


def test_what_changed_while_it_waited_for_the_worker_is_shown_first(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, GOOD)
    choose(client, practice, upload)
    client.post(address(practice, "bevestigen/", upload), {"replaces": ""})
    store(practice, {"1": 99, "3": 4})
    tasks.store_upload(upload.pk, "en")
    upload.refresh_from_db()
    assert (upload.state, stored_contacts(practice)) == (ImportState.ROWS, [4, 99])
    page = client.get(address(practice, "bevestigen/", upload)).content.decode()
    assert "In the meantime something changed" in page
    assert "with 2 patients of whom 1 high users" in page
    assert shown(upload)["compared"]["patients"] == {
        "earlier": 2, "new": 1, "changed": 1, "gone": 1,
    }  # fmt: skip
    confirm(client, practice, upload)
    assert stored_contacts(practice) == [3, 40]


def test_another_threshold_than_the_person_saw_is_shown_first(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, GOOD)
    choose(client, practice, upload)
    client.post(address(practice, "bevestigen/", upload), {"replaces": ""})
    Norm.objects.filter(key="high_user_contacts").update(value=41)
    tasks.store_upload(upload.pk, "en")
    upload.refresh_from_db()
    assert (upload.state, shown(upload)["summary"]["high_users"]) == (ImportState.ROWS, 0)
    assert not Extract.objects.exists()


@pytest.mark.parametrize("how", ["left the practice", "lost the account"])
def test_who_may_no_longer_stores_nothing_any_more(
    client: Client, practice: Practice, manager: User, how: str
) -> None:
    upload = send(client, practice, GOOD)
    choose(client, practice, upload)
    client.post(address(practice, "bevestigen/", upload), {"replaces": ""})
    if how == "left the practice":
        Employment.objects.update(ended_on=timezone.localdate() - timedelta(days=1))
    else:
        User.objects.filter(pk=manager.pk).update(is_active=False)
    tasks.store_upload(upload.pk, "en")
    upload.refresh_from_db()
    assert (upload.state, Extract.objects.count()) == (ImportState.REFUSED, 0)
    assert shown(upload)["refusal"] == "You may no longer read in extracts for this practice."


def test_while_it_is_stored_the_page_waits_and_may_be_left(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, GOOD)
    choose(client, practice, upload)
    client.post(address(practice, "bevestigen/", upload), {"replaces": ""})
    page = client.get(address(practice, "bevestigen/", upload)).content.decode()
    assert "Your extract is being stored" in page
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    page = client.get(address(practice, "bestand/")).content.decode()
    assert address(practice, "kolommen/", upload) in page
    response = client.get(address(practice, "kolommen/", upload))
    assert response.url == address(practice, "bevestigen/", upload)


def test_a_file_with_nothing_to_check_goes_straight_to_its_confirmation(
    client: Client, practice: Practice, manager: User
) -> None:
    rows = [[str(number), "3"] for number in range(98)] + [["98", "40"], ["99", "50"]]
    data = csv_of([["Patnr", "Contacten"], *rows])
    upload = send(client, practice, data)
    assert "All 100 rows are good." in choose(client, practice, upload)
    confirm(client, practice, upload)
    later = send(client, practice, data, period=NEXT_YEAR)
    tasks.read_rows(later.pk, "en")
    response = client.get(address(practice, "controle/", later))
    assert response.url == address(practice, "bevestigen/", later)
    page = client.get(response.url).content.decode()
    assert "All 100 rows are good." in page
    assert "Choose other columns" in page
    assert "Compared with your extract from" in page


def test_rows_outside_the_period_are_no_good_rows(
    client: Client, practice: Practice, manager: User
) -> None:
    header = ["Patnr", "Contactdatum", "Soort contact"]
    rows = [["1", day(number), "Consult"] for number in (0, 1, 2, 400, 401)]
    page = choose(client, practice, send(client, practice, csv_of([header, *rows])))
    assert "3 rows are good and lie in the period." in page
    assert "All 5 rows" not in page
    page = choose(
        client, practice, send(client, practice, csv_of([header, *rows, ["1", "geen dag", ""]]))
    )
    assert "In 1 of the 6 rows something is not right." in page
    assert "Go on with 3 good rows" in page
    assert "Download 1 row (Excel)" in page


def test_a_file_of_another_period_is_stored_by_no_address(
    client: Client, practice: Practice, manager: User
) -> None:
    store(practice, {"1": 50, "2": 60})
    header = ["Patnr", "Contactdatum", "Soort contact"]
    rows = [["1", day(number), "Consult"] for number in (400, 401)]
    upload = send(client, practice, csv_of([header, *rows]))
    page = choose(client, practice, upload)
    assert "No contact lies in the period you chose." in page
    assert "bevestigen/" not in page
    last_step = address(practice, "bevestigen/", upload)
    assert client.get(last_step).url == address(practice, "controle/", upload)
    answer = client.post(last_step, {"replaces": replaced_version(upload)}, follow=True)
    assert "No contact lies in the period you chose." in answer.content.decode()
    assert stored_contacts(practice) == [50, 60]
    upload.refresh_from_db()
    assert upload.state == ImportState.ROWS


def test_the_definition_with_its_version_is_shown_and_stored(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, GOOD)
    choose(client, practice, upload)
    page = client.get(address(practice, "bevestigen/", upload)).content.decode()
    assert "MTVP 2023, version 1" in page
    assert "Does not count: repeat prescription, administration, laboratory" in page
    assert "MTVP 2023, version 1" in confirm(client, practice, upload)
    extract = Extract.objects.get()
    assert (extract.definition, extract.definition_version) == ("MTVP 2023", 1)


def test_the_help_page_is_the_regions_own_text(
    client: Client, practice: Practice, manager: User
) -> None:
    address_of_help = address(practice, "hulp/")
    assert address_of_help in client.get(address(practice, "bestand/")).content.decode()
    assert "Zo maakt u een uitdraai" in client.get(address_of_help).content.decode()
    RegionText.objects.create(
        key=EXTRACT_HELP, version=1, title="Anders", body="Vraag **ons**.", saved_by=manager
    )
    page = client.get(address_of_help).content.decode()
    assert "<h1>Anders</h1>" in page
    assert "<strong>ons</strong>" in page


def test_pressing_twice_stores_once(client: Client, practice: Practice, manager: User) -> None:
    upload = send(client, practice, GOOD)
    choose(client, practice, upload)
    for _time in range(2):
        client.post(address(practice, "bevestigen/", upload), {"replaces": ""})
        tasks.store_upload(upload.pk, "en")
        tasks.store_upload(upload.pk, "en")
    assert AuditEvent.objects.filter(object_type="highusers.extract").count() == 1


def test_an_upload_expires_after_an_hour(client: Client, practice: Practice, manager: User) -> None:
    upload = send(client, practice, GOOD)
    choose(client, practice, upload)
    assert upload.mapping["total"] == "Contacten"
    ExtractImport.objects.update(expires_at=timezone.now())
    tasks.expire_uploads()
    upload.refresh_from_db()
    assert (upload.state, upload.mapping, kept_files()) == (ImportState.EXPIRED, {}, [])
    page = client.get(address(practice, "kolommen/", upload), follow=True).content.decode()
    assert "it is kept for one hour" in page
    tasks.read_rows(upload.pk, "en")
    upload.refresh_from_db()
    assert upload.state == ImportState.EXPIRED


def test_a_forgotten_file_goes_whatever_the_database_says() -> None:
    holding.keep_file("oud", b"inhoud")
    path = settings.PRIVATE_DIR / "extracts" / "oud.file"
    an_hour_ago = time.time() - 3601
    os.utime(path, (an_hour_ago, an_hour_ago))
    tasks.expire_uploads()
    assert kept_files() == []


def test_choosing_another_file_lets_this_one_go(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, GOOD)
    choose(client, practice, upload)
    client.post(address(practice, "weg/", upload))
    upload.refresh_from_db()
    assert (upload.state, upload.mapping, kept_files()) == (ImportState.CANCELLED, {}, [])


def test_what_is_stored_is_not_cancelled_any_more(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, GOOD)
    choose(client, practice, upload)
    confirm(client, practice, upload)
    page = client.post(address(practice, "weg/", upload), follow=True).content.decode()
    assert "Nothing was stored" not in page
    assert "The extract is stored." in page
    upload.refresh_from_db()
    assert upload.state == ImportState.STORED


def test_a_cancelled_upload_leaves_nothing_that_a_late_worker_brings_back(
    client: Client, practice: Practice, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = send(client, practice, GOOD)
    client.post(address(practice, "kolommen/", upload), shown(upload)["chosen"])
    read = read_extract

    def cancelled_meanwhile(**asked: Any) -> Any:
        client.post(address(practice, "weg/", upload))
        return read(**asked)

    monkeypatch.setattr("highusers.services.read_extract", cancelled_meanwhile)
    tasks.read_rows(upload.pk, "en")
    upload.refresh_from_db()
    assert (upload.state, kept_files()) == (ImportState.CANCELLED, [])


def test_a_fault_of_ours_leaves_nobody_waiting(
    client: Client, practice: Practice, manager: User
) -> None:
    upload = send(client, practice, GOOD)
    client.post(address(practice, "kolommen/", upload), shown(upload)["chosen"])
    ExtractImport.objects.update(mapping={"no such field": 1})
    with pytest.raises(ValueError, match="no such field"):
        tasks.read_rows(upload.pk, "en")
    page = client.get(address(practice, "controle/", upload)).content.decode()
    assert "Something went wrong on our side" in page


def test_only_the_sender_sees_an_upload(client: Client, practice: Practice, manager: User) -> None:
    upload = send(client, practice, GOOD)
    for practice_of_other in (practice, factories.practice()):
        client.force_login(factories.staff_user(practice_of_other))
        for step in ("kolommen/", "controle/", "bevestigen/", "controle/rijen.xlsx"):
            assert client.get(address(practice, step, upload)).status_code == 404


def test_an_assistant_uploads_nothing(client: Client, practice: Practice) -> None:
    client.force_login(factories.staff_user(practice, StaffRole.ASSISTANT))
    assert client.get(address(practice, "bestand/")).status_code == 403


def test_before_the_first_upload_the_practice_agrees(client: Client, practice: Practice) -> None:
    client.force_login(factories.staff_user(practice, StaffRole.MANAGER))
    response = client.get(address(practice, "bestand/"))
    assert response.status_code == 302
    assert response.url.startswith(f"/praktijk/{practice.slug}/verwerkersovereenkomst/")
