"""Reminders of a questionnaire: on their day, once, to who may answer; then to the consultant."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from monitoring.models import Exemption, QuestionnaireAnswer, QuestionnaireReminder
from monitoring.questionnaires import reminding
from monitoring.questionnaires.facts import responses
from monitoring.standing import standing
from practices.mailing import collecting
from practices.mailing.services import want_mail
from practices.mailing.tasks import send_personal_mail
from practices.models import AuditEvent, Employment, MailItem, PersonalMail
from practices.states import MailState
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()


def begun(days_left, **fields):
    """A practice whose questionnaire about year 1 is due in so many days: 90 after the year."""
    last_day = TODAY + timedelta(days=days_left) - timedelta(days=90)
    start = (last_day + timedelta(days=1)).replace(year=last_day.year - 1)
    return factories.practice(start_on=start, **fields)


def abouts(found):
    return sorted(item.about for item in found)


def answered(practice):
    return QuestionnaireAnswer.objects.create(
        practice=practice,
        programme_year=1,
        answered_on=TODAY,
        plans_made=True,
        lasting_habit=True,
        flexible_in_use=True,
    )


def sent():
    mail.outbox.clear()
    send_personal_mail()
    return list(mail.outbox)


@pytest.mark.parametrize(
    ("days_left", "window"),
    [
        *((31, None), (30, "month"), (22, "month"), (21, None), (8, None), (7, "week")),
        *((5, "week"), (4, None), (2, None), (1, "day"), (0, "day"), (-1, None), (-40, None)),
    ],
)
def test_a_month_a_week_and_a_day_before(days_left, window):
    practice = begun(days_left)
    factories.staff_user(practice)
    deadline = TODAY + timedelta(days=days_left)
    expected = [f"{practice.pk}-1-{window}-{deadline}"] if window else []
    assert abouts(reminding.due(TODAY)) == expected


def test_to_who_may_answer_and_with_what_they_need(settings):
    settings.SITE_URL = "https://mtvp.example"
    practice = begun(7, name="De Linde")
    holders = {factories.staff_user(practice, role).pk for role in ("gp_owner", "manager")}
    factories.staff_user(practice, "poh")
    factories.staff_user(practice, is_active=False)
    factories.staff_user(factories.practice())
    found = list(reminding.due(TODAY))
    assert {item.user for item in found} == holders
    values = found[0].values
    assert (values["praktijk"], values["jaar"], values["tijd"]) == (
        *("De Linde", "1"),
        "U heeft nog 7 dagen.",
    )
    assert values["link"] == f"https://mtvp.example/praktijk/{practice.slug}/vragenlijst/1/"


def test_nothing_once_it_was_answered_or_is_not_asked():
    done, exempt, stopped = (begun(7) for _one in range(3))
    for practice in (done, exempt, stopped):
        factories.staff_user(practice)
    assert len(abouts(reminding.due(TODAY))) == 3
    answered(done)
    for intervention in (1, 4):
        Exemption.objects.create(
            practice=exempt,
            intervention=intervention,
            programme_year=1,
            recorded_on=TODAY,
            reason="x",
        )
    stopped.stopped_on = stopped.start + timedelta(days=100)
    stopped.stop_reason = "Gestopt"
    stopped.save()
    assert abouts(reminding.due(TODAY)) == []


def test_the_job_tells_each_once_however_often_it_runs():
    practice = begun(7)
    factories.staff_user(practice)
    assert [collecting.write_dated(NOW) for _hour in range(3)] == [1, 0, 0]
    tomorrow = timezone.make_aware(datetime.combine(TODAY + timedelta(days=1), time(9)))
    assert collecting.write_dated(tomorrow) == 0
    (message,) = sent()
    assert message.subject.startswith("Vragenlijst over jaar 1 van")
    assert "because you may answer" in message.body or "omdat" in message.body


def test_an_answer_between_writing_and_sending_keeps_it_back():
    practice = begun(7)
    factories.staff_user(practice)
    collecting.write_dated(NOW)
    answered(practice)
    assert sent() == []
    assert PersonalMail.objects.get().state == MailState.OVERTAKEN


@pytest.mark.parametrize("by_hand", [False, True])
def test_who_left_or_may_not_answer_any_more_is_not_reminded(by_hand):
    practice, elsewhere = begun(7), factories.practice()
    owner, manager = (factories.staff_user(practice, role) for role in ("gp_owner", "manager"))
    factories.employment(person=owner.person, practice=elsewhere)
    if by_hand:
        coordinator = factories.region_user("coordinator")
        reminding.remind(asked=responses(standing(TODAY, [practice.pk])), actor=coordinator)
    else:
        collecting.write_dated(NOW)
    here = Employment.objects.filter(practice=practice)
    here.filter(person=owner.person).update(ended_on=TODAY - timedelta(days=1))
    here.filter(person=manager.person).update(role="assistant")
    assert PersonalMail.objects.count() == 2
    assert sent() == []


def test_after_the_last_day_the_consultant_is_told_and_the_practice_is_not():
    consultant = factories.region_user("consultant")
    coordinator = factories.region_user("coordinator")
    for name in ("De Beuk", "De Linde"):
        practice = begun(-1, name=name, consultant=consultant)
        factories.staff_user(practice)
    alone = begun(-1, name="Zonder")
    answered(begun(-1, consultant=consultant))
    begun(-15, consultant=consultant)
    assert list(reminding.due(TODAY)) == []
    told = {item.user: item.values for item in reminding.late(TODAY)}
    assert told[consultant.pk]["praktijken"] == "- De Beuk, jaar 1\n- De Linde, jaar 1"
    assert told[consultant.pk]["aantal"] == "2 praktijken"
    assert told[coordinator.pk]["praktijken"] == f"- {alone.name}, jaar 1"
    assert len(told) == 2
    assert [collecting.write_dated(NOW) for _hour in range(2)] == [2, 0]
    assert len(sent()) == 2


def test_one_click_reminds_once_a_day_and_is_on_record(client):
    coordinator = factories.region_user("coordinator")
    late, open_one, nobody, done = begun(-9), begun(60), begun(50), begun(40)
    owners = [factories.staff_user(one) for one in (late, open_one, done)]
    answered(done)
    asked = responses(standing(TODAY))
    reminded = reminding.remind(asked=asked, actor=coordinator)
    assert reminded == reminding.Reminded(practices=2, already=0, unreachable=1)
    again = reminding.remind(asked=asked, actor=coordinator)
    assert again == reminding.Reminded(practices=0, already=2, unreachable=1)
    assert {item.mail.user for item in MailItem.objects.all()} == set(owners[:2])
    assert [one.to[0] for one in sent()] == [one.email for one in owners[:2]]
    rows = QuestionnaireReminder.objects.order_by("practice")
    assert [(one.practice, one.sent_on, one.sent_by) for one in rows] == [
        (late, TODAY, coordinator),
        (open_one, TODAY, coordinator),
    ]
    events = AuditEvent.objects.filter(object_type="monitoring.questionnairereminder")
    assert {event.practice for event in events} == {late, open_one}
    assert nobody.pk not in reminding.reminded_on(asked)
    QuestionnaireReminder.objects.update(sent_on=TODAY - timedelta(days=1))
    MailItem.objects.all().delete()
    assert reminding.remind(asked=asked, actor=coordinator).practices == 2


def test_who_wants_no_such_mail_gets_none():
    practice = begun(7)
    owner = factories.staff_user(practice)
    want_mail(user=owner, kind="mail-questionnaire", wanted=False)
    assert collecting.write_dated(NOW) == 0
