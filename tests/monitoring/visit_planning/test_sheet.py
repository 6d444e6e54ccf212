"""The sheet for a visit: what stands on it, what never does, and all sheets of a week at once."""

from datetime import date, time
from io import BytesIO

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from highusers.models import Extract
from highusers.states import ExtractSource, PartnerKind
from interventions.models import PlanSection, PracticePlan, SectionText
from interventions.practice_plan.states import Field, Kind
from monitoring.bottlenecks.services import report_bottleneck
from monitoring.bottlenecks.states import BottleneckKind, Source, Weight
from monitoring.models import Visit, VisitAgreement, VisitAppointment, VisitReport
from monitoring.visit_planning.document import sheet_blocks, sheets_document
from monitoring.visit_planning.sheet import sheets
from mtvp.documents.model import Heading, Mark, Table, WriteOn
from practices.models import AuditEvent, Practice, User
from practices.programme_year import add_months
from practices.states import AuditAction, StaffRole
from tests import factories
from tests.monitoring.visit_planning import making
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def consultant() -> User:
    return making.consultant()


@pytest.fixture
def practice(consultant: User) -> Practice:
    return making.practice(consultant, name="De Linde", slug="de-linde", city="Goirle", begun=280)


def tables(practice: Practice) -> dict[str, Table]:
    """By the heading that stands above it, or its own title."""
    today = timezone.localdate()
    (sheet,) = sheets([practice], today)
    found, heading = {}, ""
    with translation.override("en"):
        blocks = sheet_blocks(sheet, today)
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text
        if isinstance(block, Table):
            found[block.title or heading] = block
    return found


def an_agreement(practice: Practice, **fields: object) -> VisitAgreement:
    visit = Visit.objects.create(practice=practice, held_on=making.in_days(-120))
    VisitReport.objects.create(visit=visit, number=1, contents="{}")
    now = timezone.now()
    return VisitAgreement.objects.create(
        **{
            "visit": visit,
            "field": f"f{visit.pk}",
            "version": "1",
            "what": "Bel de GGZ",
            "due_on": making.in_days(-5),
            "written_at": now,
        }
        | fields
    )


def an_extract(practice: Practice, high_users: int) -> None:
    last = date(timezone.localdate().year - 1, 12, 31)
    Extract.objects.create(
        practice=practice,
        period_start=add_months(last, -12).replace(day=1, month=1, year=last.year),
        period_end=last,
        source=ExtractSource.REGION,
        threshold=30,
        patients=2100,
        contacts=9000,
        high_users=high_users,
    )


def test_the_sheet_has_team_plan_agreements_and_bottlenecks(practice, consultant):
    doctor = making.owner(practice)
    factories.employment(practice=practice, role=StaffRole.ASSISTANT)
    plan = PracticePlan.objects.create(practice=practice, programme_year=1)
    section = PlanSection.objects.create(plan=plan, kind=Kind.TRIAGE)
    SectionText.objects.create(section=section, field=Field.DOING, text="Wij oefenen elke week.")
    an_agreement(practice, owner="De praktijk")
    report_bottleneck(
        practice=practice,
        partner=PartnerKind.MENTAL_HEALTH,
        kind=next(iter(BottleneckKind)),
        weight=Weight.BADLY,
        text="Wachttijd van een jaar",
        source=Source.PRACTICE,
        actor=doctor,
    )
    found = tables(practice)
    facts = dict(found["The practice"].rows)
    assert facts["Team"] == "1 × GP, practice owner, 1 × Assistant"
    assert facts["Whom to call"].startswith(f"{doctor.person.name}, GP, practice owner")
    assert "days left" in facts["Programme year"]
    assert [row[0] for row in found["The six obligations"].rows][1] == "Triage training"
    assert len(found["The six obligations"].rows) == 6
    ((what, who, _before, _made),) = found["Agreements that are still open"].rows
    assert (what, who) == ("Bel de GGZ", "De praktijk")
    ((_partner, text, _on, _doing),) = found["What the practice gets stuck on"].rows
    assert text == "Wachttijd van een jaar"
    today = timezone.localdate()
    with translation.override("en"):
        blocks = sheet_blocks(sheets([practice], today)[0], today)
    said = [getattr(block, "text", "") for block in blocks]
    assert "Plan: Wij oefenen elke week." in said
    assert sum(isinstance(block, WriteOn) for block in blocks) == 10


def test_figures_on_few_patients_are_hidden_as_in_the_overview(practice, consultant):
    others = [making.practice(consultant, begun=900) for _number in range(3)]
    Practice.objects.filter(pk=practice.pk).update(start_on=making.in_days(-700))
    practice.refresh_from_db()
    an_extract(practice, 7)
    for number, other in enumerate(others):
        an_extract(other, 40 + number)
    rows = tables(practice)["High users and contacts"].rows
    assert [row[2] for row in rows] == [Mark.HIDDEN]
    assert tables(others[2])["High users and contacts"].rows[0][2] == 42


def test_one_sheet_is_a_tagged_pdf_and_printing_is_noted(client, consultant, practice):
    making.invited(practice, consultant)
    client.force_login(consultant)
    assert "Print with room to write" in words(
        client.get(reverse("visit_sheet", args=["de-linde"]))
    )
    response = client.get(reverse("visit_sheet_pdf", args=["de-linde"]))
    document = pypdf.PdfReader(BytesIO(response.content))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = " ".join(page.extract_text() for page in document.pages)
    assert "De Linde" in text and "Wat patiënten" not in text
    event = AuditEvent.objects.get(action=AuditAction.PRINT)
    assert (event.object_type, event.practice) == ("visit_sheet", practice)


def test_all_visits_of_a_week_are_one_file_each_on_its_own_page(client, consultant, practice):
    monday = making.in_days(14 - timezone.localdate().weekday())
    other = making.practice(consultant, name="Korvel")
    not_hers = making.practice(making.consultant(name="Robin"), name="Reeshof")
    for number, one in enumerate((other, practice, not_hers)):
        VisitAppointment.objects.create(
            practice=one,
            consultant=one.consultant,
            held_on=monday.replace() if number else monday,
            starts_at=time(9 + number),
            ends_at=time(10 + number),
        )
    client.force_login(consultant)
    response = client.get(
        reverse("week_sheets_pdf", args=[making.in_days(16 - timezone.localdate().weekday())])
    )
    document = pypdf.PdfReader(BytesIO(response.content))
    pages = [page.extract_text() for page in document.pages]
    first = [number for number, text in enumerate(pages) if "Korvel" in text.split("\n\n")[0]]
    assert "Reeshof" not in " ".join(pages)
    assert first and first[0] == 0
    assert sum("De Linde\n" in text for text in pages) >= 1
    assert AuditEvent.objects.filter(action=AuditAction.PRINT).count() == 2
    for wrong in ("2030-13-01", "x", "0001-01-01", "9999-12-31"):
        assert client.get(reverse("week_sheets_pdf", args=[wrong])).status_code in (200, 404)


def test_a_week_without_visits_says_so():
    document = sheets_document([], "Week", timezone.localdate())
    assert len(document.blocks) == 1


def test_a_practice_that_did_not_begin_has_no_sheet(client, consultant):
    later = making.practice(consultant, begun=-20)
    client.force_login(consultant)
    page = client.get(reverse("visit_sheet", args=[later.slug]))
    assert "does not take part now" in words(page)
    assert client.get(reverse("visit_sheet_pdf", args=[later.slug])).status_code == 404
