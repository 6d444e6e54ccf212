"""From a status to the pages where something can be done about it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from practices.models import Practice
from practices.permissions import Permission
from practices.tenancy import Access
from training.states import COUNTS_FOR

ASK_A_QUESTIONNAIRE = (1, 4)
TIME_OUT, SCHEDULE = 3, 4
KIND_OF = {intervention: kind for kind, intervention in COUNTS_FOR.items()}


@dataclass(frozen=True, slots=True)
class Door:
    label: str
    url: str


def doors_of(practice: Practice, intervention: int, access: Access) -> list[Door]:
    """Only those that open for whoever looks."""
    doors = []
    if intervention == TIME_OUT:
        doors += _of_time_outs(practice, access)
    if intervention == SCHEDULE and Permission.KEEP_SCHEDULE in access:
        address = reverse("schedules", args=[practice.slug])
        doors.append(Door(_("Our consultation lengths"), address))
    if intervention in ASK_A_QUESTIONNAIRE and Permission.ANSWER_QUESTIONNAIRE in access:
        address = reverse("questionnaires", args=[practice.slug])
        doors.append(Door(_("Questionnaires"), address))
    if intervention in KIND_OF:
        address = f"{reverse('agenda')}?soort={KIND_OF[intervention]}"
        doors.append(Door(_("Dates in the agenda"), address))
        doors.append(Door(_("Our training"), reverse("practice_training", args=[practice.slug])))
    return doors


def _of_time_outs(practice: Practice, access: Access) -> list[Door]:
    named = (
        (Permission.KEEP_TIME_OUTS, _("New time-out"), "time_out_new"),
        (Permission.KEEP_TIME_OUTS, _("My time-outs"), "time_outs"),
        (Permission.SEE_TIME_OUT_PATTERN, _("Pattern of time-outs"), "time_out_pattern"),
    )
    return [
        Door(label, reverse(name, args=[practice.slug]))
        for permission, label, name in named
        if permission in access
    ]
