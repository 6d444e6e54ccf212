"""Who is mailed at which step of a plan, and about what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interventions.practice_plan import mail, services
from practices.programme_year import add_months
from practices.states import RegionRoleName
from tests import factories
from tests.interventions.practice_plan.plans import begun, colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultant():
    return factories.region_user(RegionRoleName.CONSULTANT)


@pytest.fixture
def coordinator():
    return factories.region_user(RegionRoleName.COORDINATOR)


@pytest.fixture
def practice(consultant):
    start = add_months(timezone.localdate(), -3)
    return factories.practice(slug="linde", consultant=consultant, start_on=start)


@pytest.fixture
def doctor(practice):
    return colleague(practice, "gp_owner", "Dokter Smit")


@pytest.fixture
def poh(practice):
    return colleague(practice, "poh", "Lotte")


@pytest.fixture
def plan(practice, doctor):
    return begun(practice, doctor)


def told(gather, days: int = 0) -> list[tuple[int, str]]:
    day = timezone.localdate() + timedelta(days=days)
    return [(item.user, item.values.get("wat", "")[:19]) for item in gather(day)]


def test_a_plan_handed_in_is_told_to_the_consultant_until_she_answers(
    plan, doctor, consultant, coordinator
):
    assert told(mail.handed_in) == []
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    (item,) = mail.handed_in(timezone.localdate())
    assert item.user == consultant.pk
    assert item.values["jaar"].startswith("Jaar 1 · ")
    assert item.values["link"].endswith("/praktijk/linde/ons-plan/1/")
    assert mail.KINDS[0].still(item.user, item.about)
    assert told(mail.handed_in, days=mail.NEW_DAYS) == []
    services.send_back(plan=plan, actor=consultant)
    assert told(mail.handed_in) == []
    assert not mail.KINDS[0].still(item.user, item.about)


@pytest.mark.parametrize("why", ["nobody", "gone", "other work"])
def test_without_a_consultant_the_coordinator_is_told(
    plan, practice, doctor, consultant, coordinator, why
):
    if why == "nobody":
        practice.consultant = None
        practice.save()
    elif why == "other work":
        consultant.region_roles.all().delete()
    else:
        consultant.is_active = False
        consultant.save()
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    assert told(mail.handed_in) == [(coordinator.pk, "")]


def test_who_hands_in_on_behalf_is_not_told_and_the_practice_is_asked(plan, doctor, consultant):
    services.hand_in(plan=plan, actor=consultant, on_behalf=True)
    assert told(mail.handed_in) == []
    assert told(mail.answered) == [(doctor.pk, "PrimaCura leverde h")]
    services.agree(plan=plan, actor=consultant, for_practice=False)
    services.agree(plan=plan, actor=doctor, for_practice=True)
    assert told(mail.answered) == []


def test_comments_and_agreement_are_told_to_who_handed_in_and_who_runs_the_account(
    plan, practice, doctor, poh, consultant
):
    colleague(practice, "assistant", "Ank")
    services.hand_in(plan=plan, actor=poh, on_behalf=False)
    assert told(mail.answered) == []
    services.send_back(plan=plan, actor=consultant)
    assert told(mail.answered) == [(one.pk, "PrimaCura las het p") for one in (doctor, poh)]
    services.hand_in(plan=plan, actor=poh, on_behalf=False)
    services.agree(plan=plan, actor=consultant, for_practice=False)
    assert told(mail.answered) == [(one.pk, "Het plan is afgespr") for one in (doctor, poh)]


def test_who_left_and_practices_that_stopped_get_nothing(plan, practice, poh, doctor, consultant):
    services.hand_in(plan=plan, actor=poh, on_behalf=False)
    services.send_back(plan=plan, actor=consultant)
    poh.person.employments.update(ended_on=timezone.localdate() - timedelta(days=1))
    assert told(mail.answered) == [(doctor.pk, "PrimaCura las het p")]
    services.hand_in(plan=plan, actor=doctor, on_behalf=False)
    practice.stopped_on = timezone.localdate()
    practice.stop_reason = "Met pensioen"
    practice.save()
    assert told(mail.handed_in) == []
