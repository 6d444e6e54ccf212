"""Bottlenecks: reported, put together, taken up; who reads what."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from openpyxl import load_workbook

from highusers.states import PartnerKind
from monitoring.bottlenecks import facts, services
from monitoring.bottlenecks.rules import Problem
from monitoring.bottlenecks.services import BottleneckProblemError, Described
from monitoring.bottlenecks.states import (
    BottleneckKind,
    BottleneckState,
    ReportEvent,
    Source,
    Weight,
)
from monitoring.bottlenecks.told import news_of_bottlenecks
from monitoring.models import Bottleneck, StructuralBottleneck
from practices.models import AuditEvent
from practices.retention import delete_expired
from practices.rights.people import export_person
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
OWN, REGION = "/praktijk/de-linde/knelpunten/", "/regio/knelpunten/"


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def practice():
    return factories.practice(name="De Linde", slug="de-linde")


@pytest.fixture
def doctor(practice):
    return factories.staff_user(practice)


@pytest.fixture
def coordinator():
    return factories.region_user(RegionRoleName.COORDINATOR, name="Lotte Maas")


@pytest.fixture
def consultant(practice):
    found = factories.region_user(RegionRoleName.CONSULTANT)
    practice.consultant = found
    practice.save()
    return found


def typed(**other):
    return {
        "partner": PartnerKind.MENTAL_HEALTH,
        "kind": BottleneckKind.WAITING,
        "weight": "3",
        "text": "het duurt negen maanden",
        "partner_name": "",
        "looked": "",
    } | other


def reported(practice, actor, text="lang wachten", **other):
    return services.report_bottleneck(
        **{
            "practice": practice,
            "actor": actor,
            "text": text,
            "partner": PartnerKind.HOSPITAL,
            "kind": BottleneckKind.WAITING,
            "weight": Weight.CLEARLY,
            "source": Source.VISIT,
        }
        | other
    )


def described(title="Wachttijd", doing="", **other):
    return Described(
        **{
            "title": title,
            "partner": PartnerKind.HOSPITAL,
            "partner_name": "",
            "kind": BottleneckKind.WAITING,
            "doing": doing,
            "responsible": None,
        }
        | other
    )


def structural_of(*reports, actor, **other):
    return services.make_structural(chosen=reports, described=described(**other), actor=actor)


def elsewhere(name="Korvel", **other):
    """Another practice, and its doctor."""
    other_practice = factories.practice(name=name, slug=name.lower(), **other)
    return other_practice, factories.staff_user(other_practice)


def test_reported_on_a_phone_changed_withdrawn_and_put_back(client, practice, doctor):
    client.force_login(doctor)
    client.post(f"{OWN}nieuw/", typed())
    made = Bottleneck.objects.get()
    assert (made.practice, made.weight, made.source) == (practice, Weight.BADLY, Source.PRACTICE)
    assert (made.reported_by, made.on_behalf, made.state) == (doctor, False, BottleneckState.NEW)
    assert "het duurt negen maanden" in words(client.get(OWN))

    client.post(f"{OWN}{made.pk}/", typed(text="het duurt een jaar"))
    assert "het duurt een jaar" in words(client.get(OWN))

    client.post(f"{OWN}{made.pk}/intrekken/")
    made.refresh_from_db()
    assert made.withdrawn_at is not None
    assert "Put back" in words(client.get(OWN))
    client.post(f"{OWN}{made.pk}/intrekken/", {"back": "1"})
    assert [step.event for step in made.steps.all()] == [
        ReportEvent.REPORTED,
        ReportEvent.CHANGED,
        ReportEvent.WITHDRAWN,
        ReportEvent.PUT_BACK,
    ]
    about = AuditEvent.objects.filter(object_type="monitoring.bottleneck")
    assert set(about.values_list("practice", "actor")) == {(practice.pk, doctor.pk)}


def test_no_patient_stands_in_it(client, doctor):
    client.force_login(doctor)
    text = "mevrouw Jansen wacht al een jaar"
    response = client.post(f"{OWN}nieuw/", typed(text=text))
    assert "Can somebody be recognised?" in words(response)
    client.post(f"{OWN}nieuw/", typed(text="nummer 111222333", looked="nummer"))
    assert not Bottleneck.objects.exists()
    client.post(f"{OWN}nieuw/", typed(text=text, looked=response.context["form"].seen))
    assert Bottleneck.objects.get().text == text


def test_a_form_says_what_is_missing(client, doctor):
    client.force_login(doctor)
    shown = words(client.post(f"{OWN}nieuw/", typed(partner="", text="")))
    assert "Choose with whom." in shown
    assert "Say in a sentence what goes wrong." in shown


def test_on_behalf_of_the_practice(client, practice, consultant):
    client.force_login(consultant)
    client.post(f"{OWN}nieuw/", typed())
    assert Bottleneck.objects.get().on_behalf
    assert "on behalf of the practice" in words(client.get(OWN))
    assert AuditEvent.objects.get(object_type="monitoring.bottleneck").detail["on_behalf"] is True


def test_put_together_taken_up_and_solved(client, practice, doctor, coordinator):
    other, other_doctor = elsewhere()
    reports = [reported(practice, doctor), reported(other, other_doctor, "geheime woorden")]
    client.force_login(coordinator)
    response = client.post(f"{REGION}samen/", {"melding": [one.pk for one in reports]})
    form = {
        "title": "Lang wachten op de oogarts",
        "partner": PartnerKind.HOSPITAL,
        "kind": BottleneckKind.WAITING,
        "doing": "Wij spreken het ziekenhuis in mei.",
        "melding": [one.pk for one in reports],
        "looked": "",
    }
    assert "geheime woorden" in words(client.get(response.url))
    page = client.post(response.url, form).url
    found = StructuralBottleneck.objects.get()
    assert {one.state for one in Bottleneck.objects.all()} == {BottleneckState.GROUPED}
    client.post(page, {"state": "taken_up", "done": "Gebeld met de poli.", "looked": ""})
    client.post(page, {"state": "solved", "done": "", "looked": ""})
    said = [(step.state, step.done, step.by) for step in found.steps.all()]
    assert said == [
        (BottleneckState.GROUPED, "", coordinator),
        (BottleneckState.TAKEN_UP, "Gebeld met de poli.", coordinator),
        (BottleneckState.SOLVED, "", coordinator),
    ]

    client.force_login(doctor)
    shown = words(client.get(OWN))
    assert "Wij spreken het ziekenhuis in mei." in shown
    assert "Gebeld met de poli." in shown
    assert "geheime woorden" not in shown


def test_what_the_region_works_with_the_practice_changes_no_more(practice, doctor, coordinator):
    report = reported(practice, doctor)
    structural_of(report, actor=coordinator)
    with pytest.raises(BottleneckProblemError) as caught:
        services.withdraw_bottleneck(bottleneck=report, actor=doctor)
    assert caught.value.problems == [Problem.GROUPED]


def test_others_read_it_once_published_and_add_their_weight(client, practice, doctor, coordinator):
    other, other_doctor = elsewhere()
    found = structural_of(reported(other, other_doctor, "hun woorden"), actor=coordinator)
    client.force_login(doctor)
    assert "Wachttijd" not in words(client.get(OWN))
    assert client.post(f"{OWN}ook-hier/{found.pk}/", {"weight": "2"}).status_code == 404

    services.publish(structural=found, shown=True, actor=coordinator)
    shown = words(client.get(OWN))
    assert "Wachttijd" in shown
    assert "1 practice reported this" in shown
    assert "hun woorden" not in shown
    client.post(f"{OWN}ook-hier/{found.pk}/", {"weight": "3"})
    client.post(f"{OWN}ook-hier/{found.pk}/", {"weight": "1"})
    also = found.reports.get(practice=practice)
    assert (also.source, also.weight, also.text) == (Source.ALSO_HERE, Weight.BADLY, None)
    assert facts.structural_ones(TODAY())[0].practices == tuple(sorted([practice.pk, other.pk]))

    client.post(f"{OWN}{also.pk}/intrekken/")
    assert not found.reports.filter(practice=practice).exists()
    assert "We have this, too" in words(client.get(OWN))


def test_who_reported_does_not_say_so_again(practice, doctor, coordinator):
    found = structural_of(reported(practice, doctor), actor=coordinator)
    services.publish(structural=found, shown=True, actor=coordinator)
    with pytest.raises(BottleneckProblemError) as caught:
        services.say_also_here(structural=found, practice=practice, weight=1, actor=doctor)
    assert caught.value.problems == [Problem.REPORTED_ALREADY]


def test_taken_out_and_taken_apart(client, practice, doctor, coordinator):
    other, other_doctor = elsewhere()
    one, two = reported(practice, doctor), reported(other, other_doctor)
    found = structural_of(one, two, actor=coordinator)
    client.force_login(coordinator)
    client.post(f"{REGION}los/{one.pk}/")
    one.refresh_from_db()
    assert (one.state, one.grouped_at) == (BottleneckState.NEW, None)
    client.post(f"{REGION}structureel/{found.pk}/uiteen/")
    assert not StructuralBottleneck.objects.exists()
    assert {one.state for one in Bottleneck.objects.all()} == {BottleneckState.NEW}


def test_sent_twice_it_is_reported_once(client, practice, doctor):
    client.force_login(doctor)
    page = "/praktijk/de-linde/knelpunten/nieuw/"
    for text in ("lang wachten", "lang wachten", "geen plek"):
        assert client.post(page, typed(text=text)).status_code == 302
    assert [one.text for one in Bottleneck.objects.order_by("pk")] == ["lang wachten", "geen plek"]
    first = Bottleneck.objects.earliest("pk")
    services.withdraw_bottleneck(bottleneck=first, actor=doctor)
    client.post(page, typed(text="lang wachten"))
    assert Bottleneck.objects.standing().count() == 2


def test_sent_twice_it_is_put_together_once(client, practice, doctor, coordinator):
    report = reported(practice, doctor)
    client.force_login(coordinator)
    form = {
        "title": "Lang wachten",
        "partner": PartnerKind.HOSPITAL,
        "kind": BottleneckKind.WAITING,
        "melding": [report.pk],
        "looked": "",
    }
    first, second = (client.post(f"{REGION}structureel/nieuw/", form).url for _turn in range(2))
    assert first == second
    assert StructuralBottleneck.objects.count() == 1
    client.post(f"{REGION}structureel/nieuw/", form | {"title": "Iets anders"})
    assert StructuralBottleneck.objects.count() == 2
    report.refresh_from_db()
    assert report.structural.title == "Iets anders"


def test_what_was_taken_up_stays_on_file(practice, doctor, coordinator):
    found = structural_of(reported(practice, doctor), actor=coordinator)
    services.note_step(structural=found, state="taken_up", done="", actor=coordinator)
    with pytest.raises(BottleneckProblemError):
        services.dissolve(structural=found, actor=coordinator)


def test_nothing_new_is_no_step(practice, doctor, coordinator):
    found = structural_of(reported(practice, doctor), actor=coordinator)
    assert not services.note_step(structural=found, state="grouped", done="", actor=coordinator)
    assert found.steps.count() == 1


def test_a_report_says_something_or_belongs_to_what_is_published(practice, doctor):
    with pytest.raises(BottleneckProblemError) as caught:
        reported(practice, doctor, " ")
    assert caught.value.problems == [Problem.SAYS_NOTHING]
    with pytest.raises(IntegrityError), transaction.atomic():
        reported(practice, doctor, source=Source.ALSO_HERE)


def test_the_words_of_a_practice_are_encrypted_at_rest(practice, doctor):
    reported(practice, doctor, "mevrouw wacht", partner_name="Dokter Jansen")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, partner_name FROM monitoring_bottleneck")
        (stored,) = cursor.fetchall()
    assert not [said for said in stored if b"wacht" in bytes(said) or b"Jansen" in bytes(said)]
    assert Bottleneck.objects.get().text == "mevrouw wacht"


def test_a_consultant_sees_those_of_her_practices(client, practice, doctor, consultant):
    other, other_doctor = elsewhere()
    reported(practice, doctor, "van de linde")
    reported(other, other_doctor, "van korvel")
    client.force_login(consultant)
    shown = words(client.get(REGION))
    assert "van de linde" in shown
    assert "van korvel" not in shown
    assert 'name="melding"' not in client.get(REGION).content.decode()


def test_filters_stand_in_the_address(client, practice, doctor, coordinator):
    reported(practice, doctor, "over het ziekenhuis")
    reported(practice, doctor, "over de gemeente", partner=PartnerKind.MUNICIPALITY)
    structural_of(reported(practice, doctor, "al samen"), actor=coordinator)
    client.force_login(coordinator)
    shown = words(client.get(f"{REGION}?partner=municipality"))
    assert "over de gemeente" in shown
    assert "over het ziekenhuis" not in shown
    assert "al samen" not in words(client.get(f"{REGION}?stand=new"))
    assert "al samen" in words(client.get(f"{REGION}?stand=grouped"))
    assert "No report is like this." in words(client.get(f"{REGION}?soort=ict"))


def test_the_list_costs_the_same_queries_with_one_and_with_three(
    client, practice, doctor, coordinator, django_assert_num_queries
):
    for user, page, queries in ((coordinator, REGION, 11), (doctor, OWN, 12)):
        client.force_login(user)
        for more in (1, 2):
            for _number in range(more):
                structural_of(reported(practice, doctor), actor=coordinator)
            with django_assert_num_queries(queries):
                client.get(page)


def test_counts_per_partner_are_of_practices(client, practice, doctor, coordinator):
    other, other_doctor = elsewhere()
    for whose, actor in ((practice, doctor), (practice, doctor), (other, other_doctor)):
        reported(whose, actor)
    withdrawn = reported(practice, doctor, partner=PartnerKind.WELFARE)
    services.withdraw_bottleneck(bottleneck=withdrawn, actor=doctor)
    (counted,) = facts.counts_by_partner(TODAY())
    assert (counted.partner, counted.kind) == (PartnerKind.HOSPITAL, BottleneckKind.WAITING)
    assert (counted.practices, counted.reports) == (2, 3)
    client.force_login(coordinator)
    assert "2 practices: Hospital, Waiting time" in words(client.get(f"{REGION}partners/"))


def test_facts_are_as_of_a_day(practice, doctor, coordinator, django_assert_num_queries):
    report = reported(practice, doctor)
    found = structural_of(report, actor=coordinator, doing="Wij bellen.")
    services.note_step(structural=found, state="taken_up", done="Gebeld.", actor=coordinator)
    with django_assert_num_queries(3):
        (told,) = facts.structural_ones(TODAY())
    assert (told.state, told.doing, told.practices) == (
        BottleneckState.TAKEN_UP,
        "Wij bellen.",
        (practice.pk,),
    )
    assert [(done.on, done.text) for done in told.done] == [(TODAY(), "Gebeld.")]
    before = TODAY() - timedelta(days=1)
    assert facts.structural_ones(before) == facts.counts_by_partner(before) == []
    assert facts.structural_ones(TODAY(), practices=[]) == []


def test_open_ones_are_those_not_solved(practice, doctor, coordinator):
    report, other = reported(practice, doctor), reported(practice, doctor, weight=Weight.BADLY)
    assert [one.pk for one in facts.open_bottlenecks([practice.pk])[practice.pk]] == [
        other.pk,
        report.pk,
    ]
    found = structural_of(other, actor=coordinator)
    services.note_step(structural=found, state="solved", done="", actor=coordinator)
    assert [one.pk for one in facts.open_bottlenecks([practice.pk])[practice.pk]] == [report.pk]


def test_a_workbook_for_the_coordinator(client, practice, doctor, coordinator):
    structural_of(reported(practice, doctor, "=cmd()"), actor=coordinator, title="Wachttijd")
    client.force_login(coordinator)
    response = client.get("/regio/knelpunten.xlsx")
    book = load_workbook(BytesIO(response.content))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
    assert {"De Linde", "Wachttijd"} <= set(cells)
    assert AuditEvent.objects.filter(action="export", actor=coordinator).count() == 1


def test_who_reported_hears_what_became_of_it(practice, doctor, coordinator, consultant):
    report = reported(practice, doctor)
    for_them = reported(practice, consultant, on_behalf=True)
    found = structural_of(report, for_them, actor=coordinator)
    services.note_step(structural=found, state="taken_up", done="Gebeld.", actor=coordinator)
    told = [(item.user, item.values["bericht"]) for item in news_of_bottlenecks(TODAY())]
    assert told == [
        (doctor.pk, "Uw melding hoort nu bij dit knelpunt. PrimaCura kijkt wat eraan te doen is."),
        (doctor.pk, "PrimaCura heeft dit knelpunt opgepakt.\nGebeld."),
    ]
    assert not list(news_of_bottlenecks(TODAY() + timedelta(days=60)))


def test_somebody_who_left_hears_no_more_and_who_runs_the_account_does(practice, coordinator):
    assistant = factories.staff_user(practice, StaffRole.ASSISTANT)
    owner = factories.staff_user(practice)
    structural_of(reported(practice, assistant), actor=coordinator)
    assistant.person.employments.update(ended_on=TODAY() - timedelta(days=1))
    assert [item.user for item in news_of_bottlenecks(TODAY())] == [owner.pk]


def test_what_is_held_on_somebody(practice, doctor, coordinator):
    structural_of(reported(practice, doctor, "lang"), actor=coordinator)
    held = export_person(person=doctor.person, account=doctor, actor=doctor)
    assert [row["text"] for row in held["bottlenecks_reported"]] == ["lang"]
    region = export_person(person=None, account=coordinator, actor=coordinator)
    assert [row["title"] for row in region["structural_bottlenecks_made"]] == ["Wachttijd"]


def test_what_was_withdrawn_goes_after_a_year(practice, doctor):
    reported(practice, doctor)
    withdrawn = reported(practice, doctor)
    services.withdraw_bottleneck(bottleneck=withdrawn, actor=doctor)
    list(delete_expired(today=TODAY() + timedelta(days=365)))
    assert Bottleneck.objects.count() == 2
    list(delete_expired(today=TODAY() + timedelta(days=366)))
    assert Bottleneck.objects.get().withdrawn_at is None
