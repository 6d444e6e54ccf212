"""Whether somebody wants the weekly mail about what is due."""

from highusers.models import ReminderOptOut
from practices.models import User


def wants_reminder(user: User) -> bool:
    return not ReminderOptOut.objects.filter(user=user).exists()


def want_reminder(*, user: User, wanted: bool) -> None:
    if wanted:
        ReminderOptOut.objects.filter(user=user).delete()
    else:
        ReminderOptOut.objects.get_or_create(user=user)
