"""When the consultant comes by, and the mail about it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.visit_planning.querysets import AppointmentQuerySet
from monitoring.visit_planning.states import (
    ANSWERED,
    ENDS,
    OPEN,
    TO_CONSULTANT,
    AppointmentMailKind,
    AppointmentState,
)
from practices.fields import EncryptedTextField
from practices.models import OutgoingMail, Person, Practice
from practices.models.upload import new_code


class VisitAppointment(models.Model):
    """A day and time for a visit, on the clock in the Netherlands; a practice has one open at most.

    `code` stands in addresses. `sequence` counts the changes that calendars must take over (RFC
    5545). `reply` is what the practice wrote when it asked for another date; what it answered goes
    with the date it was about. `called_off`: it was cancelled because the practice was to stop.
    """

    uid = models.UUIDField(_("id in calendars"), default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=24, default=new_code, unique=True, editable=False)
    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="appointments", verbose_name=_("practice")
    )
    consultant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("consultant"),
    )
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("starts at"))
    ends_at = models.TimeField(_("ends at"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    online_url = models.CharField(
        _("link to the online meeting"),
        max_length=200,
        blank=True,
        validators=[URLValidator(["https"])],
    )
    state = models.CharField(
        _("state"), max_length=12, choices=AppointmentState, default=AppointmentState.INVITED
    )
    reply = EncryptedTextField(_("which dates suit better"), blank=True, default="")
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    replied_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)
    called_off = models.BooleanField(
        _("cancelled because the practice stops"), default=False, editable=False
    )
    sequence = models.PositiveIntegerField(_("version in calendars"), default=0, editable=False)
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment for a visit")
        verbose_name_plural = _("appointments for visits")
        ordering = ["held_on", "starts_at"]
        indexes = [models.Index(fields=["consultant", "held_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["practice"], condition=Q(state__in=OPEN), name="appointment_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state=AppointmentState.CANCELLED) | ~Q(cancel_reason=""),
                name="appointment_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=AppointmentState.INVITED, replied_at=None)
                | Q(state__in=ANSWERED, replied_at__isnull=False)
                | Q(state__in=ENDS),
                name="appointment_state_has_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(called_off=False) | Q(state=AppointmentState.CANCELLED),
                name="appointment_called_off_is_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.held_on}"

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.held_on, self.ends_at, timezone.get_default_timezone())


class AppointmentMail(OutgoingMail):
    """One message about an appointment, to somebody of the practice or to the consultant."""

    appointment = models.ForeignKey(
        VisitAppointment, models.CASCADE, related_name="mails", verbose_name=_("appointment")
    )
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=AppointmentMailKind)

    class Meta:
        verbose_name = _("mail about a visit")
        verbose_name_plural = _("mails about visits")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=TO_CONSULTANT, person__isnull=True)
                | (~Q(kind__in=TO_CONSULTANT) & Q(person__isnull=False)),
                name="appointment_mail_to_whom",
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="appointment_mail_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.appointment}"
