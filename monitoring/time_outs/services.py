"""A time-out becomes a case of the next intervision of its writer."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from interventions.models import TimeOut
from monitoring.models import PutForward
from practices.models import Person, User
from training.models import Case, Session
from training.scripts.services import put_forward
from training.states import EnrolmentState, SessionKind


def next_intervision(person: Person, now: datetime) -> Session | None:
    """The first that is not over in which this person has a place."""
    coming = Session.objects.coming(timezone.localdate(now)).filter(
        kind=SessionKind.INTERVISION,
        enrolments__person=person,
        enrolments__state=EnrolmentState.CONFIRMED,
    )
    return next((session for session in coming if session.ends > now), None)


@transaction.atomic
def put_time_out_forward(*, time_out: TimeOut, session: Session, actor: User) -> Case:
    """One case per time-out: what was put forward already stays, what was taken back may go again.

    Raises ValidationError when the session is over meanwhile.
    """
    found = TimeOut.objects.select_for_update(no_key=True).get(pk=time_out.pk)
    earlier = PutForward.objects.filter(time_out=found).select_related("case").first()
    if earlier is not None and earlier.case.withdrawn_at is None:
        return earlier.case
    case = put_forward(session=session, person=found.person, text=case_text(found), actor=actor)
    PutForward.objects.update_or_create(time_out=found, defaults={"case": case})
    return case


def case_text(time_out: TimeOut) -> str:
    """What was noted, a line each; the day stays out of it."""
    lines = [
        _("Time-out: %(kind)s, %(specialism)s.")
        % {
            "kind": time_out.get_kind_display().lower(),
            "specialism": time_out.get_specialism_display().lower(),
        },
        _("What was done: %(step)s.") % {"step": time_out.get_step_display().lower()},
        _("Outcome: %(outcome)s.") % {"outcome": time_out.get_outcome_display().lower()},
    ]
    if time_out.learned:
        lines.append(_("Learned: %(learned)s") % {"learned": time_out.learned})
    return "\n".join(lines)
