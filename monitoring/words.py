"""Standings in words: status, count, norm and gap, in the language of the reader.

The page of a practice and the regional matrix say the same with these. Nothing here decides a
status; a phrase follows from what the engine answered.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.compliance import QUESTIONNAIRE, Obligation, Part, PracticeStanding, Status
from practices.norms import Norms

HALF = 50


def intervention_name(intervention: int) -> str:
    """The name people know one of the six interventions by."""
    return {
        1: _("Grip on high users"),
        2: _("Triage training"),
        3: _("Time-out before a referral"),
        4: _("Flexible consultation length"),
        5: _("The other conversation"),
        6: _("Intervision"),
    }[intervention]


def part_name(name: str) -> str:
    """What a part of an obligation is called; `name` as in `Part.name`."""
    return {
        "extract": _("Extract"),
        "plans": _("Plans"),
        QUESTIONNAIRE: _("Questionnaire"),
        "assistants": _("Assistants with a course"),
        "visit": _("Time-out discussed at a visit"),
        "schedule": _("Schedule in use"),
        "professionals": _("GPs and POHs who took part"),
        "gps_twice": _("GPs with enough sessions"),
    }[name]


def current_year(standing: PracticeStanding) -> str:
    """The programme year with its last day, or when the first begins."""
    if standing.programme_year is None or standing.year_ends is None:
        return _("Starts on %(date)s") % {"date": _day(standing.participant.start_on)}
    return _("Year %(year)s, up to and including %(date)s") % {
        "year": standing.programme_year,
        "date": _day(standing.year_ends),
    }


def part_word(part: Part) -> str:
    """The status word of a part."""
    return _word(part.status, part.achieved, part.opens_on)


def obligation_word(obligation: Obligation) -> str:
    """The status word of an obligation; begun as soon as something that counts is there."""
    counting = [part for part in obligation.parts if part.status is not Status.NOT_DUE]
    achieved = sum(part.achieved for part in counting)
    return _word(obligation.status, achieved, obligation.parts[0].opens_on)


def _word(status: Status, achieved: int, opens_on: date) -> str:
    if status is Status.NOT_DUE:
        return _("From %(date)s") % {"date": _day(opens_on)}
    if status is Status.ON_TRACK:
        return _("In progress") if achieved else _("Not started yet")
    return {
        Status.MET: _("Done"),
        Status.AT_RISK: _("Attention"),
        Status.MISSED: _("Too late"),
        Status.NOT_APPLICABLE: _("Not applicable"),
    }[status]


def part_count(part: Part) -> str:
    """The figure behind a part: "3 of 5 plans", people of their whole group; '' for yes or no."""
    values = {"achieved": part.achieved, "people": part.people, "required": part.required}
    if part.status is Status.NOT_APPLICABLE:
        return ""
    if part.name == "plans":
        return _("%(achieved)s of %(required)s plans") % values
    if part.name == "assistants":
        phrase = ngettext(
            "%(achieved)s of %(people)s assistant done",
            "%(achieved)s of %(people)s assistants done",
            part.people,
        )
        return phrase % values
    if part.name == "professionals":
        return _("%(achieved)s of %(people)s GPs and POHs done") % values
    if part.name == "gps_twice":
        phrase = ngettext(
            "%(achieved)s of %(people)s GP done",
            "%(achieved)s of %(people)s GPs done",
            part.people,
        )
        return phrase % values
    return ""


def part_gap(part: Part) -> str:
    """What is still needed to meet a part: "1 more GP needed"; '' when nothing is."""
    if part.status in (Status.MET, Status.NOT_APPLICABLE) or part.achieved >= part.required:
        return ""
    if part.name == QUESTIONNAIRE:
        return _questionnaire_gap(part)
    gap = part.required - part.achieved
    phrases = {
        "extract": _("Extract still to be read in"),
        "visit": _("Time-out still to be discussed at a visit"),
        "schedule": _("Schedule not in use yet"),
        "plans": ngettext("%(gap)s more plan needed", "%(gap)s more plans needed", gap),
        "assistants": ngettext(
            "%(gap)s more assistant needed", "%(gap)s more assistants needed", gap
        ),
        "professionals": ngettext(
            "%(gap)s more GP or POH needed", "%(gap)s more GPs or POHs needed", gap
        ),
        "gps_twice": ngettext("%(gap)s more GP needed", "%(gap)s more GPs needed", gap),
    }
    return phrases[part.name] % {"gap": gap}


def _questionnaire_gap(part: Part) -> str:
    if part.status is Status.NOT_DUE:
        return _("Questionnaire: opens on %(date)s") % {"date": _day(part.opens_on)}
    if part.status is Status.MISSED:
        return _("Questionnaire: still to be filled in")
    # The deadline is the last day that is in time; "before" names the day after it.
    before = part.deadline + timedelta(days=1)
    return _("Questionnaire: still to be filled in before %(date)s") % {"date": _day(before)}


def obligation_phrases(obligation: Obligation) -> list[str]:
    """Figure and gap of each part that counts now, in order; a met yes/no part says nothing."""
    parts = [part for part in obligation.parts if part.status is not Status.NOT_DUE]
    phrases = [phrase for part in parts for phrase in (part_count(part), part_gap(part))]
    return [phrase for phrase in phrases if phrase]


def joined(phrases: Iterable[str]) -> str:
    """Phrases as one line that begins with a capital; names that have one stand alone."""
    return capfirst(" · ".join(phrase[0].lower() + phrase[1:] for phrase in phrases if phrase))


def norm_phrase(name: str, norms: Norms) -> str:
    """The norm of a part in words, to stand beside its figure; `name` as in `Part.name`."""
    phrases = {
        "extract": _("An extract over 12 months of patients with %(contacts)s contacts or more")
        % {"contacts": norms.high_user_contacts},
        "plans": _("A plan for at least %(plans)s patients") % {"plans": norms.plans},
        "visit": _("Time-out discussed at a visit in the year"),
        "schedule": _("A form of flexible consultation length in use"),
        "assistants": _("%(share)s of the assistants followed a course")
        % {"share": _share(norms.assistants_percent)},
        "professionals": _("%(share)s of the GPs and POHs together took part")
        % {"share": _share(norms.professionals_percent)},
        "gps_twice": _("%(share)s of the GPs took part in %(sessions)s sessions")
        % {"share": _share(norms.gps_percent), "sessions": norms.intervision_sessions},
        QUESTIONNAIRE: _("Answered within %(days)s days after the year")
        % {"days": norms.questionnaire_days},
    }
    return phrases[name]


def _share(percent: int) -> str:
    if percent == HALF:
        return _("At least half")
    return _("At least %(percent)s%%") % {"percent": percent}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
