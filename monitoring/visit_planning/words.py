"""Reasons why a practice needs help, in words, each with the one thing to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.evidence.subjects import PAGES
from monitoring.tags import Tag
from monitoring.visit_planning.known import Known
from monitoring.visit_planning.need import Reason, Why
from monitoring.words import intervention_name


@dataclass(frozen=True, slots=True)
class Said:
    """A reason as a line of the page; `url` leads to where something can be done about it."""

    tag: Tag
    text: str
    button: str
    url: str


_LOOKS = {
    Why.LATE: ("late", "x-lg"),
    Why.VISIT_DUE: ("attention", "exclamation-triangle-fill"),
    Why.AT_RISK: ("attention", "exclamation-triangle-fill"),
}
_WAITS = ("busy", "circle-half")


def said(known: Known, reasons: Sequence[Reason]) -> list[Said]:
    return [
        Said(Tag(*_LOOKS.get(one.why, _WAITS), _word(one.why)), _text(one), *_way(known, one))
        for one in reasons
    ]


def _word(why: Why) -> str:
    return {
        Why.LATE: _("Too late"),
        Why.VISIT_DUE: _("Visit"),
        Why.AT_RISK: _("Attention"),
        Why.ANOTHER_DATE: _("Date"),
        Why.PLAN_WAITS: _("Plan"),
        Why.AGREEMENTS: _("Agreement"),
        Why.CONTRADICTS: _("Questionnaire"),
    }[why]


def _text(reason: Reason) -> str:
    if reason.why is Why.LATE:
        return f"{_names(reason)}."
    if reason.why is Why.AT_RISK:
        return _("To be done up to and including %(day)s: %(names)s.") % {
            "names": _names(reason),
            "day": _date(reason.day),
        }
    if reason.why is Why.VISIT_DUE and reason.about:
        text = _("Programme year %(year)s went by without a visit, and nothing is planned.")
        return text % {"year": reason.about[0]}
    if reason.why is Why.VISIT_DUE:
        text = ngettext(
            "Not visited this programme year and nothing planned: %(days)s day left.",
            "Not visited this programme year and nothing planned: %(days)s days left.",
            reason.number,
        )
        return text % {"days": reason.number}
    if reason.why is Why.AGREEMENTS:
        return _agreements(reason)
    day = {"day": _date(reason.day)}
    return {
        Why.ANOTHER_DATE: _("Asks for another date for the visit, since %(day)s.") % day,
        Why.PLAN_WAITS: _("Its plan waits for your comments or agreement, since %(day)s.") % day,
        Why.CONTRADICTS: _("A 'no' in the questionnaire of year %(years)s contradicts the figures.")
        % {"years": " + ".join(str(year) for year in reason.about)},
    }[reason.why]


def _names(reason: Reason) -> str:
    """Of the interventions it is about; of other reasons `about` holds something else."""
    return ", ".join(intervention_name(number) for number in reason.about)


def _agreements(reason: Reason) -> str:
    text = ngettext(
        "%(count)s agreement of a visit is still open with the consultant.",
        "%(count)s agreements of visits are still open with the consultant.",
        reason.number,
    ) % {"count": reason.number}
    late = reason.about[0]
    if not late:
        return text
    return f"{text} " + ngettext(
        "%(late)s is past its day.", "%(late)s are past their day.", late
    ) % {"late": late}


def _way(known: Known, reason: Reason) -> tuple[str, str]:
    slug, appointment = known.practice.slug, known.term.appointment
    if reason.why in (Why.LATE, Why.AT_RISK):
        return _("See what is needed"), reverse(PAGES[reason.about[0]], args=[slug])
    if reason.why is Why.ANOTHER_DATE and appointment is not None:
        return _("Choose another date"), reverse("visit_move", args=[slug, appointment.code])
    if reason.why is Why.PLAN_WAITS:
        return _("Read the plan"), reverse("practice_plan_year", args=[slug, known.term.year])
    if reason.why is Why.CONTRADICTS:
        return _("See the answers"), reverse("questionnaire", args=[slug, reason.about[0]])
    if reason.why is Why.AGREEMENTS:
        return _("See the agreements"), reverse("practice_visits", args=[slug])
    if appointment is not None:
        return _("Fill in or move the visit"), reverse("visit_move", args=[slug, appointment.code])
    return _("Plan the visit"), reverse("visit_invite", args=[slug])


def _date(day: date | None) -> str:
    return date_format(day) if day is not None else ""
