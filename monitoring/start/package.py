"""What a practice arranges in its first weeks, with a tick where that is done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from interventions.models import PracticePlan
from interventions.practice_plan.states import PlanState
from monitoring.compliance import PracticeStanding
from practices.agreements import needs_agreement
from practices.models import Employment, Practice
from practices.permissions import Permission
from practices.tenancy import Access
from training.models import Enrolment

COLLEAGUES = 2
"""From so many accounts on it is no longer the work of one."""

Way = Callable[[str, Permission], str]
"""The address of a page by its name, '' for whoever may not open it."""


@dataclass(frozen=True, slots=True)
class Step:
    """`url` is '' for whoever may not do it."""

    name: str
    why: str
    done: bool
    url: str


def steps(
    practice: Practice, standing: PracticeStanding, access: Access, today: date
) -> tuple[Step, ...]:
    """Four queries."""

    def way(name: str, permission: Permission) -> str:
        return reverse(name, args=[practice.slug]) if permission in access else ""

    return (*_with_each_other(practice, way, today), *_with_patients(practice, standing, way))


def _with_each_other(practice: Practice, way: Way, today: date) -> tuple[Step, ...]:
    accounts = Employment.objects.in_service(today).filter(
        practice=practice, person__user__is_active=True
    )
    return (
        Step(
            _("Agree to the processing agreement"),
            _("Before the first extract, because that holds data of patients."),
            not needs_agreement(practice),
            way("processing_agreement", Permission.SEE_PRACTICE),
        ),
        Step(
            _("Invite your colleagues"),
            _("Then everybody enrols for training and sees what is due."),
            accounts.values("person").distinct().count() >= COLLEAGUES,
            way("invite_colleague", Permission.INVITE_COLLEAGUES),
        ),
        Step(
            _("Write your plan"),
            _("What you will do for each intervention, who does it and when."),
            PracticePlan.objects.filter(practice=practice).exclude(state=PlanState.DRAFT).exists(),
            way("practice_plan", Permission.SEE_PRACTICE),
        ),
    )


def _with_patients(practice: Practice, standing: PracticeStanding, way: Way) -> tuple[Step, ...]:
    first_year = standing.facts[0]
    return (
        Step(
            _("Read in an extract"),
            _("It shows which patients have a lot of contact, and where you begin."),
            first_year.extract_on is not None,
            way("extract_new", Permission.IMPORT_EXTRACT),
        ),
        Step(
            _("Enrol for a first date"),
            _("Places go fast, above all in the evening."),
            Enrolment.objects.live().filter(practice=practice).exists(),
            reverse("agenda"),
        ),
        Step(
            _("Choose your consultation lengths"),
            _("Write down what you do now as well: that counts from the day you use it."),
            first_year.schedule_from is not None,
            way("schedules", Permission.KEEP_SCHEDULE),
        ),
    )
