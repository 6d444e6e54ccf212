"""The coordinator's pages, with the worker's steps run in between."""

import io
import os
import time
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from monitoring.models import RegionUpload
from monitoring.region_import import holding, outcome, tasks, views
from monitoring.retention import delete_uploads
from monitoring.rights import held_on_person
from practices.held_files import KEPT_SECONDS
from practices.models import AuditEvent, Cohort, Practice, RegionRole, User
from practices.states import AuditAction, AuditOutcome, ImportState, RegionRoleName, StaffRole
from tests import factories
from tests.monitoring.region_import.region_files import COHORTS, PRACTICES, STAFF, files, load

pytestmark = pytest.mark.django_db

PAGE = "/regio/inlezen/"
BASIS = files(cohorts=COHORTS, practices=PRACTICES)


@pytest.fixture
def coordinator(client: Client) -> User:
    user = factories.region_user(RegionRoleName.COORDINATOR)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


def send(client: Client, *named: tuple[str, bytes]) -> str:
    """Choose files; the address of their page, on which one waits for the worker."""
    spreadsheets = [SimpleUploadedFile(name, content) for name, content in named]
    response = client.post(PAGE, {"spreadsheets": spreadsheets})
    assert response.status_code == 302, response.context["form"].errors
    return response.url


def newest() -> RegionUpload:
    return RegionUpload.objects.latest("pk")


def read(client: Client, *named: tuple[str, bytes]) -> str:
    """Choose files and let the worker look at them; the address of their page."""
    address = send(client, *named)
    tasks.read_files(newest().pk, "en")
    return address


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def confirm(client: Client, address: str) -> str:
    """As a person does: look at the page, then press its button; the worker stores."""
    seen = client.get(address).context["shown"]["version"]
    assert client.post(address, {"seen": seen}).url == address
    tasks.store_files(newest().pk, "en")
    return client.get(address, follow=True).content.decode()


def kept() -> list[str]:
    folder = settings.PRIVATE_DIR / "region"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def imports() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(object_type="region_import"))


def test_files_are_looked_at_confirmed_and_stored(client: Client, coordinator: User) -> None:
    address = send(client, *BASIS, *files(staff=STAFF))
    assert "Your spreadsheets are being read" in page_of(client, address)
    tasks.read_files(newest().pk, "en")
    page = page_of(client, address)
    assert "practices.csv" in page
    assert "Store everything" in page
    assert (Practice.objects.count(), imports()) == (0, [])
    seen = client.get(address).context["shown"]["version"]
    client.post(address, {"seen": seen})
    assert "Your spreadsheets are being stored" in page_of(client, address)
    assert Practice.objects.count() == 0
    tasks.store_files(newest().pk, "en")
    page = client.get(address, follow=True).content.decode()
    assert "Stored: 5 rows are new, 0 changed and 0 as they were." in page
    assert (Practice.objects.count(), kept()) == (2, [])
    (event,) = imports()
    assert (event.actor, event.role, event.outcome) == (
        coordinator,
        RegionRoleName.COORDINATOR,
        AuditOutcome.DONE,
    )
    changed = AuditEvent.objects.filter(
        action=AuditAction.MEMBERSHIP, object_id="", actor=coordinator, role="coordinator"
    )
    found = set(changed.values_list("practice__code", "detail__new", "detail__consultant"))
    assert found == {("01000001", 2, 1)}


def test_a_zip_is_as_good_as_its_files(client: Client, coordinator: User) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("regio/cohorts.csv", COHORTS.strip())
    confirm(client, read(client, ("regio.zip", packed.getvalue())))
    assert Cohort.objects.count() == 1


def test_errors_are_shown_at_their_place_and_cannot_be_confirmed(
    client: Client, coordinator: User
) -> None:
    bad = PRACTICES.replace("Goirle,1", "Goirle,8").replace("De Linde", "")
    address = read(client, *files(cohorts=COHORTS, practices=bad))
    response = client.get(address)
    page = response.content.decode()
    assert "In 2 places something is not right." in page
    assert "<title>Error:" in page
    assert "There is no cohort with this number." in page
    assert "Store everything" not in page
    assert [(row["file"], row["errors"]) for row in response.context["shown"]["files"]] == [
        ("cohorts.csv", 0),
        ("practices.csv", 2),
    ]
    client.post(address, {"seen": "made up"})
    tasks.store_files(newest().pk, "en")
    assert (newest().state, Cohort.objects.count()) == (ImportState.ROWS, 0)
    assert [event.outcome for event in imports()] == [AuditOutcome.REFUSED]


def test_equal_errors_are_one_line_with_their_rows(client: Client, coordinator: User) -> None:
    rows = "\n".join(f"01000009,2024Q{1 + n % 4},Insurer {n},1" for n in range(94))
    text = f"practice,quarter,insurer,patients\n{rows}\n01000009,2024Q5,CZ,1"
    response = client.get(read(client, *files(panels=text)))
    assert [(one["column"], one["rows"]) for one in response.context["shown"]["errors"]] == [
        ("practice", "2-96"),
        ("quarter", "96"),
    ]
    page = response.content.decode()
    assert "In 96 places something is not right." in page
    assert page.count("There is no practice with this code") == 1


def test_many_different_errors_are_cut_off_and_counted(
    client: Client, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (outcome, views):
        monkeypatch.setattr(module, "SHOWN", 2)
    text = "practice,quarter,insurer,patients\n0100000,2024Q5,,x"
    page = page_of(client, read(client, *files(panels=text)))
    assert "The first 2 of 4." in page


def test_a_file_that_is_no_table_is_named_once(client: Client, coordinator: User) -> None:
    response = client.get(read(client, ("notities.csv", b"a,b\n1,2\n")))
    assert "None of these files is a table of the region" in response.content.decode()
    shown = response.context["shown"]
    assert [one["file"] for one in shown["warnings"]] == ["notities.csv"]
    assert [(one["file"], one["rows"]) for one in shown["files"]] == [("notities.csv", None)]


def test_what_is_stored_already_has_nothing_to_confirm(client: Client, coordinator: User) -> None:
    confirm(client, read(client, *files(cohorts=COHORTS)))
    page = page_of(client, read(client, *files(cohorts=COHORTS)))
    assert "Nothing would change" in page
    assert "Store everything" not in page


def test_what_changed_since_the_person_looked_is_shown_again(
    client: Client, coordinator: User
) -> None:
    address = read(client, *BASIS)
    load(cohorts=COHORTS)
    page = confirm(client, address)
    assert "In the meantime something changed" in page
    assert (Practice.objects.count(), newest().state) == (0, ImportState.ROWS)
    assert "2 changed" not in confirm(client, address)
    assert (Practice.objects.count(), newest().stored) == (
        2,
        {"new": 2, "changed": 0, "unchanged": 1},
    )


def test_confirming_twice_and_storing_twice_stores_once(client: Client, coordinator: User) -> None:
    address = read(client, *BASIS)
    seen = client.get(address).context["shown"]["version"]
    for _press in range(2):
        assert client.post(address, {"seen": seen}).url == address
    for _worker in range(2):
        tasks.store_files(newest().pk, "en")
    assert client.post(address, {"seen": seen}).url == address
    assert (Practice.objects.count(), len(imports()), kept()) == (2, 1, [])


def test_who_lost_the_role_stores_nothing_any_more(client: Client, coordinator: User) -> None:
    address = read(client, *BASIS)
    client.post(address, {"seen": client.get(address).context["shown"]["version"]})
    RegionRole.objects.filter(user=coordinator).delete()
    tasks.store_files(newest().pk, "en")
    assert (newest().state, Practice.objects.count()) == (ImportState.REFUSED, 0)
    told = holding.kept_outcome(newest().code)["refusal"]
    assert told == "You may no longer read in spreadsheets."


def test_files_can_be_thrown_away(client: Client, coordinator: User) -> None:
    address = read(client, *files(cohorts=COHORTS))
    assert client.get(f"{address}weg/").status_code == 405
    client.post(f"{address}weg/")
    assert (kept(), Cohort.objects.count()) == ([], 0)
    response = client.post(address, follow=True)
    assert "no longer here" in response.content.decode()


def test_files_of_somebody_else_are_out_of_reach(client: Client, coordinator: User) -> None:
    address = read(client, *files(cohorts=COHORTS))
    before = kept()
    colleague = Client()
    colleague.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    assert colleague.get(address).url == PAGE
    assert colleague.post(address).url == PAGE
    assert colleague.post(f"{address}opnieuw/").url == PAGE
    colleague.post(f"{address}weg/")
    assert (kept(), Cohort.objects.count(), newest().state) == (before, 0, ImportState.ROWS)
    assert newest().code not in page_of(colleague, PAGE)


def test_one_may_leave_and_come_back(client: Client, coordinator: User) -> None:
    address = send(client, *files(cohorts=COHORTS))
    assert address in page_of(client, PAGE)
    tasks.read_files(newest().pk, "en")
    assert address in page_of(client, PAGE)
    confirm(client, address)
    assert address not in page_of(client, PAGE)
    assert "Stored: 1 rows are new" in client.get(address, follow=True).content.decode()


def test_the_page_asks_again_when_nothing_is_heard(client: Client, coordinator: User) -> None:
    address = send(client, *files(cohorts=COHORTS))
    assert "This takes longer than usual" not in page_of(client, address)
    RegionUpload.objects.update(heard_at=timezone.now() - timedelta(minutes=1))
    page = page_of(client, address)
    assert "This takes longer than usual" in page
    assert f'action="{address}opnieuw/"' in page
    assert client.post(f"{address}opnieuw/").url == address


def test_the_same_files_are_looked_at_anew_when_asked(client: Client, coordinator: User) -> None:
    address = read(client, *files(staff=STAFF))
    assert "There is no practice with this code" in page_of(client, address)
    load(cohorts=COHORTS, practices=PRACTICES)
    client.post(f"{address}opnieuw/")
    assert newest().state == ImportState.UPLOADED
    tasks.read_files(newest().pk, "en")
    assert "Store everything" in page_of(client, address)


def test_a_waiting_page_is_sent_on_by_htmx(client: Client, coordinator: User) -> None:
    address = read(client, *files(cohorts=COHORTS))
    confirm(client, address)
    response = client.get(address, headers={"hx-request": "true"})
    assert response["HX-Redirect"] == PAGE


def test_after_an_hour_it_is_over(client: Client, coordinator: User) -> None:
    address = read(client, *files(cohorts=COHORTS))
    RegionUpload.objects.update(expires_at=timezone.now())
    tasks.expire_uploads()
    assert (newest().state, kept()) == (ImportState.EXPIRED, [])
    assert "no longer here" in client.get(address, follow=True).content.decode()


def test_old_files_go_whatever_the_database_says(client: Client, coordinator: User) -> None:
    address = read(client, *files(cohorts=COHORTS))
    long_ago = time.time() - KEPT_SECONDS - 1
    for name in kept():
        os.utime(settings.PRIVATE_DIR / "region" / name, (long_ago, long_ago))
    tasks.expire_uploads()
    assert kept() == []
    assert "no longer here" in client.post(address, follow=True).content.decode()


def test_that_somebody_sent_files_is_held_for_thirty_days(
    client: Client, coordinator: User
) -> None:
    send(client, *files(cohorts=COHORTS))
    (held,) = held_on_person(None, coordinator)["spreadsheets_read_in"]
    assert held == {"created_at": newest().created_at}
    today = timezone.localdate()
    assert delete_uploads(today + timedelta(days=30)) == 0
    assert delete_uploads(today + timedelta(days=31)) == 1
    assert held_on_person(None, coordinator)["spreadsheets_read_in"] == []


def test_nothing_of_the_files_is_in_the_database(client: Client, coordinator: User) -> None:
    send(client, ("staff.csv", b"Jansen;Pietersen\n1;2\n"))
    tasks.read_files(newest().pk, "en")
    assert "jansen" not in str(RegionUpload.objects.values().get()).lower()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [("regio.docx", b"x", "end in .csv, .xlsx or .zip"), ("leeg.csv", b"", "empty")],
)
def test_another_kind_of_file_is_refused_at_the_field(
    client: Client, coordinator: User, name: str, content: bytes, message: str
) -> None:
    response = client.post(PAGE, {"spreadsheets": [SimpleUploadedFile(name, content)]})
    assert message in response.content.decode()
    assert kept() == []


def test_nothing_chosen_asks_for_a_file(client: Client, coordinator: User) -> None:
    page = client.post(PAGE).content.decode()
    assert "Choose one or more files" in page
    assert "Error:" in page


def test_only_who_may_import_gets_in(client: Client) -> None:
    assert client.get(PAGE).url.startswith("/accounts/login/")
    roles = set(RegionRoleName) - {RegionRoleName.COORDINATOR, RegionRoleName.INSURER_READER}
    outsiders = [factories.region_user(role) for role in sorted(roles)]
    reader = factories.region_user(RegionRoleName.INSURER_READER, factories.insurer())
    owner = factories.staff_user(factories.practice(), StaffRole.GP_OWNER)
    for user in (*outsiders, reader, owner):
        client.force_login(user)
        for address in (PAGE, f"{PAGE}abc/"):
            assert client.get(address).status_code == 403, user
            assert client.post(address).status_code == 403, user
    assert AuditEvent.objects.filter(action=AuditAction.DENIED).count() > 0


def test_the_columns_of_every_file_are_on_the_page(client: Client, coordinator: User) -> None:
    page = client.get(PAGE).content.decode()
    for word in ("regional_fee.csv", "information_meeting", "consultant_email", "in_use_from"):
        assert word in page
