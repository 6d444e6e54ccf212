"""All that the page of one patient shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from highusers.actions.forms import ActionForm
from highusers.actions.listing import actions_of
from highusers.conversations.web import marks_of, web_of
from highusers.effect.course import course_of
from highusers.evaluations.forms import AIM_LABELS
from highusers.lookup import latest_plan
from highusers.models import Conversation, Evaluation, HighUser, PatientPlan
from highusers.plans.services import year_begins
from highusers.plans.steps import next_step, state_tag
from highusers.plans.versions import content_of, profile_names
from highusers.plans.words import label_of, words_of
from highusers.states import OPEN, UNDER_WAY, AimOutcome
from mtvp.documents.html import chart_html
from practices.permissions import Permission
from practices.tenancy import PracticeRequest

SHOWN = ("reason", "influenceable", "profile", "life_domains", "goals", "who", "how", "moment")


@dataclass(frozen=True, slots=True)
class Aim:
    label: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluation; `aims` are those of a hotspotter that somebody answered."""

    row: Evaluation
    aims: tuple[Aim, ...]


def patient_page(request: PracticeRequest, high_user: HighUser) -> dict[str, Any]:
    """A fixed number of queries, however many plans, actions and talks there are."""
    today = timezone.localdate()
    plan = latest_plan(high_user)
    talks = list(Conversation.objects.filter(high_user=high_user).select_related("colleague"))
    web = web_of(talks)
    context = {
        "high_user": high_user,
        "code": high_user.code.lower(),
        "plan": plan,
        "may_write": Permission.WRITE_PLANS in request.access,
        "may_answer": Permission.ANSWER_PATIENT in request.access,
        "earlier": earlier_plans(high_user, plan),
        "talks": [(talk, bool(marks_of(talk))) for talk in reversed(talks)],
        "web": chart_html(web) if web else "",
        "course": course_of(practice=request.practice, high_user=high_user),
    }
    return context | _of_plan(request, plan, today) if plan else context


def earlier_plans(high_user: HighUser, plan: PatientPlan | None) -> list[PatientPlan]:
    plans = PatientPlan.objects.filter(high_user=high_user).order_by("-drafted_on")
    return [one for one in plans if plan is None or one.pk != plan.pk]


def facts_of(plan: PatientPlan) -> list[tuple[str, str]]:
    """What the plan says, label and words; blank fields left out."""
    content = content_of(plan)
    profiles = profile_names() if content["profile"] else {}
    said = ((label_of(name), words_of(name, content[name], profiles)) for name in SHOWN)
    return [(label, words) for label, words in said if words]


def evaluations_of(plan: PatientPlan) -> list[Evaluated]:
    """The latest first."""
    found = Evaluation.objects.filter(plan=plan).select_related("saved_by__person")
    return [Evaluated(row, _aims(row)) for row in found.order_by("-held_on")]


def _of_plan(request: PracticeRequest, plan: PatientPlan, today: date) -> dict[str, Any]:
    evaluations = evaluations_of(plan)
    outcome = evaluations[0].row.outcome if evaluations else ""
    is_open = plan.state in OPEN
    return {
        "tag": state_tag(plan),
        "step": next_step(plan, today, outcome),
        "is_open": is_open,
        "runs": plan.state in UNDER_WAY,
        "year_is_new": plan.drafted_on < year_begins(request.practice, today),
        "facts": facts_of(plan),
        "actions": actions_of(plan, today),
        "form": ActionForm(practice=request.practice) if is_open else None,
        "evaluations": evaluations,
    }


def _aims(row: Evaluation) -> tuple[Aim, ...]:
    given = ((label, getattr(row, aim)) for aim, label in AIM_LABELS.items())
    return tuple(Aim(str(label), str(AimOutcome(said).label)) for label, said in given if said)
