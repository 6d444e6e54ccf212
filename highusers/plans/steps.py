"""Where a plan stands, and what is sensible to do next."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from highusers.models import PatientPlan
from highusers.states import Outcome, PlanState
from mtvp.charts.numbers import day


@dataclass(frozen=True, slots=True)
class Tag:
    """`tone` is a class of the style sheet, `icon` an id of the sprite."""

    tone: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class Step:
    """`page` is the name of the address; `posts` when it is done at once by a button."""

    label: str
    hint: str
    page: str
    posts: bool = False


LOOKS = {
    PlanState.DRAWN_UP: ("empty", "circle"),
    PlanState.RUNNING: ("busy", "circle-half"),
    PlanState.EVALUATED: ("attention", "clipboard-check"),
    PlanState.ADJUSTED: ("busy", "arrow-clockwise"),
    PlanState.CLOSED: ("done", "check-lg"),
}


def state_tag(plan: PatientPlan) -> Tag:
    tone, icon = LOOKS[PlanState(plan.state)]
    return Tag(tone, icon, plan.get_state_display())


def next_step(plan: PatientPlan, today: date, outcome: str) -> Step | None:
    """None for a closed plan. `outcome` is that of the last evaluation, blank before the first."""
    match plan.state:
        case PlanState.DRAWN_UP if not plan.how:
            hint = _("The patient is chosen; what you do is not written down yet.")
            return Step(_("Write the plan"), hint, "plan_edit")
        case PlanState.DRAWN_UP:
            hint = _("From then on the assistant sees the instruction for the telephone.")
            return Step(_("Start the plan"), hint, "plan_start", posts=True)
        case PlanState.EVALUATED if outcome == Outcome.REACHED:
            return Step(_("Close the plan"), _("The goals are reached."), "plan_close")
        case PlanState.EVALUATED:
            hint = _("The plan is evaluated. Write down what you change, or close it.")
            return Step(_("Adjust the plan"), hint, "plan_edit")
        case PlanState.RUNNING | PlanState.ADJUSTED:
            return _evaluation(plan, today)
    return None


def _evaluation(plan: PatientPlan, today: date) -> Step:
    if plan.evaluate_on is None:
        hint = _("No day is set for it yet: set it in the plan, or evaluate now.")
    elif plan.evaluate_on > today:
        hint = _("Planned for %(date)s.") % {"date": day(plan.evaluate_on)}
    else:
        hint = _("Due since %(date)s.") % {"date": day(plan.evaluate_on)}
    return Step(_("Evaluate the plan"), hint, "evaluation_new")
