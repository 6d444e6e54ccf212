"""From a status to the pages where something can be done about it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from practices.models import Practice
from practices.permissions import Permission
from practices.tenancy import Access
from training.states import COUNTS_FOR

ASK_A_QUESTIONNAIRE = (1, 4)
SCHEDULE = 4
KIND_OF = {intervention: kind for kind, intervention in COUNTS_FOR.items()}


@dataclass(frozen=True, slots=True)
class Door:
    label: str
    url: str


def doors_of(practice: Practice, intervention: int, access: Access) -> list[Door]:
    """Only those that open for whoever looks."""
    doors = []
    if intervention == SCHEDULE and Permission.KEEP_SCHEDULE in access:
        address = reverse("schedules", args=[practice.slug])
        doors.append(Door(_("Our consultation lengths"), address))
    if intervention in ASK_A_QUESTIONNAIRE and Permission.ANSWER_QUESTIONNAIRE in access:
        address = reverse("questionnaires", args=[practice.slug])
        doors.append(Door(_("Questionnaires"), address))
    if intervention in KIND_OF:
        address = f"{reverse('agenda')}?soort={KIND_OF[intervention]}"
        doors.append(Door(_("Dates in the agenda"), address))
    return doors
