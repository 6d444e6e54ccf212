"""What is due, in the weekly mail: to whom, with what numbers, with nothing about a patient."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from highusers.actions.services import ActionText, add_action
from highusers.followup.reminders import DUE, due_of_all
from practices.isolation import practice_scope
from practices.mailing.collecting import write_weekly
from practices.mailing.registry import offered_to
from practices.mailing.tasks import send_personal_mail
from practices.models import Practice, User
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.highusers.planned import day, plan_for, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(planning: Practice, nurse: User) -> None:
    """Two evaluations and one action of the nurse; one action later than the coming weeks."""
    plan = plan_for(planning, actor=nurse, evaluate_on=day(-5), reason="eenzaam")
    plan_for(planning, 2, actor=nurse, evaluate_on=day(14), goals="rust")
    with practice_scope(planning):
        for what, due_on in (("zus bellen", day(1)), ("later", day(15)), ("ooit", None)):
            text = ActionText(what, nurse.person, due_on=due_on)
            add_action(practice=planning, plan=plan, text=text, actor=nurse)


def told() -> list[mail.EmailMultiAlternatives]:
    write_weekly(timezone.now())
    mail.outbox.clear()
    send_personal_mail()
    return list(mail.outbox)


def test_counts_and_a_link_and_nothing_about_a_patient(
    planning: Practice, nurse: User, waiting: None, settings: object
) -> None:
    settings.SITE_URL = "https://mtvp.example"
    (message,) = told()
    assert message.to == [nurse.email]
    assert message.subject.startswith(f"Plannen van {planning.name}: 2 evaluati")
    assert " en 1 acti" in message.subject
    assert " en 1 acti" in message.body
    assert f"https://mtvp.example/praktijk/{planning.slug}/plannen/" in message.body
    html = message.alternatives[0][0]
    for secret in ("V-0", "eenzaam", "zus", "rust", "7000"):
        assert secret not in message.body + message.subject + html


def test_what_there_is_none_of_is_not_counted(planning: Practice, nurse: User) -> None:
    plan_for(planning, actor=nurse, evaluate_on=day(-5))
    (message,) = told()
    assert message.subject.startswith(f"Plannen van {planning.name}: 1 evaluati")
    assert "0 acti" not in message.subject + message.body


def test_once_a_week_for_each_practice(planning: Practice, nurse: User, waiting: None) -> None:
    assert len(told()) == 1
    assert told() == []
    (now,), (later,) = ([item.about for item in due_of_all(day(days))] for days in (0, 7))
    assert now == f"{today():%G-%V}-{planning.pk}"
    assert later != now


def test_the_page_leads_to_where_one_switches_it_off(
    client: Client, planning: Practice, nurse: User, waiting: None
) -> None:
    page = client.get(f"/praktijk/{planning.slug}/plannen/").content.decode()
    assert 'href="/mijn-mail/"' in page
    client.post("/mijn-mail/", {"weekly": "yes"})
    assert told() == []
    client.post("/mijn-mail/", {"weekly": "yes", "kinds": [DUE.key]})
    assert len(told()) == 1


def test_it_is_offered_to_who_reads_plans_somewhere(planning: Practice, nurse: User) -> None:
    manager = factories.staff_user(planning, StaffRole.MANAGER)
    assert DUE in offered_to(nurse)
    assert DUE not in offered_to(manager)


def test_what_nobody_may_be_told_of_goes_to_who_drew_up_the_plan_else_the_owner(
    planning: Practice, nurse: User
) -> None:
    """An assistant, a manager or a partner cannot open the page behind the link."""
    owner = factories.staff_user(planning, StaffRole.GP_OWNER)
    assistant = factories.staff_user(planning, StaffRole.ASSISTANT)
    plan = plan_for(planning, actor=nurse)
    nobodys = plan_for(planning, 2, actor=None, evaluate_on=today())
    with practice_scope(planning):
        for one in (plan, nobodys):
            text = ActionText("bellen", assistant.person, due_on=today())
            add_action(practice=planning, plan=one, text=text, actor=nurse)
    numbers = {
        message.to[0]: re.findall(r"\d+ \w", message.subject.rpartition(":")[2])
        for message in told()
    }
    assert numbers == {nurse.email: ["1 a"], owner.email: ["1 e", "1 a"]}


def test_who_left_and_who_supervises_get_no_mail(
    planning: Practice, nurse: User, waiting: None
) -> None:
    nurse.person.employments.update(ended_on=day(-1))
    factories.staff_user(planning, StaffRole.MANAGER)
    factories.region_user(RegionRoleName.COORDINATOR)
    assert [one.to for one in told() if planning.name in one.subject] == []
