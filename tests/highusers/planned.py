"""A practice with patients and plans, for tests of what is done with a plan."""

from datetime import date, timedelta

from django.utils import timezone

from highusers.lookup import key_of_number
from highusers.models import HighUser, PatientPlan
from highusers.plans.services import PlanText, save_plan
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.programme_year import add_years
from tests import factories


def today() -> date:
    return timezone.localdate()


def day(offset: int) -> date:
    return today() + timedelta(days=offset)


def practice_in_year_2() -> Practice:
    """Its second programme year began 40 days ago."""
    return factories.practice(start_on=add_years(today(), -1) - timedelta(days=40))


def patient(practice: Practice, number: int = 1) -> HighUser:
    """V-01 has number 70001 in the GP system, and so on."""
    his_number = str(70_000 + number)
    with practice_scope(practice):
        return HighUser.objects.create(
            practice=practice,
            patient_key=key_of_number(practice, his_number),
            number=number,
            his_number=his_number,
        )


def plan_for(
    practice: Practice,
    number: int = 1,
    *,
    actor: User | None = None,
    drafted_on: date | None = None,
    **text: object,
) -> PatientPlan:
    with practice_scope(practice):
        found = HighUser.objects.filter(number=number).first()
    return save_plan(
        practice=practice,
        high_user=found or patient(practice, number),
        text=PlanText(**{"who": "huisarts", "how": "vast gesprek", "influenceable": "yes"} | text),
        actor=actor,
        drafted_on=drafted_on,
    )


def fresh(plan: PatientPlan) -> PatientPlan:
    """The plan as it stands now."""
    with practice_scope(plan.practice):
        return PatientPlan.objects.select_related("high_user", "consent_by").get(pk=plan.pk)


def page(practice: Practice, rest: str = "", code: str = "v-01") -> str:
    return f"/praktijk/{practice.slug}/plannen/{code}/{rest}"
