"""The pages of planning visits: what they show, who gets in, and how many queries they take."""

from datetime import date, time, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.models import PlanVersion, PracticePlan
from interventions.practice_plan.states import PlanState
from monitoring.models import (
    QuestionnaireAnswer,
    Visit,
    VisitAgreement,
    VisitAppointment,
    VisitReport,
)
from monitoring.visit_planning import services
from monitoring.visit_planning.need import Why
from monitoring.visit_planning.states import AppointmentState
from monitoring.visits.states import VisitState
from practices.models import Practice, User
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.monitoring.visit_planning import making
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def consultant() -> User:
    return making.consultant(email="consulent@voorbeeld.example")


@pytest.fixture
def coordinator() -> User:
    return factories.region_user(RegionRoleName.COORDINATOR)


@pytest.fixture
def practice(consultant: User) -> Practice:
    return making.practice(consultant, name="De Linde", slug="de-linde", city="Goirle")


def queries(client, address: str) -> int:
    client.get(address)  # what is remembered per process, is
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_a_consultant_begins_at_today(client, consultant, practice):
    client.force_login(consultant)
    assert client.get("/").url == reverse("today")
    page = words(client.get(reverse("today")))
    assert "You visit nobody today." in page
    assert "No practice of yours needs help now. Well done." in page


def test_the_home_has_todays_visits_the_week_and_who_needs_help(client, consultant, practice):
    other = making.practice(consultant, name="Korvel", begun=300)
    now = timezone.localdate()
    for one, at in ((practice, time(13)), (other, time(15))):
        VisitAppointment.objects.create(
            practice=one,
            consultant=consultant,
            held_on=now,
            starts_at=at,
            ends_at=time(16, 30),
            place="Goirle",
            state=AppointmentState.CONFIRMED,
            replied_at=timezone.now(),
        )
    begun = VisitAppointment.objects.get(practice=other)
    begun.state = AppointmentState.HELD
    begun.save()
    visit = Visit.objects.create(
        practice=other,
        held_on=now,
        consultant=consultant,
        appointment=begun,
        state=VisitState.HELD,
        questions=1,
        begun_at=timezone.now(),
    )
    client.force_login(consultant)
    response = client.get(reverse("today"))
    assert [one.practice.name for one in response.context["visits"]] == ["De Linde", "Korvel"]
    content = response.content.decode()
    assert reverse("visit", args=[visit.code]) in content
    assert "Being filled in" in content
    assert reverse("visit_begin", args=["de-linde"]) in content
    assert reverse("week_sheets_pdf", args=[now - timedelta(days=now.weekday())]) in content
    # Korvel began 300 days ago: its obligations are at risk
    (needy,) = response.context["needy"]
    assert (needy.practice.name, [one.why for one in needy.reasons]) == ("Korvel", [Why.AT_RISK])
    assert "(1) Today" in content


def test_the_button_of_today_begins_the_visit_that_was_agreed(client, consultant, practice):
    agreed = VisitAppointment.objects.create(
        practice=practice,
        consultant=consultant,
        held_on=timezone.localdate(),
        starts_at=time(15),
        ends_at=time(16),
        place="Goirle",
        state=AppointmentState.CONFIRMED,
        replied_at=timezone.now(),
    )
    client.force_login(consultant)
    assert f'value="{agreed.code}"' in client.get(reverse("today")).content.decode()
    given = {"appointment": agreed.code, "held_on": agreed.held_on.isoformat()}
    response = client.post(reverse("visit_begin", args=[practice.slug]), given)
    begun = Visit.objects.get()
    assert response["Location"] == reverse("visit", args=[begun.code])
    assert begun.appointment == agreed


def test_need_is_sorted_and_each_has_one_action(client, consultant, practice):
    asks = making.practice(consultant, name="Vraagt", begun=30)
    appointment = making.invited(asks, consultant)
    services.ask_another(
        appointment=appointment, seen=0, reply="liever dinsdag", actor=making.owner(asks)
    )
    risky = making.practice(consultant, name="Let op", begun=300)
    plan = PracticePlan.objects.create(
        practice=practice, programme_year=1, state=PlanState.HANDED_IN
    )
    client.force_login(consultant)
    needy = client.get(reverse("today")).context["needy"]
    assert [one.practice.name for one in needy] == ["Let op", "Vraagt", "De Linde"]
    assert needy[0].lines[0].url == reverse("visit_invite", args=[risky.slug])
    assert needy[1].lines[0].url == reverse("visit_move", args=[asks.slug, appointment.code])
    assert needy[2].lines[0].url == reverse("practice_plan_year", args=["de-linde", 1])

    PlanVersion.objects.create(
        plan=plan,
        number=1,
        contents=[],
        handed_in_at=timezone.now(),
        consultant_agreed_at=timezone.now(),
    )
    needy = client.get(reverse("today")).context["needy"]
    assert [one.practice.name for one in needy] == ["Let op", "Vraagt"]


def test_own_agreements_and_visits_to_round_off_are_one_tap_away(client, consultant, practice):
    visit = Visit.objects.create(
        practice=practice,
        held_on=making.in_days(-9),
        state=VisitState.HELD,
        questions=1,
        begun_at=timezone.now(),
        consultant=consultant,
    )
    client.force_login(consultant)
    page = client.get(reverse("today"))
    assert reverse("visit", args=[visit.code]) in page.content.decode()
    VisitReport.objects.create(visit=visit, number=1, contents="{}")
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.SENT, read_back_at=timezone.now())
    agreement = VisitAgreement.objects.create(
        visit=visit,
        field="f1",
        version="1",
        what="Zoek een voorbeeld op",
        account=consultant,
        due_on=making.in_days(-1),
        written_at=timezone.now(),
    )
    page = client.get(reverse("today"))
    assert [one.what for one in page.context["agreements"]] == ["Zoek een voorbeeld op"]
    assert "1 is past its day" in words(page)
    VisitAgreement.objects.update(due_on=making.in_days(3))
    page = client.get(reverse("today"))
    assert "1 agreement of a visit is still open with the consultant." in words(page)
    assert "past its day" not in words(page)
    client.post(reverse("visit_agreement", args=["de-linde", agreement.pk]), {"done": "yes"})
    page = client.get(reverse("today"))
    assert (page.context["agreements"], page.context["needy"]) == ([], [])


def test_a_no_that_contradicts_the_figures_is_told(client, consultant):
    from interventions.models import ConsultationSchedule

    practice = making.practice(consultant, begun=380)
    ConsultationSchedule.objects.create(
        practice=practice, pattern="20 voor alles", in_use_from=making.in_days(-200)
    )
    QuestionnaireAnswer.objects.create(
        practice=practice,
        programme_year=1,
        answered_on=making.in_days(-2),
        plans_made=True,
        lasting_habit=True,
        flexible_in_use=False,
    )
    client.force_login(consultant)
    page = client.get(reverse("today"))
    assert "A 'no' in the questionnaire of year 1 contradicts the figures." in words(page)
    (one,) = page.context["needy"]
    assert one.lines[-1].url == reverse("questionnaire", args=[practice.slug, 1])


def test_the_list_for_planning_says_who_first_and_when(client, consultant, practice):
    soon = making.practice(consultant, name="Haast", begun=340)
    visited = making.practice(consultant, name="Bezocht", begun=200)
    half = making.practice(consultant, name="Zonder time-out", begun=200)
    Visit.objects.create(practice=visited, held_on=making.in_days(-10), time_out_discussed=True)
    Visit.objects.create(practice=half, held_on=making.in_days(-10), time_out_discussed=False)
    making.practice(consultant, name="Nog niet begonnen", begun=-10)
    client.force_login(consultant)
    response = client.get(reverse("visit_planning"))
    groups = {
        name: [row.practice.name for row in rows] for _s, name, rows in response.context["groups"]
    }
    assert groups == {"To plan": ["Haast", "Zonder time-out", "De Linde"], "Visited": ["Bezocht"]}
    assert "4 practices: 3 to plan, 1 visited." in words(response)
    rows = response.context["groups"][0][2]
    assert all(row.proposal.day > making.in_days(2) for row in rows)
    assert rows[0].proposal.day <= soon.start + timedelta(days=365)
    assert len({row.proposal.day for row in rows}) == 3

    first = rows[1].proposal
    posted = {"day": first.day, "starts_at": first.starts_at, "ends_at": first.ends_at}
    answer = client.post(reverse("visit_invite", args=[half.slug]), posted, follow=True)
    assert answer.redirect_chain == [(reverse("visit_planning"), 302)]
    made = VisitAppointment.objects.get()
    assert (made.practice, made.held_on, made.place) == (half, first.day, "Tilburg")
    assert "1 invited" in words(answer)
    again = client.post(reverse("visit_invite", args=[half.slug]), posted)
    assert "appointment with this practice already" in words(again)


@pytest.mark.parametrize("name", ["today", "visit_planning", "visit_contacts"])
def test_pages_of_a_consultant_take_as_many_queries_for_one_practice_as_for_three(
    client, consultant, practice, name
):
    client.force_login(consultant)
    making.invited(practice, consultant, days=60)
    one = queries(client, reverse(name))
    for begun in (300, 380):
        another = making.practice(consultant, begun=begun)
        making.owner(another)
    assert queries(client, reverse(name)) == one == QUERIES[name]


QUERIES = {"today": 31, "visit_planning": 30, "visit_contacts": 12}


@pytest.mark.parametrize("name", ["region_needs", "region_visits"])
def test_pages_of_the_region_take_as_many_queries_for_one_practice_as_for_three(
    client, coordinator, consultant, practice, name
):
    client.force_login(coordinator)
    making.invited(practice, consultant, days=60)
    one = queries(client, reverse(name))
    for begun in (300, 380):
        making.practice(consultant, begun=begun)
    assert queries(client, reverse(name)) == one == OF_REGION[name]


OF_REGION = {"region_needs": 23, "region_visits": 24}


def test_the_region_filters_in_the_address_and_takes_it_along(
    client, coordinator, consultant, practice
):
    other = making.consultant(name="Robin Visser")
    risky = making.practice(other, name="Korvel", begun=320)
    client.force_login(coordinator)
    response = client.get(reverse("region_visits"), {"consulent": other.pk, "stand": "te-plannen"})
    assert [row.practice for row in response.context["rows"]] == [risky]
    assert "1 practice: 1 to plan." in words(response)
    assert client.get(reverse("region_visits"), {"consulent": "x"}).context["all"] == 2
    file = client.get(reverse("region_visits_xlsx"), {"consulent": other.pk})
    book = openpyxl.load_workbook(BytesIO(file.content))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "Korvel" in cells and "De Linde" not in cells

    needy = client.get(reverse("region_needs"), {"consulent": other.pk}).context["needy"]
    assert [one.practice for one in needy] == [risky]
    assert client.get(reverse("region_needs"), {"consulent": consultant.pk}).context["needy"] == []
    assert "1 visit is to be planned soon" in words(client.get(reverse("region")))


def test_the_coordinator_plans_in_the_agenda_of_the_consultant(
    client, coordinator, consultant, practice
):
    client.force_login(coordinator)
    day = making.in_days(21)
    posted = {"day": day, "starts_at": "10:00"}
    page = client.post(reverse("visit_invite", args=["de-linde"]), posted, follow=True)
    assert "In the agenda of Sanne de Wit." in words(page)
    assert "Nobody runs the account of this practice" in words(page)
    made = VisitAppointment.objects.get()
    assert (made.consultant, made.ends_at) == (consultant, time(11, 30))


def test_wrong_moments_are_told_at_the_field(client, consultant, practice):
    client.force_login(consultant)
    address = reverse("visit_invite", args=["de-linde"])
    for posted, told in (
        ({}, "Choose a date."),
        ({"day": "2030-01-07", "starts_at": "13:00", "ends_at": "12:00"}, "after the beginning"),
        ({"day": "2030-01-07", "starts_at": "23:00"}, "until when"),
        ({"day": "2001-01-01", "starts_at": "13:00"}, "Choose a day after today."),
        (
            {"day": "2030-01-07", "starts_at": "13:00", "online_url": "http://x.example"},
            "https://",
        ),
    ):
        assert told in words(client.post(address, posted))
    assert not VisitAppointment.objects.exists()


def test_the_practice_says_yes_or_asks_for_another_date(client, consultant, practice):
    doctor = making.owner(practice)
    assistant = factories.staff_user(practice, StaffRole.ASSISTANT)
    appointment = making.invited(practice, consultant)
    page = reverse("visit_date", args=["de-linde", appointment.code])
    client.force_login(assistant)
    assert "Does this suit you?" not in words(client.get(page))
    client.force_login(doctor)
    assert "Say whether this suits you." in words(
        client.get(reverse("practice_start", args=["de-linde"]))
    )
    assert "Does this suit you?" in words(client.get(page))
    suits = reverse("visit_date_suits", args=["de-linde", appointment.code])
    assert "knows that the date suits" in words(client.post(suits, {"seen": 0}, follow=True))
    assert making.fresh(appointment).state == AppointmentState.CONFIRMED

    another = reverse("visit_date_another", args=["de-linde", appointment.code])
    assert "Say which days" in words(client.post(another, {"seen": 1, "reply": " "}))
    assert "changed in the meantime" in words(
        client.post(another, {"seen": 0, "reply": "dinsdag"}, follow=True)
    )
    client.post(another, {"seen": 1, "reply": "liever dinsdag"})
    client.force_login(consultant)
    planning = words(client.get(reverse("visit_planning")))
    assert "The practice writes: “liever dinsdag”" in planning

    move = reverse("visit_move", args=["de-linde", appointment.code])
    assert "liever dinsdag" in words(client.get(move))
    client.post(move, {"day": making.in_days(28), "starts_at": "13:00"})
    assert making.fresh(appointment).held_on == making.in_days(28)
    cancel = reverse("visit_cancel", args=["de-linde", appointment.code])
    assert "Say why the visit is cancelled" in words(client.post(cancel, {}))
    client.post(cancel, {"reason": "ziek"})
    assert making.fresh(appointment).state == AppointmentState.CANCELLED
    client.force_login(doctor)
    assert "Cancelled: ziek" in words(client.get(page))


def test_the_appointment_of_another_practice_does_not_exist(client, consultant, practice):
    elsewhere = making.practice(consultant, name="Korvel", slug="korvel")
    appointment = making.invited(elsewhere, consultant)
    doctor = making.owner(practice)
    for user, names in (
        (doctor, ("visit_date", "visit_date_suits", "visit_date_another")),
        (consultant, ("visit_move", "visit_cancel", "visit_mail_again")),
    ):
        client.force_login(user)
        for name in names:
            address = reverse(name, args=["de-linde", appointment.code])
            assert client.post(address).status_code in (404, 405)
            if name in ("visit_date", "visit_move"):
                assert client.get(address).status_code == 404


def test_a_due_visit_alerts_the_region_and_not_the_practice(client, consultant):
    practice = making.practice(consultant, begun=320)
    doctor = making.owner(practice)
    client.force_login(doctor)
    tasks = client.get(reverse("practice_start", args=[practice.slug])).context["tasks"]
    row = tasks.tasks[2]
    assert (row.hint, row.tag.word, row.tag.tone) == (
        "PrimaCura plans this visit",
        "Not started yet",
        "empty",
    )
    client.force_login(consultant)
    tasks = client.get(reverse("practice_start", args=[practice.slug])).context["tasks"]
    assert tasks.tasks[2].tag.word == "Attention"
    appointment = making.invited(practice, consultant)
    client.force_login(doctor)
    row = client.get(reverse("practice_start", args=[practice.slug])).context["tasks"].tasks[2]
    assert row.tag.word == "Planned"
    assert row.hint.startswith("Visit on ") and row.hint.endswith(" at 13.00")
    agenda = words(client.get(reverse("agenda")))
    assert "Visit (Invited)" in agenda and "13.00" in agenda
    assert appointment.practice.name in agenda


def test_contacts_say_whom_to_call_and_practices_see_the_consultants_number(
    client, consultant, practice, settings
):
    doctor = making.owner(practice, email="huisarts@voorbeeld.example")
    client.force_login(doctor)
    team = reverse("practice_team", args=["de-linde"])
    assert settings.HELP_PHONE in words(client.get(team))
    client.force_login(consultant)
    page = words(client.get(reverse("visit_contacts")))
    assert "De Linde" in page and "huisarts@voorbeeld.example" in page
    wrong = client.post(reverse("visit_contacts"), {"phone": "bel mij"})
    assert "Fill in a telephone number" in words(wrong)
    client.post(reverse("visit_contacts"), {"phone": "06 11 22 33 44"})
    client.force_login(doctor)
    assert "06 11 22 33 44" in words(client.get(team))


def test_the_agenda_of_a_feed_has_the_appointment_once(consultant, practice):
    from monitoring.agenda.feed import feed_file
    from tests.training import rfc5545
    from training.feeds.services import make_feed

    appointment = making.invited(practice, consultant)
    appointment.held_on = date.today()
    appointment.state = AppointmentState.HELD
    appointment.save()
    Visit.objects.create(
        practice=practice,
        held_on=appointment.held_on,
        consultant=consultant,
        appointment=appointment,
        state=VisitState.HELD,
        questions=1,
        begun_at=timezone.now(),
    )
    for feed, _token in (
        make_feed(actor=consultant),
        make_feed(actor=consultant, practice=practice),
    ):
        calendar = rfc5545.read(feed_file(feed, timezone.localdate()))
        found = [part for part in calendar.parts if part.name == "VEVENT"]
        assert [part.one("UID") for part in found] == [f"bezoek-{appointment.uid}@mtvp"]


def test_a_date_that_went_by_is_not_forgotten(client, consultant):
    practice = making.practice(consultant, name="Korvel", slug="korvel", begun=320)
    appointment = making.invited(practice, consultant)
    VisitAppointment.objects.filter(pk=appointment.pk).update(held_on=making.in_days(-3))
    client.force_login(consultant)
    page = client.get(reverse("visit_planning"))
    assert [stand for stand, _name, _rows in page.context["groups"]] == ["datum-voorbij"]
    assert "1 practice: 1 with a date that went by." in words(page)
    (one,) = client.get(reverse("today")).context["needy"]
    move = reverse("visit_move", args=["korvel", appointment.code])
    assert one.lines[0].url == move
    assert "Was this visit held?" in words(client.get(move))
    held_on = making.in_days(-3)
    client.post(
        reverse("visit_begin", args=["korvel"]),
        {"appointment": appointment.code, "held_on": held_on.isoformat()},
    )
    assert Visit.objects.get().held_on == held_on
    assert making.fresh(appointment).state == AppointmentState.HELD
