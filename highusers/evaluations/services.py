"""Evaluating a plan; its state and the day of the next evaluation move along."""

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from highusers.models import Evaluation, PatientPlan
from highusers.plans.services import OvertakenError, changing, store
from highusers.states import OPEN, PlanState
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction

AIMS = ("own_control", "health", "collaboration", "insight")
"""Of the approach to hotspotters [2]."""


class SameDayError(Exception):
    """There is an evaluation of this plan of that day already."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The four aims are for hotspotters only."""

    held_on: date
    outcome: str
    findings: str = ""
    adjustment: str = ""
    own_control: str = ""
    health: str = ""
    collaboration: str = ""
    insight: str = ""


@transaction.atomic
def evaluate(
    *,
    practice: Practice,
    plan: PatientPlan,
    findings: Findings,
    next_on: date | None,
    actor: User | None,
) -> Evaluation:
    """Record an evaluation; with an adjustment the plan is adjusted, else it waits for one."""
    with changing(practice, plan, only=OPEN) as plan:
        if Evaluation.objects.filter(plan=plan, held_on=findings.held_on).exists():
            raise SameDayError
        made = Evaluation(practice=practice, plan=plan)
        _write(made, findings, actor, AuditAction.CREATE)
        changed = []
        state = PlanState.ADJUSTED if findings.adjustment else PlanState.EVALUATED
        for name, value in {"state": state, "evaluate_on": next_on}.items():
            if getattr(plan, name) != value:
                setattr(plan, name, value)
                changed.append(name)
        if changed:
            store(plan, actor, changed)
    return made


@transaction.atomic
def change_evaluation(
    *, practice: Practice, evaluation: Evaluation, findings: Findings, seen: str, actor: User
) -> Evaluation:
    """Correct what was written down; the plan stays as it is.

    `OvertakenError` when a colleague changed it since it was `seen`."""
    with changing(practice, evaluation.plan, only=tuple(PlanState)) as plan:
        evaluation.refresh_from_db()
        if seen != version(evaluation):
            raise OvertakenError
        same = Evaluation.objects.filter(plan=plan, held_on=findings.held_on)
        if same.exclude(pk=evaluation.pk).exists():
            raise SameDayError
        _write(evaluation, findings, actor, AuditAction.CHANGE)
    return evaluation


def version(evaluation: Evaluation) -> str:
    """Which state of it somebody looks at."""
    return evaluation.saved_at.isoformat()


def _write(
    evaluation: Evaluation, findings: Findings, actor: User | None, event: AuditAction
) -> None:
    for field in fields(findings):
        setattr(evaluation, field.name, getattr(findings, field.name))
    evaluation.saved_by = actor
    evaluation.save()
    record(
        actor=actor,
        action=event,
        obj=evaluation,
        practice=evaluation.practice,
        patient_key=evaluation.plan.patient_key,
    )
