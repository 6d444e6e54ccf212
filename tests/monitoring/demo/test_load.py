"""The demo region in the database: every status, every account, real extracts, closed rows."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from highusers.models import Extract, HighUser, PatientPlan, PatientTotal
from highusers.states import ExtractSource
from interventions.models import TimeOut
from interventions.timeouts.facts import not_sent_of, region_pattern
from monitoring.bottlenecks.states import BottleneckState
from monitoring.compliance import Status
from monitoring.demo.accounts import ACCOUNTS, PASSWORD, open_accounts
from monitoring.demo.load import load_demo
from monitoring.demo.region import STOPS
from monitoring.models import QuestionnaireDraft, StructuralBottleneck
from monitoring.standing import standing
from practices.isolation import practice_scope
from practices.models import Employment, Practice, User
from practices.states import RegionRoleName
from training.models import Session

TODAY = date(2026, 11, 21)
PRACTICES = 12

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    load_demo(practices=PRACTICES, seed=3, today=TODAY, say=lambda _line: None)


def test_the_demo_region(loaded: None, client: Client) -> None:
    """One load, many questions: loading takes seconds."""
    _every_status_occurs()
    _extracts_were_really_imported()
    _plans_count_and_stay_within_their_practice()
    _sessions_to_come_have_a_time_and_a_place()
    _everyone_who_may_noted_time_outs()
    _what_hinders_is_taken_up_and_solved()
    _every_account_signs_in(client)
    _the_locum_works_in_two_practices()
    _a_questionnaire_waits_half_filled_in(client)
    _again_it_adds_nothing()


def _every_status_occurs() -> None:
    standings = standing(TODAY)
    found = Counter(duty.status for one in standings for duty in one.obligations)
    stopped = standings[STOPS]

    assert len(standings) == PRACTICES
    assert set(found) == set(Status)
    assert Status.NOT_APPLICABLE in {duty.status for duty in stopped.obligations}


def _extracts_were_really_imported() -> None:
    uploads = Extract.objects.filter(source=ExtractSource.UPLOAD)

    assert uploads.count() > PRACTICES
    assert {"totals", "contacts"} == set(uploads.values_list("shape", flat=True))
    assert Extract.objects.filter(source=ExtractSource.REGION).count() == 1
    for extract in uploads:
        with practice_scope(extract.practice):
            totals = PatientTotal.objects.filter(extract=extract)
            high = totals.filter(contacts__gte=extract.threshold)
            assert (totals.count(), high.count()) == (extract.patients, extract.high_users)


def _everyone_who_may_noted_time_outs() -> None:
    assert TimeOut.objects.filter(held_on__gt=TODAY).count() == 0
    found = region_pattern(TODAY)
    assert found is not None
    assert found.practices == PRACTICES
    assert not_sent_of(found) is not None


def _what_hinders_is_taken_up_and_solved() -> None:
    states = set(StructuralBottleneck.objects.values_list("state", flat=True))
    assert states == {BottleneckState.TAKEN_UP, BottleneckState.SOLVED}


def _plans_count_and_stay_within_their_practice() -> None:
    assert PatientPlan.objects.count() == 0
    assert HighUser.objects.count() == 0
    home = Practice.objects.order_by("code")[0]
    with practice_scope(home):
        plans = list(PatientPlan.objects.all())
        assert {plan.practice_id for plan in plans} == {home.pk}
    part = {part.name: part for part in standing(TODAY)[0].obligations[0].parts}["plans"]
    assert (len(plans), part.achieved, part.required) == (3, 3, 5)


def _sessions_to_come_have_a_time_and_a_place() -> None:
    coming = Session.objects.filter(held_on__gt=TODAY)

    assert coming.exists()
    assert not coming.filter(starts_at=None).exists()
    assert not coming.filter(place="").exists()


def _every_account_signs_in(client: Client) -> None:
    for account in ACCOUNTS:
        answer = client.post(
            reverse("account_login"), {"login": account.email, "password": account.password}
        )
        assert answer.status_code == 302, account.email
        client.logout()
    assert len(PASSWORD) >= 12


def _the_locum_works_in_two_practices() -> None:
    locum = User.objects.get(email="waarnemer@demo.example")

    assert Employment.objects.in_service(TODAY).filter(person=locum.person).count() == 2


def _a_questionnaire_waits_half_filled_in(client: Client) -> None:
    client.force_login(User.objects.get(email="manager2@demo.example"))
    draft = QuestionnaireDraft.objects.get()
    page = client.get(reverse("questionnaire", args=[draft.practice.slug, draft.programme_year]))
    assert page.context["form"].initial["experiences"] == draft.answers["experiences"]
    client.logout()


def _again_it_adds_nothing() -> None:
    before = (Extract.objects.count(), Session.objects.count(), User.objects.count())
    open_accounts()

    assert (Extract.objects.count(), Session.objects.count(), User.objects.count()) == before


def test_the_accounts_cover_every_role_of_the_region() -> None:
    open_accounts()

    roles = set(User.objects.values_list("region_roles__role", flat=True)) - {None}
    assert roles == set(RegionRoleName)
    assert sorted(account.insurer for account in ACCOUNTS if account.insurer) == ["CZ", "VGZ"]


def test_the_command_leaves_an_installation_in_use_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("demo_region", practices=1)
    assert "1 practices" in capsys.readouterr().out

    with pytest.raises(CommandError):
        call_command("demo_region", practices=1)
    assert Practice.objects.count() == 1


def test_a_number_of_practices_below_one_is_wrong_usage() -> None:
    with pytest.raises(CommandError) as refused:
        call_command("demo_region", practices=0)
    assert refused.value.returncode == 2
