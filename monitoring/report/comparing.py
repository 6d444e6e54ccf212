"""Comparing: the year before, and the cohorts beside one another."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from monitoring.compliance import DUTIES, PracticeStanding, Status
from monitoring.models import Report as StoredReport
from monitoring.report import figures
from monitoring.report.scope import Scope, scope_of
from monitoring.report.value import CohortProgress, LastYear, MetFigures, Report, report_from_json
from monitoring.standing import standing
from monitoring.states import ReportState
from practices.models import Cohort

NOT_COUNTING = (Status.NOT_DUE, Status.NOT_APPLICABLE)


def met_per_duty(standings: Sequence[PracticeStanding]) -> tuple[MetFigures, ...]:
    """Of each of the eight obligations how many practices met it."""
    found = []
    for place, duty in enumerate(DUTIES):
        statuses = [one.obligations[place].status for one in standings]
        counting = [status for status in statuses if status not in NOT_COUNTING]
        found.append(
            MetFigures(
                duty.intervention, duty.programme_year, counting.count(Status.MET), len(counting)
            )
        )
    return tuple(found)


def by_cohort(scope: Scope, standings: Sequence[PracticeStanding]) -> tuple[CohortProgress, ...]:
    """Of the practices that had begun; a cohort without any is left out."""
    names = dict(Cohort.objects.values_list("number", "name"))
    own = {one.practice_id: one for one in scope.begun}
    going_on = set(scope.going_on)
    found: dict[int, list[PracticeStanding]] = {}
    for one in standings:
        found.setdefault(own[one.participant.practice_id].cohort, []).append(one)
    return tuple(
        CohortProgress(
            number=number,
            name=names[number],
            practices=len(of_cohort),
            stopped=sum(one.participant.practice_id not in going_on for one in of_cohort),
            plans=sum(one.plans for one in figures.plans(of_cohort)),
            obligations=met_per_duty(of_cohort),
        )
        for number, of_cohort in sorted(found.items())
    )


def last_year(scope: Scope) -> LastYear | None:
    """What the final report of the year before says: the one of this insurer before others, and of
    its versions one that was published before one that its reader does not know. Else the figures
    as of its 31 December. None when nobody had begun by then."""
    frozen = StoredReport.objects.filter(year=scope.year - 1, state=ReportState.FINAL)
    own = sorted(
        frozen.order_by("version"),
        key=lambda one: (
            one.insurer_id == scope.insurer.pk,
            one.published_at is not None,
            one.version,
        ),
    )
    if own:
        return _of_frozen(report_from_json(own[-1].value), own[-1].sha256)
    before = scope_of(scope.year - 1, scope.insurer)
    if not before.begun:
        return None
    standings = standing(before.as_of, before.ids)
    return LastYear(
        year=before.year,
        sha256="",
        practices=len(before.begun),
        stopped=len(before.begun) - len(before.going_on),
        obligations=met_per_duty(standings),
        plans=figures.plans(standings),
        sessions=figures.sessions(before),
        questionnaires=figures.questionnaires(before, standings),
    )


def _of_frozen(report: Report, sha256: str) -> LastYear:
    return LastYear(
        year=report.year,
        sha256=sha256,
        practices=report.practices,
        stopped=report.stopped,
        obligations=tuple(
            MetFigures(one.intervention, one.programme_year, one.met, one.applicable)
            for one in report.obligations
        ),
        plans=report.plans,
        sessions=report.sessions,
        questionnaires=report.questionnaires,
    )


def source_words(last: LastYear) -> str:
    """Where the figures of the year before come from."""
    if last.sha256:
        return _("The figures of %(year)s are those of its final report (hash %(hash)s…).") % {
            "year": last.year,
            "hash": last.sha256[:12],
        }
    return _(
        "There is no final report of %(year)s: its figures were counted as of 31 December %(year)s."
    ) % {"year": last.year}
