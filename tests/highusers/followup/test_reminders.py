"""The weekly mail: to whom, with what numbers, and with nothing about a patient."""

import re
from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused
from typing import ClassVar

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from highusers.actions.services import ActionText, add_action
from highusers.followup.reminders import remind_all
from highusers.followup.tasks import remind
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.highusers.planned import day, plan_for, today

pytestmark = pytest.mark.django_db


class RefusesTheFirst(EmailBackend):
    refused: ClassVar[list[str]] = []

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if not self.refused:
            self.refused.extend(messages[0].to)
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.fixture
def waiting(planning: Practice, nurse: User) -> None:
    """Two evaluations and one action of the nurse; one action later than the coming weeks."""
    plan = plan_for(planning, actor=nurse, evaluate_on=day(-5), reason="eenzaam")
    plan_for(planning, 2, actor=nurse, evaluate_on=day(14), goals="rust")
    with practice_scope(planning):
        for what, due_on in (("zus bellen", day(1)), ("later", day(15)), ("ooit", None)):
            text = ActionText(what, nurse.person, due_on=due_on)
            add_action(practice=planning, plan=plan, text=text, actor=nurse)


def test_counts_and_a_link_and_nothing_about_a_patient(
    planning: Practice, nurse: User, waiting: None, mailoutbox: list, settings: object
) -> None:
    settings.SITE_URL = "https://mtvp.example"
    assert remind_all(today=today()) == 1
    (mail,) = mailoutbox
    assert mail.to == [nurse.email]
    assert "2 evaluati" in mail.body
    assert "1 acti" in mail.body
    assert f"https://mtvp.example/praktijk/{planning.slug}/plannen/" in mail.body
    for secret in ("V-0", "eenzaam", "zus", "rust", "7000"):
        assert secret not in mail.body + mail.subject


def test_once_a_week_however_often_it_runs(nurse: User, waiting: None, mailoutbox: list) -> None:
    remind()
    remind()
    assert len(mailoutbox) == 1


def test_who_wants_no_mail_gets_none_and_can_have_it_back(
    client: Client, planning: Practice, nurse: User, waiting: None, mailoutbox: list
) -> None:
    address = f"/praktijk/{planning.slug}/plannen/herinnering/"
    client.post(address, {"wanted": "no"})
    assert remind_all(today=today()) == 0
    client.post(address, {"wanted": "yes"})
    assert remind_all(today=today()) == 1


def test_what_nobody_may_be_told_of_goes_to_who_drew_up_the_plan_else_the_owner(
    planning: Practice, nurse: User, mailoutbox: list
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
    remind_all(today=today())
    told = {mail.to[0]: re.findall(r"\d+", mail.subject.rpartition(":")[2]) for mail in mailoutbox}
    assert told == {nurse.email: ["0", "1"], owner.email: ["1", "1"]}


def test_who_left_and_who_supervises_get_no_mail(
    planning: Practice, nurse: User, waiting: None, mailoutbox: list
) -> None:
    nurse.person.employments.update(ended_on=day(-1))
    factories.staff_user(planning, StaffRole.MANAGER)
    factories.region_user(RegionRoleName.COORDINATOR)
    assert remind_all(today=today()) == 0


def test_an_address_that_is_not_taken_keeps_nobody_from_their_mail(
    planning: Practice,
    nurse: User,
    waiting: None,
    mailoutbox: list,
    settings: object,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The mail server refuses the first that is sent."""
    other = factories.staff_user(planning, StaffRole.POH)
    plan_for(planning, 3, actor=other, evaluate_on=today())
    settings.EMAIL_BACKEND = f"{__name__}.RefusesTheFirst"
    RefusesTheFirst.refused.clear()
    assert remind_all(today=today()) == 1
    (refused,) = RefusesTheFirst.refused
    assert {refused, *mailoutbox[0].to} == {nurse.email, other.email}
    assert refused not in caplog.text
