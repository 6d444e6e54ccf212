"""What is known of practices when a visit is planned; the same number of queries for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone

from interventions.models import PlanVersion, PracticePlan
from interventions.practice_plan.states import PlanState
from monitoring.compliance import PracticeStanding
from monitoring.models import QuestionnaireAnswer
from monitoring.standing import standing
from monitoring.visit_planning.need import STILL_TALKED_ABOUT, Situation
from monitoring.visit_planning.states import AppointmentState
from monitoring.visit_planning.years import VisitYear, visit_years
from monitoring.visits.facts import still_open
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Known:
    """One practice that takes part; `plan` is its own plan of this programme year, which waits
    for the consultant since `plan_waits_since`."""

    term: VisitYear
    standing: PracticeStanding
    plan: PlanState | None
    plan_waits_since: datetime | None
    contradicted: tuple[int, ...]
    own_agreements: int
    late_agreements: int

    @property
    def practice(self) -> Practice:
        return self.term.practice

    def situation(self) -> Situation:
        appointment = self.term.appointment
        asks = appointment is not None and appointment.state == AppointmentState.ANOTHER
        return Situation(
            standing=self.standing,
            visit_until=self.term.last_day if self.term.to_plan else None,
            year_missed=self.term.missed,
            another_date_since=_day(appointment.replied_at) if asks and appointment else None,
            plan_waits_since=_day(self.plan_waits_since),
            contradicted=self.contradicted,
            own_agreements=self.own_agreements,
            late_agreements=self.late_agreements,
        )


def known(practices: Iterable[Practice], today: date) -> list[Known]:
    """Of those that began and did not stop, in the order they came in."""
    terms = visit_years(practices, today)
    ids = [term.practice.pk for term in terms]
    standings = {one.participant.practice_id: one for one in standing(today, ids)}
    plans, answers, agreements = _plans(ids), _answers(ids, today), _agreements(ids, today)
    found = []
    for term in terms:
        stands, plan = standings[term.practice.pk], plans.get((term.practice.pk, term.year))
        own, late = agreements.get(term.practice.pk, (0, 0))
        found.append(
            Known(
                term=term,
                standing=stands,
                plan=PlanState(plan.state) if plan else None,
                plan_waits_since=_waits_since(plan) if plan else None,
                contradicted=contradicted(stands, answers.get(term.practice.pk, [])),
                own_agreements=own,
                late_agreements=late,
            )
        )
    return found


def contradicted(
    stands: PracticeStanding, answers: Iterable[QuestionnaireAnswer]
) -> tuple[int, ...]:
    """The programme years of which the practice said 'no' where the figures say otherwise."""
    years = []
    for answer in answers:
        facts = stands.facts[answer.programme_year - 1]
        norms = stands.participant.norms[answer.programme_year - 1]
        no_plans = not answer.plans_made and facts.plans >= norms.plans
        not_flexible = not answer.flexible_in_use and facts.schedule_from is not None
        if no_plans or not_flexible:
            years.append(answer.programme_year)
    return tuple(sorted(years))


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment is not None else None


def _plans(ids: list[int]) -> dict[tuple[int, int], PracticePlan]:
    versions = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number")
    read_at = Subquery(versions.values("consultant_agreed_at")[:1])
    plans = PracticePlan.objects.filter(practice__in=ids).annotate(read_at=read_at)
    return {(one.practice_id, one.programme_year): one for one in plans}


def _waits_since(plan: PracticePlan) -> datetime | None:
    """Handed in, and neither commented on nor agreed to by the consultant."""
    handed_in = plan.state == PlanState.HANDED_IN
    return plan.since if handed_in and plan.read_at is None else None  # type: ignore[attr-defined]


def _answers(ids: list[int], today: date) -> dict[int, list[QuestionnaireAnswer]]:
    found: dict[int, list[QuestionnaireAnswer]] = {}
    for one in QuestionnaireAnswer.objects.filter(practice__in=ids, answered_on__lte=today):
        if (today - one.answered_on).days <= STILL_TALKED_ABOUT:
            found.setdefault(one.practice_id, []).append(one)
    return found


def _agreements(ids: list[int], today: date) -> dict[int, tuple[int, int]]:
    """Those the practice's own consultant has open, and of them those past their day."""
    mine = still_open().filter(visit__practice__in=ids, account=F("visit__practice__consultant"))
    counted = (
        mine.select_related(None)
        .order_by()
        .values("visit__practice")
        .annotate(all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    )
    return {row["visit__practice"]: (row["all"], row["late"]) for row in counted}
