"""The pages of a plan: with and without htmx, for the practice and for its consultant."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from interventions.models import SectionComment
from interventions.practice_plan import services
from interventions.practice_plan.states import Field, Kind, PlanState
from practices.beside import mark_of
from practices.models import AuditEvent
from practices.programme_year import add_months
from practices.states import RegionRoleName
from tests import factories
from tests.interventions.practice_plan.plans import begun, colleague, said, section_of, write
from tests.pages import words

pytestmark = pytest.mark.django_db
AT = "/praktijk/linde/ons-plan"


@pytest.fixture
def consultant():
    return factories.region_user(RegionRoleName.CONSULTANT, name="Sanne de Wit")


@pytest.fixture
def practice(consultant):
    start = add_months(timezone.localdate(), -3)
    return factories.practice(slug="linde", consultant=consultant, start_on=start)


@pytest.fixture
def doctor(practice):
    return colleague(practice, "gp_owner", "Dokter Smit")


@pytest.fixture
def lotte(practice):
    return colleague(practice, "poh", "Lotte de Wit")


@pytest.fixture
def plan(practice, doctor):
    return begun(practice, doctor)


@pytest.fixture
def triage(plan):
    return section_of(plan, Kind.TRIAGE)


def signed_in(user) -> Client:
    client = Client()
    client.cookies["mtvp_language"] = "en"
    client.force_login(user)
    return client


def send(user, section, *, htmx="", based_on="", **texts):
    """A section as its form sends it; with the name of a field, as that field does."""
    seen = {f"seen_{name}": mark_of(based_on) for name in texts if name in list(Field)}
    headers = {"hx-request": "true"} if htmx else {}
    field = {"field": htmx} if htmx else {}
    address = f"{AT}/deel/{section.pk}/"
    return signed_in(user).post(address, texts | seen | field, headers=headers)


def test_without_a_plan_the_page_says_what_it_is_and_begins_it(practice, doctor):
    client = signed_in(doctor)
    page = words(client.get(f"{AT}/"))
    assert "Year 1 ·" in page
    assert "six sections" in page
    client.post(f"{AT}/1/beginnen/")
    page = words(client.get(f"{AT}/"))
    assert "1. Grip on high users" in page
    assert "6. Intervision" in page
    assert client.get(f"{AT}/3/").status_code == 404


def test_one_field_saves_itself_and_says_when(doctor, triage):
    answer = send(doctor, triage, htmx="doing", doing="Training", hope="blijft hier buiten")
    assert "Saved" in words(answer)
    texts = said(triage.plan, Kind.TRIAGE)
    assert (texts["doing"], texts["hope"]) == ("Training", "")


def test_without_javascript_one_clash_leaves_the_other_fields_saved(doctor, lotte, triage):
    write(triage, Field.DOING, "Van de dokter", doctor)
    page = words(
        send(lotte, triage, doing="Twee assistenten gaan", who="Lotte de Wit", hope="Rust")
    )

    assert "Your text " in page
    assert "Text of Dokter Smit" in page
    texts = said(triage.plan, Kind.TRIAGE)
    assert texts == {
        "doing": "Van de dokter",
        "who": "Lotte de Wit",
        "by_on": "",
        "hope": "Rust",
    }
    waiting = triage.texts.get(apart=True)
    assert waiting.text == "Twee assistenten gaan"
    # Whoever looks next sees both as well.
    page = words(signed_in(doctor).get(f"{AT}/1/"))
    assert "Text of Lotte de Wit" in page
    send_choice = {"way": "both", "now_doing": mark_of("Van de dokter")}
    signed_in(lotte).post(f"{AT}/tekst/{waiting.pk}/kiezen/", send_choice)
    assert said(triage.plan, Kind.TRIAGE)["doing"] == "Van de dokter\n\nTwee assistenten gaan"


def test_what_looks_like_a_patient_is_shown_first_and_a_number_is_refused(doctor, triage):
    text = "Mevrouw Jansen bellen"
    page = send(doctor, triage, htmx="doing", doing=text)
    assert "Not saved yet." in words(page)
    assert said(triage.plan, Kind.TRIAGE)["doing"] == ""
    looked = page.content.decode().split('name="looked_doing" value="')[1].split('"')[0]
    send(doctor, triage, htmx="doing", doing=text, looked_doing=looked)
    assert said(triage.plan, Kind.TRIAGE)["doing"] == text
    page = words(send(doctor, triage, hope="BSN 111222333"))
    assert "Not saved yet." in page
    assert "111222333" not in str(said(triage.plan, Kind.TRIAGE))


def test_a_day_that_does_not_exist_stays_in_its_box(doctor, triage):
    page = send(doctor, triage, by_on="2024-02-31", doing="Training").content.decode()
    assert "Fill in a date that exists" in page
    assert 'value="2024-02-31"' in page
    assert said(triage.plan, Kind.TRIAGE)["doing"] == "Training"


def test_handing_in_commenting_answering_and_agreeing(doctor, consultant, plan, triage):
    write(triage, Field.DOING, "Training", doctor)
    practice, region = signed_in(doctor), signed_in(consultant)
    practice.post(f"{AT}/1/stap/inleveren/")
    page = words(region.get(f"{AT}/1/"))
    assert "Give back with comments" in page
    region.post(f"{AT}/deel/{triage.pk}/opmerking/", {"text": "Wie gaat er?"})
    region.post(f"{AT}/1/consulent/terug/")
    page = words(practice.get(f"{AT}/1/"))
    assert "Sanne de Wit, PrimaCura" in page
    assert "Wie gaat er?" in page
    practice.post(f"{AT}/deel/{triage.pk}/antwoord/", {"text": "Iedereen"})
    send(doctor, triage, doing="Training voor allen", based_on="Training")
    practice.post(f"{AT}/1/stap/inleveren/")
    region.post(f"{AT}/1/consulent/akkoord/")
    plan.refresh_from_db()
    assert plan.state == PlanState.AGREED
    told = list(SectionComment.objects.values_list("text", "of_consultant"))
    assert told == [("Wie gaat er?", True), ("Iedereen", False)]
    page = practice.get(f"{AT}/1/versies/2/").content.decode()
    assert "<ins>" in page
    assert "voor allen" in page
    assert "Agreed by Dokter Smit and Sanne de Wit" in words(practice.get(f"{AT}/1/versies/2/"))
    assert "Version 1" in words(practice.get(f"{AT}/1/versies/"))


def test_the_consultant_writes_on_behalf_and_cannot_agree_for_the_practice(
    doctor, consultant, plan, triage
):
    send(consultant, triage, doing="Samen ingevuld")
    text = triage.texts.get(field="doing")
    assert (text.written_by, text.on_behalf) == (consultant, True)
    region = signed_in(consultant)
    region.post(f"{AT}/1/stap/inleveren/")
    assert region.post(f"{AT}/1/stap/akkoord/").status_code == 403
    region.post(f"{AT}/1/consulent/akkoord/")
    plan.refresh_from_db()
    assert plan.state == PlanState.HANDED_IN
    page = words(signed_in(doctor).get(f"{AT}/1/"))
    assert "on behalf of the practice" in page
    signed_in(doctor).post(f"{AT}/1/stap/akkoord/")
    plan.refresh_from_db()
    assert plan.state == PlanState.AGREED
    event = AuditEvent.objects.filter(object_type="interventions.plansection").first()
    assert event.detail["on_behalf"] is True


def test_without_a_consultant_the_coordinator_comments_and_agrees(practice, doctor, plan, triage):
    coordinator = signed_in(factories.region_user(RegionRoleName.COORDINATOR))
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    agree = f"{AT}/1/consulent/akkoord/"
    assert coordinator.post(agree).status_code == 403
    assert "I agree for PrimaCura" not in words(coordinator.get(f"{AT}/1/"))
    practice.consultant = None
    practice.save()
    assert "I agree for PrimaCura" in words(coordinator.get(f"{AT}/1/"))
    posted = {"text": "Mooi plan"}
    assert coordinator.post(f"{AT}/deel/{triage.pk}/opmerking/", posted).status_code == 302
    assert coordinator.post(agree).status_code == 302
    plan.refresh_from_db()
    assert plan.state == PlanState.AGREED
    officer = signed_in(factories.region_user(RegionRoleName.PRIVACY_OFFICER))
    assert officer.post(agree).status_code == 404


@pytest.mark.parametrize("why", ["account closed", "no consultant any more"])
def test_with_a_consultant_who_cannot_act_the_coordinator_agrees(practice, doctor, plan, why):
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    coordinator = signed_in(factories.region_user(RegionRoleName.COORDINATOR))
    reads = "the programme coordinator reads the plan and agrees to it"
    assert reads not in words(coordinator.get(f"{AT}/1/"))
    if why == "account closed":
        practice.consultant.is_active = False
        practice.consultant.save()
    else:
        practice.consultant.region_roles.all().delete()
    assert reads in words(coordinator.get(f"{AT}/1/"))
    assert "1 plan of a practice without a consultant" in words(coordinator.get("/regio/"))
    assert coordinator.post(f"{AT}/1/consulent/akkoord/").status_code == 302
    plan.refresh_from_db()
    assert plan.state == PlanState.AGREED


def test_a_consultant_of_others_finds_no_section_here(consultant, triage):
    other = factories.practice(slug="beuk", consultant=consultant)
    client = signed_in(consultant)
    address = f"/praktijk/{other.slug}/ons-plan"
    posted = {"text": "Mooi"}
    assert client.post(f"{address}/deel/{triage.pk}/opmerking/", posted).status_code == 404
    assert client.post(f"{address}/1/consulent/terug/").status_code == 404


def test_an_assistant_reads_and_does_not_write(practice, plan, triage):
    client = signed_in(colleague(practice, "assistant", "Sem"))
    page = client.get(f"{AT}/1/")
    assert "Hand in the plan" not in words(page)
    assert "<textarea" not in page.content.decode()
    assert client.post(f"{AT}/deel/{triage.pk}/", {"doing": "x"}).status_code == 403


def test_an_activity_of_ones_own_comes_and_goes(doctor, plan):
    client = signed_in(doctor)
    client.post(f"{AT}/1/erbij/", {"kind": "capacity"})
    made = section_of(plan, Kind.CAPACITY)
    assert "More capacity" in words(client.get(f"{AT}/1/"))
    client.post(f"{AT}/deel/{made.pk}/weg/")
    assert not plan.sections.filter(kind="capacity").exists()


def test_the_paper_says_the_same_and_is_a_draft_until_agreed(doctor, consultant, plan, triage):
    write(triage, Field.DOING, "Twee assistenten volgen de training.", doctor)
    write(triage, Field.WHO, "Dokter Smit", doctor)
    day = timezone.localdate() + timedelta(days=30)
    write(triage, Field.BY_ON, day.isoformat(), doctor)
    client = signed_in(doctor)

    def text() -> str:
        pages = PdfReader(io.BytesIO(client.get(f"{AT}/1/pdf/").content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    found = text()
    assert "Draft" in found
    assert "Twee assistenten volgen de training." in found
    assert "Dokter Smit" in found
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    services.agree(plan=plan, actor=consultant, for_practice=False)
    found = text()
    assert "Draft" not in found
    assert "Sanne de Wit" in found


def test_the_page_takes_as_many_queries_for_one_section_as_for_seven(
    doctor, plan, triage, django_assert_num_queries
):
    client = signed_in(doctor)
    client.get(f"{AT}/1/")
    with django_assert_num_queries(QUERIES):
        client.get(f"{AT}/1/")
    for kind in (Kind.HIGH_USERS, Kind.TRIAGE, Kind.LENGTHS):
        write(section_of(plan, kind), Field.DOING, "Iets", doctor)
    with django_assert_num_queries(QUERIES + 2):
        client.get(f"{AT}/1/")


QUERIES = 17
"""Two more, of who wrote, once anything is written."""
