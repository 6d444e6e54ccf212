"""Who wants no mail about what is due; nothing about a patient."""

from django.conf import settings
from django.db import models


class ReminderOptOut(models.Model):
    """Its being there says no: without a row the account gets the weekly mail."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.user_id)
