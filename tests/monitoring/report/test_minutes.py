"""The minutes of the yearly meeting, and how next year's report opens with them."""

from datetime import date

import pytest
from django.test import Client
from pypdf import PdfReader

from monitoring.models import MeetingAgreement, YearMeeting
from monitoring.report.build import build_report
from monitoring.report.document import document_of
from monitoring.report.files import font_folder
from monitoring.report.forms import CorrectionForm
from monitoring.report.minutes import services
from monitoring.report.slides.deck import slides_of
from monitoring.report.states import AgreementState
from mtvp.documents.slides import write_slides
from practices.models import AuditEvent, User
from practices.states import AuditAction, RegionRoleName
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db

YEAR = 2023
ADDRESS = f"/regio/jaarverslag/{YEAR}/overleg/"
MINUTES = {
    "held_on": date(2024, 4, 2),
    "insurers": "CZ: inkoper",
    "delegation": "twee huisartsen",
    "adjustments": "De trainingen beginnen eerder.",
    "signed_off_on": date(2024, 5, 2),
    "signed_off_by": "CZ, VGZ en PrimaCura",
}


@pytest.fixture
def coordinator() -> User:
    factories.cohort()
    return factories.region_user(RegionRoleName.COORDINATOR)


@pytest.fixture
def agreement(coordinator: User) -> MeetingAgreement:
    services.write(year=YEAR, fields=MINUTES, actor=coordinator)
    return services.agree(
        year=YEAR, text="CZ vertelt het verzekerden.", owner="CZ", due_on=None, actor=coordinator
    )


def test_minutes_open_the_next_report_once_signed_off(
    agreement: MeetingAgreement, coordinator: User
) -> None:
    insurer = factories.insurer("CZ")
    assert build_report(year=YEAR + 1, insurer=insurer, appendix=False).meeting is None
    services.close(year=YEAR, actor=coordinator)
    services.settle(
        agreement=agreement, state=AgreementState.NOT_DONE, outcome="Nog niet.", actor=coordinator
    )
    report = build_report(year=YEAR + 1, insurer=insurer, appendix=False)
    assert report.meeting is not None
    assert report.meeting.adjustments == "De trainingen beginnen eerder."
    told = [(one.text, one.owner, one.state, one.outcome) for one in report.meeting.agreements]
    assert told == [("CZ vertelt het verzekerden.", "CZ", "not_done", "Nog niet.")]
    rows = [table.rows for _section, table in document_of(report, draft=True).tables()]
    assert rows[0][0][0] == "CZ vertelt het verzekerden." or any(
        row[0] == "CZ vertelt het verzekerden." for table in rows for row in table
    )
    assert build_report(year=YEAR, insurer=insurer, appendix=False).meeting is None


def test_signed_off_minutes_do_not_change(agreement: MeetingAgreement, coordinator: User) -> None:
    services.close(year=YEAR, actor=coordinator)
    with pytest.raises(services.ClosedError):
        services.write(year=YEAR, fields={"adjustments": "Anders"}, actor=coordinator)
    with pytest.raises(services.ClosedError):
        services.agree(year=YEAR, text="Nog iets", owner="VGZ", due_on=None, actor=coordinator)
    with pytest.raises(services.ClosedError):
        services.take_back(agreement=agreement, actor=coordinator)


def test_minutes_without_date_or_names_are_not_signed_off(coordinator: User) -> None:
    services.write(year=YEAR, fields={"held_on": date(2024, 4, 2)}, actor=coordinator)
    with pytest.raises(services.NotCompleteError):
        services.close(year=YEAR, actor=coordinator)


def test_the_pages_write_add_and_sign_off(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    typed = {name: str(value) for name, value in MINUTES.items()}
    client.post(ADDRESS, typed)
    client.post(f"{ADDRESS}afspraak/", {"text": "Bellen", "owner": "VGZ", "due_on": "2024-06-01"})
    client.post(f"{ADDRESS}akkoord/")
    meeting = YearMeeting.objects.get()
    assert meeting.closed_by == coordinator
    assert [(one.owner, one.due_on) for one in meeting.agreements.all()] == [
        ("VGZ", date(2024, 6, 1))
    ]
    late = client.post(ADDRESS, typed | {"held_on": "2999-01-01"})
    assert "held_on" in late.context["form"].errors
    pdf = client.get(f"{ADDRESS}pdf")
    assert pdf.content.startswith(b"%PDF")
    assert AuditEvent.objects.filter(action=AuditAction.EXPORT, actor=coordinator.pk).exists()


def test_a_field_saves_itself_and_leaves_those_of_a_colleague(
    client: Client, coordinator: User
) -> None:
    client.force_login(coordinator)
    client.cookies["mtvp_language"] = "en"
    services.write(year=YEAR, fields=MINUTES, actor=coordinator)
    said = client.post(ADDRESS, {"discussed": "De uitrol."}, headers={"hx-request": "true"})
    assert words(said).startswith("Saved ")
    meeting = YearMeeting.objects.get()
    assert (meeting.discussed, meeting.delegation) == ("De uitrol.", "twee huisartsen")
    late = client.post(ADDRESS, {"held_on": "2999-01-01"}, headers={"hx-request": "true"})
    assert words(late) == "Not saved yet: Fill in a date that is not in the future"
    assert YearMeeting.objects.get().held_on == MINUTES["held_on"]


def test_a_citizen_service_number_is_refused_in_every_box_of_words(
    client: Client, coordinator: User
) -> None:
    client.force_login(coordinator)
    number, typed = "Van 111222333", {name: str(value) for name, value in MINUTES.items()}
    page = client.post(ADDRESS, typed | {"discussed": number})
    assert list(page.context["form"].errors) == ["discussed"]
    said = {"text": number, "owner": number, "due_on": ""}
    page = client.post(f"{ADDRESS}afspraak/", said)
    assert sorted(page.context["agreement_form"].errors) == ["owner", "text"]
    assert not CorrectionForm({"reason": number}).is_valid()
    assert not MeetingAgreement.objects.exists()


def test_signing_off_keeps_what_stands_in_the_boxes(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    client.post(f"{ADDRESS}akkoord/", {"discussed": "De uitrol."})
    meeting = YearMeeting.objects.get()
    assert (meeting.discussed, meeting.closed_at) == ("De uitrol.", None)
    client.post(f"{ADDRESS}akkoord/", {name: str(value) for name, value in MINUTES.items()})
    assert YearMeeting.objects.get().closed_by == coordinator


def test_slides_are_pages_of_a_screen_s_shape(
    agreement: MeetingAgreement, coordinator: User, tmp_path
) -> None:
    services.close(year=YEAR, actor=coordinator)
    factories.practice(start_on=date(YEAR, 4, 1))
    report = build_report(year=YEAR + 1, insurer=factories.insurer("CZ"), appendix=False)
    content = write_slides(slides_of(report, draft=True), fonts=font_folder())
    again = write_slides(slides_of(report, draft=True), fonts=font_folder())
    assert content == again
    path = tmp_path / "slides.pdf"
    path.write_bytes(content)
    pages = PdfReader(path).pages
    assert 4 <= len(pages) <= 9
    boxes = {round(float(page.mediabox.width / page.mediabox.height), 2) for page in pages}
    assert boxes == {1.78}
    assert "CZ vertelt het verzekerden." in " ".join(page.extract_text() for page in pages)
