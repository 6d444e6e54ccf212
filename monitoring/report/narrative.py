"""Sentences of the report, each drawn from its figures."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.report.value import (
    IndicatorFigures,
    ObligationFigures,
    QuestionnaireFigures,
    Report,
    SessionFigures,
    VisitFigures,
)
from monitoring.words import intervention_name
from mtvp.charts.numbers import day, number
from mtvp.charts.numbers import percent as share


def obligation_name(one: ObligationFigures) -> str:
    """An obligation as people name it: "1 Regie op veelgebruikers, jaar 1"."""
    return duty_name(one.intervention, one.programme_year)


def duty_name(intervention: int, programme_year: int) -> str:
    return _("%(intervention)s %(name)s, year %(year)s") % {
        "intervention": intervention,
        "name": intervention_name(intervention),
        "year": programme_year,
    }


def participation(report: Report) -> str:
    """How many practices take part, and how many stopped."""
    begun = ngettext(
        "On %(day)s %(practices)s practice had begun.",
        "On %(day)s %(practices)s practices had begun.",
        report.practices,
    ) % {"day": day(date.fromisoformat(report.as_of)), "practices": number(report.practices)}
    if not report.stopped:
        return begun
    stopped = ngettext(
        "%(stopped)s of them has stopped.", "%(stopped)s of them have stopped.", report.stopped
    ) % {"stopped": number(report.stopped)}
    return f"{begun} {stopped}"


def roll_out(obligations: Sequence[ObligationFigures]) -> str:
    """Which obligation is met most and which least, where any counts."""
    counting = [one for one in obligations if one.applicable]
    if not counting:
        return _("No obligation counts yet on this day.")
    most = max(counting, key=lambda one: one.met / one.applicable)
    least = min(counting, key=lambda one: one.met / one.applicable)
    if most is least or most.met * least.applicable == least.met * most.applicable:
        return _("Of every obligation %(share)s is met.") % {
            "share": share(most.met / most.applicable)
        }
    return _("Met most: %(most)s (%(most_share)s). Met least: %(least)s (%(least_share)s).") % {
        "most": obligation_name(most),
        "most_share": share(most.met / most.applicable),
        "least": obligation_name(least),
        "least_share": share(least.met / least.applicable),
    }


def overdue(obligations: Sequence[ObligationFigures]) -> str:
    """How many obligations are past their date."""
    missed = sum(one.missed for one in obligations)
    applicable = sum(one.applicable for one in obligations)
    return _("Of all %(applicable)s obligations together %(missed)s are past their date.") % {
        "applicable": number(applicable),
        "missed": number(missed),
    }


def high_users(report: Report) -> str:
    """The share of high users, when both numbers may be shown."""
    extracts = report.extracts
    if not extracts.number:
        return _("No extract over 12 months ended in %(year)s.") % {"year": report.year}
    if extracts.patients is None or extracts.high_users is None or not extracts.patients:
        return _("The extracts hold too few patients to show figures.")
    return _("%(high)s of %(patients)s patients (%(share)s) had 30 contacts or more.") % {
        "high": number(extracts.high_users),
        "patients": number(extracts.patients),
        "share": share(Decimal(extracts.high_users) / extracts.patients, 1),
    }


def training(sessions: Sequence[SessionFigures]) -> str:
    """How many meetings there were, and how often people took part."""
    return _("%(sessions)s meetings were held, with %(attendances)s attendances.") % {
        "sessions": number(sum(one.sessions for one in sessions)),
        "attendances": number(sum(one.attendances for one in sessions)),
    }


def visits(found: VisitFigures) -> str:
    """How many of the practices were visited."""
    return ngettext(
        "%(practices)s of %(of)s practices was visited in the year.",
        "%(practices)s of %(of)s practices were visited in the year.",
        found.practices,
    ) % {"practices": number(found.practices), "of": number(found.of)}


def answers(questionnaires: Sequence[QuestionnaireFigures]) -> str:
    """How many open questionnaires were answered."""
    due = sum(one.due for one in questionnaires)
    if not due:
        return _("No questionnaire was open yet.")
    return ngettext(
        "%(answered)s questionnaire was answered; %(due)s were open.",
        "%(answered)s questionnaires were answered; %(due)s were open.",
        sum(one.answered for one in questionnaires),
    ) % {
        "answered": number(sum(one.answered for one in questionnaires)),
        "due": number(due),
    }


def trend(one: IndicatorFigures, decimals: int, *, percent: bool) -> str:
    """From the first year with a figure to the last."""
    write = share if percent else number
    known = [(year.year, Decimal(year.value)) for year in one.years if year.value is not None]
    if len(known) < 2:
        return _("There are not enough years to show a course.")
    (first_year, first), (last_year, last) = known[0], known[-1]
    values = {
        "first": write(first, decimals),
        "first_year": first_year,
        "last": write(last, decimals),
        "last_year": last_year,
    }
    if write(first, decimals) == write(last, decimals):
        return _("Unchanged at %(last)s since %(first_year)s.") % values
    if last < first:
        return _("Fell from %(first)s in %(first_year)s to %(last)s in %(last_year)s.") % values
    return _("Rose from %(first)s in %(first_year)s to %(last)s in %(last_year)s.") % values
