"""How the team of the first practice began to go through its list: half of it is still open."""

from datetime import timedelta

from highusers.choosing.listing import Line, board
from highusers.choosing.services import Patient, Seen, choose, judge
from highusers.models import Judgement, PatientProfile
from highusers.states import Influenceable
from highusers.talks.services import Notes, keep_notes
from monitoring.demo.region import DemoRegion
from practices.isolation import practice_scope
from practices.models import Employment, Person, Practice, User
from practices.states import StaffRole

UNTOUCHED = Seen(0, {"influenceable": "", "profile": None, "discussed_on": None, "reason": ""})
# The answer and the number of the profile, for those without a plan.
SAID = (
    (Influenceable.YES, 2),
    (Influenceable.DOUBT, 4),
    (Influenceable.NO, 5),
    (Influenceable.YES, 1),
)
REASONS = (
    "Belt vooral bij spanning thuis; wil graag overzicht.",
    "Komt sinds kort veel vaker dan de jaren ervoor.",
    "Contacten zijn te bundelen tot één vast moment.",
)
# Days before today, and what was decided.
TALKS = (
    (70, "Lijst doorgenomen. Elke maand kort bespreken op maandag; de POH houdt de lijst bij."),
    (12, "Verder met de lijst. V-codes met twijfel volgende keer met de huisarts erbij."),
)


def go_through_list(region: DemoRegion) -> None:
    """Judge and choose on the last list of the first practice; nothing when it has none."""
    home = next((one for one in region.practices if one.is_home), None)
    practices = Practice.objects.select_related("cohort").filter(code=home.code if home else "")
    for practice in practices:
        poh = User.objects.filter(
            person__employments__practice=practice, person__employments__role=StaffRole.POH
        ).first()
        with practice_scope(practice):
            listed = board(practice, region.today)
            if poh is None or listed.extract is None or Judgement.objects.exists():
                continue
            planned = [line for line in listed.lines if line.plan]
            others = [line for line in listed.lines if not line.plan]
            for line, reason in zip(planned, REASONS, strict=False):
                _judge(practice, line, Influenceable.YES, 3, poh)
                choose(_patient(practice, line), actor=poh, reason=reason)
            for line, (answer, number) in zip(others, SAID, strict=False):
                _judge(practice, line, answer, number, poh)
            _talk(practice, poh, region)


def _patient(practice: Practice, line: Line) -> Patient:
    return Patient(practice, line.high_user, line.judgement.period_end)


def _judge(practice: Practice, line: Line, answer: str, number: int, actor: User) -> None:
    given = {"influenceable": answer, "profile": PatientProfile.objects.get(number=number)}
    judge(_patient(practice, line), given=given, seen=UNTOUCHED, actor=actor)


def _talk(practice: Practice, actor: User, region: DemoRegion) -> None:
    here = Employment.objects.in_service(region.today).of_team(practice).values("person")
    team = list(Person.objects.filter(pk__in=here))
    for days, decided in TALKS:
        notes = Notes(region.today - timedelta(days=days), team, decided)
        keep_notes(practice=practice, notes=notes, actor=actor)
