"""The next action in words: one or two sentences and one button."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.compliance import QUESTIONNAIRE, Obligation, Part, PracticeStanding, Status
from monitoring.evidence.subjects import PAGES
from monitoring.next_action import VISIT, Advice, NextAction
from practices.models import Practice
from practices.permissions import Permission
from practices.tenancy import Access
from training.models import Session
from training.states import SessionKind

SESSION_KINDS = {
    "assistants": SessionKind.TRIAGE,
    "professionals": SessionKind.CONVERSATION,
    "gps_twice": SessionKind.INTERVISION,
}

SESSIONS_LOOKED_AT = 50
"""Of the coming ones: enough to find the first of each kind."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`url` is '' where there is nothing to press."""

    text: str
    button: str = ""
    url: str = ""


def suggestion(
    action: NextAction,
    *,
    standing: PracticeStanding,
    practice: Practice,
    access: Access,
    sessions: Collection[Session],
) -> Suggestion:
    """`sessions` are the coming ones of the region, soonest first."""
    if action.part is None or action.obligation is None:
        return Suggestion(_quiet(action.advice, standing))
    part = action.part
    year = action.obligation.programme_year
    sentences = [
        _task(part, year),
        _deadline(part),
        _first_session(part, sessions),
        _whom_to_ask(part, access),
    ]
    button, url = _way(part, action.obligation, practice, access)
    return Suggestion(" ".join(filter(None, sentences)), button, url)


def _quiet(advice: Advice, standing: PracticeStanding) -> str:
    if advice is Advice.NOT_STARTED:
        start = date_format(standing.participant.start_on)
        return _("The programme starts on %(date)s. Nothing is due before then.") % {"date": start}
    if advice is Advice.STOPPED and standing.participant.stopped_on:
        stopped = date_format(standing.participant.stopped_on)
        return _("The practice stopped with the programme on %(date)s.") % {"date": stopped}
    if advice is Advice.MISSED:
        return _("Nothing can be handed in any more. Talk with the consultant about what is late.")
    return _("Everything that counts now is done. Well done.")


def _task(part: Part, year: int) -> str:
    gap = part.required - part.achieved
    tasks = {
        "extract": _("Read in an extract of 12 months from your GP system."),
        "plans": ngettext(
            "Make %(gap)s more plan for a high user.",
            "Make %(gap)s more plans for high users.",
            gap,
        ),
        "assistants": ngettext(
            "Let %(gap)s more assistant follow a triage course.",
            "Let %(gap)s more assistants follow a triage course.",
            gap,
        ),
        "professionals": ngettext(
            "Let %(gap)s more GP or POH take part in the other conversation.",
            "Let %(gap)s more GPs or POHs take part in the other conversation.",
            gap,
        ),
        "gps_twice": ngettext(
            "%(gap)s more GP must come to intervision often enough.",
            "%(gap)s more GPs must come to intervision often enough.",
            gap,
        ),
        "schedule": _("Put a form of flexible consultation length into use."),
        "visit": _("Plan a visit and discuss time-out referral there."),
        QUESTIONNAIRE: _("Answer the questionnaire of PrimaCura about year %(year)s."),
    }
    return tasks[part.name] % {"gap": gap, "year": year}


def _deadline(part: Part) -> str:
    if part.status is Status.MISSED:
        before = date_format(part.deadline + timedelta(days=1))
        return _("This was due before %(date)s; your answer still counts.") % {"date": before}
    return _("This can be done up to and including %(date)s.") % {
        "date": date_format(part.deadline)
    }


def _first_session(part: Part, sessions: Collection[Session]) -> str:
    """The first session that is in time for this part."""
    kind = SESSION_KINDS.get(part.name)
    first = next((s for s in sessions if s.kind == kind and s.held_on <= part.deadline), None)
    if first is None:
        return ""
    return _("The first session is on %(date)s.") % {"date": date_format(first.held_on)}


def _whom_to_ask(part: Part, access: Access) -> str:
    """A manager sees the list, but choosing is for who treats patients."""
    if part.name != "plans" or Permission.SEE_HIGH_USERS not in access:
        return ""
    if Permission.WRITE_PLANS in access:
        return ""
    return _("Ask a GP or POH of the practice to choose patients and make the plans.")


def _way(part: Part, obligation: Obligation, practice: Practice, access: Access) -> tuple[str, str]:
    if part.name == "extract" and Permission.IMPORT_EXTRACT in access:
        return _("Read in an extract"), reverse("extract_new", args=[practice.slug])
    if part.name == "plans" and Permission.SEE_HIGH_USERS in access:
        may_choose = Permission.WRITE_PLANS in access
        button = _("Choose patients") if may_choose else _("See the list")
        return button, reverse("high_users", args=[practice.slug])
    if part.name in SESSION_KINDS:
        return _("Choose a date"), f"{reverse('agenda')}?soort={SESSION_KINDS[part.name]}"
    if part.name == "schedule" and Permission.KEEP_SCHEDULE in access:
        return _("Record your consultation lengths"), reverse("schedules", args=[practice.slug])
    if part.name == VISIT and Permission.PLAN_VISITS in access:
        return _("Plan the visit"), reverse("visit_invite", args=[practice.slug])
    if part.name == QUESTIONNAIRE and Permission.ANSWER_QUESTIONNAIRE in access:
        address = reverse("questionnaire", args=[practice.slug, obligation.programme_year])
        return _("Fill in the questionnaire"), address
    return _("See what is needed"), reverse(PAGES[obligation.intervention], args=[practice.slug])
