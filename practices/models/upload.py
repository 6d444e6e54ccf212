"""What every upload is made of that a worker reads while a person waits and looks."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from practices.held_files import KEPT_SECONDS
from practices.states import ImportState


def new_code() -> str:
    return secrets.token_hex(12)


def an_hour_from_now() -> datetime:
    return timezone.now() + timedelta(seconds=KEPT_SECONDS)


class HeldUpload(models.Model):
    """Columns of an upload on its way in; what `practices.uploads` works on. The file itself and
    what its pages show of it lie encrypted outside the database, for an hour.

    `heard_at` is when a worker or a person last did something; `attempts` counts how often a
    worker took up the step that the upload waits for."""

    code = models.CharField(max_length=24, unique=True, default=new_code)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=an_hour_from_now)
    heard_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    attempts = models.PositiveSmallIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"
