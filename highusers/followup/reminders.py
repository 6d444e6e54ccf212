"""The weekly mail about what is due: counts and a link, nothing about a patient.

An action is told to its colleague; an evaluation, and an action of somebody who may not read
plans or of a partner, to who drew up the plan, else to who owns the practice.
"""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from highusers.followup.due import SOON_DAYS
from highusers.models import PatientPlan, PlanAction, ReminderOptOut
from highusers.states import OPEN, ActionState
from highusers.texts import DUE_REMINDER
from practices.isolation import practice_scope
from practices.models import Employment, Practice, User
from practices.permissions import Permission
from practices.states import StaffRole
from practices.tenancy import access_to_practice
from practices.texts.services import mail_text

LANGUAGE = "nl"
ONCE_IN = 6 * 24 * 3600
"""A task that is run again the same week mails nobody twice."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Counts:
    evaluations: int = 0
    actions: int = 0


def remind_all(*, today: date) -> int:
    """Mail everybody for whom something is overdue or due soon; returns the number of mails."""
    with translation.override(LANGUAGE):
        return sum(remind_practice(practice, today) for practice in Practice.objects.order_by("pk"))


def remind_practice(practice: Practice, today: date) -> int:
    readers = _readers(practice, today)
    if not readers:
        return 0
    due = counts_by_person(practice, today, set(readers), _owners(practice, today) & set(readers))
    silent = set(ReminderOptOut.objects.values_list("user", flat=True))
    week = f"{today:%G-%V}"
    sent = 0
    for person, counts in due.items():
        user = readers[person]
        if user.pk in silent or not cache.add(
            f"plans-reminder:{week}:{practice.pk}:{user.pk}", 1, ONCE_IN
        ):
            continue
        sent += _sent(practice, user, counts)
    return sent


def _sent(practice: Practice, user: User, counts: Counts) -> bool:
    """An address that is not taken keeps nobody else from their mail."""
    subject, body = mail_text(DUE_REMINDER, _values(practice, user, counts))
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])
    except (OSError, SMTPException):
        logger.warning("the weekly mail to account %s was not taken", user.pk)
        return False
    return True


def counts_by_person(
    practice: Practice, today: date, readers: set[int], owners: set[int]
) -> dict[int, Counts]:
    """What is overdue or due soon, by the people it is told to; no text is decrypted."""
    until = today + timedelta(days=SOON_DAYS)
    told: dict[int, Counts] = {}

    def tell(field: str, number: int, *people: int | None) -> None:
        known = [person for person in people if person in readers]
        for person in known[:1] or sorted(owners):
            counts = told.setdefault(person or 0, Counts())
            setattr(counts, field, getattr(counts, field) + number)

    with practice_scope(practice):
        plans = PatientPlan.objects.filter(
            practice=practice, state__in=OPEN, evaluate_on__lte=until
        )
        evaluations = Counter(plans.values_list("created_by__person", flat=True))
        actions = PlanAction.objects.filter(
            practice=practice, state=ActionState.OPEN, plan__state__in=OPEN, due_on__lte=until
        )
        owned = Counter(actions.values_list("colleague", "plan__created_by__person"))
    for author, number in evaluations.items():
        tell("evaluations", number, author)
    for (colleague, author), number in owned.items():
        tell("actions", number, colleague, author)
    return told


def _readers(practice: Practice, today: date) -> dict[int, User]:
    """Accounts of this practice that may read plans, by person."""
    here = Employment.objects.in_service(today).filter(practice=practice)
    users = User.objects.filter(is_active=True, person__in=here.values("person"))
    return {
        user.person_id: user
        for user in users.select_related("person")
        if user.person_id and Permission.SEE_PLANS in access_to_practice(user, practice)
    }


def _owners(practice: Practice, today: date) -> set[int]:
    here = Employment.objects.in_service(today).filter(practice=practice, role=StaffRole.GP_OWNER)
    return set(here.values_list("person", flat=True))


def _values(practice: Practice, user: User, counts: Counts) -> dict[str, str]:
    link = settings.SITE_URL + reverse("plans_due", args=[practice.slug])
    evaluations, actions = counts.evaluations, counts.actions
    return {
        "naam": str(user),
        "praktijk": practice.name,
        "evaluaties": ngettext("%(number)s evaluation", "%(number)s evaluations", evaluations)
        % {"number": evaluations},
        "acties": ngettext("%(number)s action", "%(number)s actions", actions)
        % {"number": actions},
        "link": link,
    }
