"""The plan as plain text, to paste into the medical record."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from highusers.models import PatientPlan, PlanAction
from highusers.plans.page import evaluations_of, facts_of
from highusers.plans.words import label_of, words_of
from highusers.states import ActionState
from mtvp.charts.numbers import day


def plain_text(plan: PatientPlan) -> str:
    """Short lines without markup: what most records take. Without the V-code, which says nothing
    there, and without the instruction, which lives here."""
    return "\n".join(_lines(plan))


def _lines(plan: PatientPlan) -> Iterator[str]:
    words = {"date": day(plan.drafted_on), "state": plan.get_state_display()}
    yield _("Plan for frequent contacts (Meer tijd voor de patiënt), drawn up on %(date)s") % words
    yield f"{label_of('state')}: {plan.get_state_display()}"
    for label, said in facts_of(plan):
        yield f"{label.rstrip('?')}: {said}"
    actions = PlanAction.objects.filter(plan=plan).exclude(state=ActionState.DROPPED)
    if listed := [_action(action) for action in actions.select_related("colleague", "partner")]:
        yield from (f"{_('Actions')}:", *listed)
    for one in evaluations_of(plan):
        yield f"{_('Evaluation')} {day(one.row.held_on)}: {one.row.get_outcome_display()}"
        if one.row.findings:
            yield f"- {_('What we see')}: {one.row.findings}"
        if one.row.adjustment:
            yield f"- {_('What we change')}: {one.row.adjustment}"
    if plan.evaluate_on:
        said = words_of("evaluate_on", plan.evaluate_on.isoformat(), {})
        yield f"{label_of('evaluate_on')}: {said}"


def _action(action: PlanAction) -> str:
    owner = str(action.colleague or action.partner or "")
    due = day(action.due_on) if action.due_on else ""
    aside = ", ".join(part for part in (owner, due, action.get_state_display().lower()) if part)
    return f"- {action.what} ({aside})"
