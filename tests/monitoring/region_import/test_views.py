"""The coordinator's pages."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from monitoring.region_import import views
from practices.models import AuditEvent, Cohort, Practice, User
from practices.states import AuditAction, AuditOutcome, RegionRoleName, StaffRole
from tests import factories
from tests.monitoring.region_import.region_files import COHORTS, PRACTICES, files

pytestmark = pytest.mark.django_db

PAGE = "/regio/inlezen/"


@pytest.fixture
def coordinator(client: Client) -> User:
    user = factories.region_user(RegionRoleName.COORDINATOR)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


def upload(client: Client, *named: tuple[str, bytes]) -> str:
    """The address of the preview."""
    spreadsheets = [SimpleUploadedFile(name, content) for name, content in named]
    response = client.post(PAGE, {"spreadsheets": spreadsheets})
    assert response.status_code == 302, response.context["form"].errors
    return response.url


def kept() -> list[object]:
    folder = settings.PRIVATE_DIR / "region"
    return list(folder.iterdir()) if folder.exists() else []


def test_files_are_looked_at_confirmed_and_stored(client: Client, coordinator: User) -> None:
    address = upload(client, *files(cohorts=COHORTS, practices=PRACTICES))
    page = client.get(address).content.decode()
    assert "practices.csv" in page
    assert "Store everything" in page
    assert Practice.objects.count() == 0
    response = client.post(address, follow=True)
    assert "Stored: 3 rows are new, 0 changed and 0 as they were." in response.content.decode()
    assert (Practice.objects.count(), kept()) == (2, [])
    event = AuditEvent.objects.get(object_type="region_import")
    assert (event.actor, event.role, event.outcome) == (
        coordinator,
        RegionRoleName.COORDINATOR,
        AuditOutcome.DONE,
    )


def test_a_zip_is_as_good_as_its_files(client: Client, coordinator: User) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("regio/cohorts.csv", COHORTS.strip())
    address = upload(client, ("regio.zip", packed.getvalue()))
    client.post(address)
    assert Cohort.objects.count() == 1


def test_errors_are_shown_at_their_place_and_cannot_be_confirmed(
    client: Client, coordinator: User
) -> None:
    bad = PRACTICES.replace("Goirle,1", "Goirle,8").replace("De Linde", "")
    address = upload(client, *files(cohorts=COHORTS, practices=bad))
    response = client.get(address)
    page = response.content.decode()
    assert "In 2 places something is not right." in page
    assert "<title>Error:" in page
    assert "There is no cohort with this number." in page
    assert "Store everything" not in page
    assert [(row.file, row.errors) for row in response.context["files"]] == [
        ("cohorts.csv", 0),
        ("practices.csv", 2),
    ]
    refused = client.post(address)
    assert (refused.status_code, Cohort.objects.count()) == (422, 0)
    assert AuditEvent.objects.get(object_type="region_import").outcome == AuditOutcome.REFUSED


def test_many_errors_are_cut_off_and_counted(
    client: Client, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SHOWN", 2)
    rows = "\n".join(f"01000001,2024Q{n},CZ,1" for n in (5, 6, 7))
    text = f"practice,quarter,insurer,patients\n{rows}"
    response = client.get(upload(client, *files(panels=text)))
    assert "The first 2 of 6." in response.content.decode()
    assert len(response.context["errors"]) == 2


def test_what_is_stored_already_has_nothing_to_confirm(client: Client, coordinator: User) -> None:
    client.post(upload(client, *files(cohorts=COHORTS)))
    page = client.get(upload(client, *files(cohorts=COHORTS))).content.decode()
    assert "Nothing would change" in page
    assert "Store everything" not in page


def test_files_can_be_thrown_away(client: Client, coordinator: User) -> None:
    address = upload(client, *files(cohorts=COHORTS))
    assert client.get(f"{address}weg/").status_code == 405
    client.post(f"{address}weg/")
    assert (kept(), Cohort.objects.count()) == ([], 0)
    response = client.post(address, follow=True)
    assert "no longer here" in response.content.decode()


def test_files_of_somebody_else_are_out_of_reach(client: Client, coordinator: User) -> None:
    address = upload(client, *files(cohorts=COHORTS))
    colleague = Client()
    colleague.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    assert colleague.get(address).url == PAGE
    assert colleague.post(address).url == PAGE
    colleague.post(f"{address}weg/")
    assert (len(kept()), Cohort.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("regio.docx", b"x", "end in .csv, .xlsx or .zip"),
        ("regio.zip", b"x", "cannot be opened"),
        ("leeg.csv", b"", "empty"),
    ],
)
def test_another_kind_of_file_is_refused_at_the_field(
    client: Client, coordinator: User, name: str, content: bytes, message: str
) -> None:
    response = client.post(PAGE, {"spreadsheets": [SimpleUploadedFile(name, content)]})
    assert message in response.content.decode()
    assert kept() == []


def test_nothing_chosen_asks_for_a_file(client: Client, coordinator: User) -> None:
    page = client.post(PAGE).content.decode()
    assert "Choose one or more files." in page
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
