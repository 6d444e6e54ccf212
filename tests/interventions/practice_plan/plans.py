"""A practice with a plan, and short words to write in it."""

from interventions.models import PlanSection, PracticePlan
from interventions.practice_plan import services
from interventions.practice_plan.states import Field
from interventions.practice_plan.writing import Written, write_field
from practices.beside import Outcome, mark_of
from practices.models import Practice, User
from tests import factories


def colleague(practice: Practice, role: str, name: str) -> User:
    someone = factories.person(name=name)
    factories.employment(practice=practice, person=someone, role=role)
    return factories.user(person=someone, name=name)


def begun(practice: Practice, actor: User, year: int = 1) -> PracticePlan:
    return services.begin_plan(practice=practice, year=year, actor=actor)


def section_of(plan: PracticePlan, kind: str) -> PlanSection:
    return PlanSection.objects.select_related("plan").get(plan=plan, kind=kind)


def write(
    section: PlanSection,
    field: Field,
    text: str,
    actor: User,
    based_on: str = "",
    on_behalf: bool = False,
) -> Outcome:
    written = Written(field, text, mark_of(based_on))
    return write_field(section=section, written=written, actor=actor, on_behalf=on_behalf)


def said(plan: PracticePlan, kind: str) -> dict[str, str]:
    """What the plan says of a subject, by field."""
    return next(one["texts"] for one in services.contents_of(plan) if one["kind"] == kind)
