"""What no screen of ours sends: numbers of others, broken texts, steps that were taken already."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from monitoring.bottlenecks.services import report_bottleneck
from monitoring.bottlenecks.states import Source
from monitoring.models import Bottleneck, VisitAgreement, VisitAnswer, VisitAppointment
from monitoring.visit_planning.forms import CancelForm, MomentForm, ReplyForm
from monitoring.visit_planning.states import AppointmentState
from monitoring.visits import services
from monitoring.visits.states import VisitState
from practices.states import RegionRoleName
from tests import factories
from tests.monitoring.visit_planning.making import fresh, invited
from tests.monitoring.visits import making
from tests.monitoring.visits.making import ago, agreed, in_days, say, sent, version_of, visited

pytestmark = pytest.mark.django_db

STUCK = {"partner": "ggz", "kind": "waiting", "weight": "3", "text": "Een jaar wachten"}
AGREED = {"what": "Oefenen", "owner": "other", "due_on": "2029-01-01"}


@pytest.fixture(autouse=True)
def in_english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def consultant():
    return making.consultant()


@pytest.fixture
def practice(consultant):
    return making.practice(consultant)


@pytest.fixture
def visit(practice, consultant):
    return services.start_visit(practice=practice, actor=consultant)


def test_a_device_cannot_withdraw_what_another_practice_reported(visit, consultant):
    other = report_bottleneck(
        practice=making.practice(making.consultant()),
        source=Source.PRACTICE,
        actor=consultant,
        **STUCK | {"weight": 3},
    )
    say(visit, "stuck-a", json.dumps(STUCK | {"bottleneck": other.pk}))
    say(visit, "stuck-a", "", version_of(visit, "stuck-a"))
    other.refresh_from_db()
    assert other.withdrawn_at is None
    say(visit, "stuck-b", json.dumps(STUCK | {"bottleneck": other.pk}))
    sent(visit)
    assert Bottleneck.objects.filter(practice=visit.practice).count() == 1


def test_what_the_region_heard_is_told_once_and_withdrawn_only_with_the_newest_in_sight(
    visit, consultant
):
    say(visit, "stuck-a", json.dumps(STUCK))
    sent(visit)
    services.amend(visit=visit, actor=consultant)
    say(visit, "stuck-a", "", "an older version")
    assert Bottleneck.objects.get().withdrawn_at is None
    say(visit, "stuck-a", json.dumps(STUCK | {"weight": "1"}), version_of(visit, "stuck-a"))
    services.send_report(visit=visit, actor=consultant)
    assert Bottleneck.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("stuck-a", json.dumps(STUCK | {"text": "half \ud800"})),
        ("stuck-a", json.dumps(STUCK | {"text": "nul \0"})),
        ("stuck-a", json.dumps(STUCK).replace('"3"', "1e999")),
        ("stuck-a", "[" * 20_000),
        ("stuck-" + "a" * 60, json.dumps(STUCK)),
        ("agreement_i1-a", json.dumps(AGREED | {"what": "half \udfff"})),
        ("agreement_i1-a", json.dumps(AGREED | {"owner_name": "nul \0"})),
        ("agreement_i1-a", "[" * 20_000),
        ("agreement_" + "a" * 60, json.dumps(AGREED)),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(visit, key, value):
    with pytest.raises(ValidationError):
        say(visit, key, value)
    assert not VisitAnswer.objects.exists()
    assert not VisitAgreement.objects.exists()


def test_a_citizen_service_number_stands_nowhere_in_an_agreement(visit):
    made = agreed(visit, owner_name="Jan 111222333")
    assert made.owner == "Jan …"


def test_what_was_changed_is_sent_without_a_citizen_service_number(client, visit, consultant):
    say(visit, "joy", "Rust.")
    client.force_login(consultant)
    page = client.post(f"/bezoek/{visit.code}/teruglezen/", {"changed": "Van 111222333"})
    assert "BSN" in page.content.decode()
    assert not visit.reports.exists()


def test_forms_about_appointments_refuse_a_citizen_service_number():
    number = "Van 111222333"
    assert not ReplyForm({"reply": number}).is_valid()
    assert not CancelForm({"reason": number}).is_valid()
    form = MomentForm({"day": "2029-01-01", "starts_at": "13:00", "place": number})
    assert list(form.errors) == ["place"]


@pytest.mark.parametrize("state", [AppointmentState.CANCELLED, AppointmentState.HELD])
def test_an_appointment_that_is_over_begins_no_visit(client, practice, consultant, state):
    planned = invited(practice, consultant)
    VisitAppointment.objects.filter(pk=planned.pk).update(state=state, cancel_reason="Ziek")
    client.force_login(consultant)
    for day in (ago(1), ago(2)):
        said = {"appointment": planned.code, "held_on": day.isoformat()}
        began = client.post(f"/praktijk/{practice.slug}/bezoeken/beginnen/", said)
        assert began.status_code == 302
    assert list(practice.visits.values_list("appointment", flat=True)) == [None, None]
    assert fresh(planned).state == state


def test_a_dropped_visit_gives_no_second_open_appointment(practice, consultant):
    planned = invited(practice, consultant)
    visit = services.start_visit(practice=practice, actor=consultant, appointment=planned)
    newer = invited(practice, consultant, days=40)
    services.drop_visit(visit=visit, actor=consultant)
    assert list(VisitAppointment.objects.open()) == [newer]


def test_a_draft_agreement_is_not_there_for_the_practice(client, practice, visit):
    made = agreed(visit, "Geheim nog")
    client.force_login(making.owner(practice))
    path = f"/praktijk/{practice.slug}/bezoeken/afspraken/{made.pk}/"
    assert client.post(path, {"done": "yes"}).status_code == 404
    sent(visit)
    assert client.post(path, {"done": "yes"}).status_code == 302


def test_after_a_comment_the_practice_can_confirm_once_more(client, practice, consultant):
    owner, visit = making.owner(practice), visited(practice, joy="Rust.")
    services.confirm_report(report=sent(visit), actor=owner)
    client.force_login(owner)
    path = f"/praktijk/{practice.slug}/bezoeken/{visit.code}/"
    assert client.get(path).context["may_confirm"] is False
    services.comment(visit=visit, text="Toch anders.", actor=owner, of_practice=True)
    services.comment(visit=visit, text="Zo bedoeld.", actor=consultant, of_practice=False)
    assert client.get(path).context["may_confirm"] is True
    client.post(f"{path}bevestigen/", {"number": "1"})
    visit.refresh_from_db()
    assert visit.state == VisitState.CONFIRMED


def test_the_administration_moves_no_visit_to_another_practice(client, visit):
    say(visit, "joy", "Rust.")
    other = making.practice(making.consultant())
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    path = reverse("admin:monitoring_visit_change", args=[visit.pk])
    assert client.get(path).status_code == 200
    typed = {"practice": other.pk, "held_on": visit.held_on.isoformat()}
    assert client.post(path, typed).status_code == 403
    gone = reverse("admin:monitoring_visit_delete", args=[visit.pk])
    assert client.post(gone, {"post": "yes"}).status_code == 403
    visit.refresh_from_db()
    assert visit.practice_id != other.pk


def test_who_is_no_consultant_of_the_practice_any_more_has_no_way_in(client, practice, visit):
    former = visit.begun_by
    practice.consultant = making.consultant()
    practice.save()
    client.force_login(former)
    sent_change = {"user": "", "changes": []}
    for path in ("", "bewaren/", "teruglezen/"):
        assert client.get(f"/bezoek/{visit.code}/{path}").status_code == 404
    for path in ("bewaren/", "kijken/", "aanpassen/", "weg/", "teruglezen/"):
        found = client.post(f"/bezoek/{visit.code}/{path}", sent_change)
        assert found.status_code == 404
    assert client.get(f"/praktijk/{practice.slug}/bezoeken/").status_code == 404
    assert in_days(0) == visit.held_on
