"""What became of the plans of the first practice: actions, talks, an evaluation. All invented."""

from dataclasses import dataclass
from datetime import date, timedelta

from highusers.actions.services import ActionText, add_action, settle_action
from highusers.conversations.services import Talk, save_conversation
from highusers.evaluations.services import Findings, evaluate
from highusers.models import NetworkPartner, PatientPlan
from highusers.partners.services import save_partner
from highusers.plans.services import note_consent, start_plan
from highusers.states import ActionState, AimOutcome, Outcome, PartnerKind, PositiveHealth
from monitoring.demo.region import DemoRegion
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.states import StaffRole

PARTNERS = (
    ("Wijkteam Demo-Oost", PartnerKind.SOCIAL),
    ("GGZ Voorbeeldland", PartnerKind.MENTAL_HEALTH),
    ("Welzijn Voor Elkaar", PartnerKind.WELFARE),
)


@dataclass(frozen=True, slots=True)
class _Tended:
    """Days are counted from today; `owner` is a partner's place in the register, else the POH."""

    what: str
    owner: int | None
    due: int
    done: bool = False


ACTIONS: tuple[tuple[_Tended, ...], ...] = (
    (
        _Tended("Samen naar het spreekuur van het wijkteam", 0, -60, done=True),
        _Tended("Bellen hoe het met de post en de rekeningen gaat", None, -4),
        _Tended("Intake voor begeleiding bij spanning", 1, 18),
    ),
    (
        _Tended("Koffieochtend in de buurt voorstellen", 2, 6),
        _Tended("Vast gesprek per vier weken inplannen", None, -30, done=True),
    ),
    (_Tended("Controles van diabetes en COPD op één dag zetten", None, 25),),
)
TALKS = (
    (15, "Slaapt slecht door de schulden. Wil eerst overzicht.", (5, 3, 4, 4, 3, 4)),
    (110, "De post wordt nu elke week samen geopend. Meer rust.", (5, 5, 5, 5, 4, 6)),
)
"""Days after the plan was drawn up, the note, and the marks in their fixed order."""


def tend_plans(region: DemoRegion) -> None:
    """Start the plans of the first practice and go on with them; nothing when it has none."""
    home = next((one for one in region.practices if one.is_home), None)
    practice = Practice.objects.select_related("cohort").filter(code=home.code if home else "")
    for found in practice:
        with practice_scope(found):
            _tend(found, region.today)


def _tend(practice: Practice, today: date) -> None:
    plans = list(PatientPlan.objects.select_related("high_user").order_by("drafted_on"))
    poh = User.objects.filter(
        person__employments__practice=practice, person__employments__role=StaffRole.POH
    ).first()
    if not plans or poh is None:
        return
    partners = [
        save_partner(practice=practice, name=name, kind=kind, actor=poh) for name, kind in PARTNERS
    ]
    for plan, actions in zip(plans, ACTIONS, strict=False):
        start_plan(practice=practice, plan=plan, actor=poh)
        for one in actions:
            _add(practice, plan, one, partners, poh, today)
    _talk(practice, plans[0], poh, today)
    _evaluate(practice, plans[0], poh, today)


def _add(
    practice: Practice,
    plan: PatientPlan,
    one: _Tended,
    partners: list[NetworkPartner],
    poh: User,
    today: date,
) -> None:
    action = add_action(
        practice=practice,
        plan=plan,
        text=ActionText(
            what=one.what,
            colleague=poh.person if one.owner is None else None,
            partner=None if one.owner is None else partners[one.owner],
            due_on=today + timedelta(days=one.due),
        ),
        actor=poh,
    )
    if one.done:
        settle_action(practice=practice, action=action, state=ActionState.DONE, actor=poh)


def _talk(practice: Practice, plan: PatientPlan, poh: User, today: date) -> None:
    for after, note, marks in TALKS:
        held_on = plan.drafted_on + timedelta(days=after)
        if held_on <= today:
            talk = Talk(
                held_on, poh.person, note, dict(zip(PositiveHealth.values, marks, strict=True))
            )
            save_conversation(practice=practice, high_user=plan.high_user, talk=talk, actor=poh)


def _evaluate(practice: Practice, plan: PatientPlan, poh: User, today: date) -> None:
    note_consent(practice=practice, plan=plan, given=True, actor=poh)
    if plan.evaluate_on is None or plan.evaluate_on > today:
        return
    evaluate(
        practice=practice,
        plan=plan,
        findings=Findings(
            held_on=plan.evaluate_on,
            outcome=Outcome.PARTLY,
            findings="Er is overzicht over het geld. De spanning thuis blijft.",
            adjustment="De GGZ erbij; gesprekken van eens per twee naar eens per vier weken.",
            own_control=AimOutcome.BETTER,
            health=AimOutcome.SAME,
            collaboration=AimOutcome.BETTER,
            insight=AimOutcome.UNKNOWN,
        ),
        next_on=today + timedelta(days=10),
        actor=poh,
    )
