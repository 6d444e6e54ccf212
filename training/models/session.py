"""Meetings on a day."""

import uuid
from datetime import date, datetime, time

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import Practice
from practices.states import StaffRole
from training import querysets
from training.models.menu import Course
from training.states import INTERVISION_PLACES, MEANT_FOR, SessionKind


class Series(models.Model):
    """Sessions that belong together; one enrols for each of them."""

    title = models.CharField(_("title"), max_length=160)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """A meeting on one day; what counts for a norm follows from its kind.

    Times are those on the clock in the Netherlands on that day, so that a session stays at half
    past seven whatever the clock change does. `enrol_until` and `cancel_until` are the last days,
    included. `price` in euros was taken from the menu when it was planned. `sequence` counts the
    changes that calendars must take over (RFC 5545).
    """

    uid = models.UUIDField(_("id in calendars"), default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind)
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, verbose_name=_("course")
    )
    series = models.ForeignKey(
        Series,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("series"),
    )
    only_for = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="own_sessions",
        verbose_name=_("only for this practice"),
    )
    title = models.CharField(_("title"), max_length=160)
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("starts at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    online_url = models.CharField(
        _("link to the online meeting"),
        max_length=200,
        blank=True,
        validators=[URLValidator(["https"])],
    )
    trainer = models.CharField(_("trainer"), max_length=120, blank=True)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions_facilitated",
        verbose_name=_("facilitator"),
    )
    capacity = models.PositiveSmallIntegerField(_("capacity"), null=True, blank=True)
    capacity_reason = models.CharField(
        _("reason for more than 12 places"), max_length=200, blank=True
    )
    minimum = models.PositiveSmallIntegerField(_("minimum"), null=True, blank=True)
    price = models.DecimalField(
        _("price per person"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    enrol_until = models.DateField(_("enrol until"), null=True, blank=True)
    cancel_until = models.DateField(_("cancel until"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)
    sequence = models.PositiveIntegerField(_("version in calendars"), default=0, editable=False)
    planned_at = models.DateTimeField(_("planned at"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)

    objects = querysets.SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["held_on", "starts_at", "reference"]
        indexes = [models.Index(fields=["kind", "held_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=SessionKind.INTERVISION)
                | Q(capacity__isnull=True)
                | Q(capacity__lte=INTERVISION_PLACES)
                | ~Q(capacity_reason=""),
                name="session_more_than_12_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""),
                name="session_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0),
                name="session_price_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}: {self.title}"

    @property
    def places(self) -> int | None:
        """How many can have a place; None for as many as come."""
        if self.capacity is None and self.kind == SessionKind.INTERVISION:
            return INTERVISION_PLACES
        return self.capacity

    @property
    def meant_for(self) -> frozenset[StaffRole]:
        return self.course.meant_for if self.course else MEANT_FOR[SessionKind(self.kind)]

    @property
    def begins(self) -> datetime:
        """The moment it starts; midnight of its day when no time is known."""
        return _moment(self.held_on, self.starts_at or time.min)

    @property
    def ends(self) -> datetime:
        return _moment(self.held_on, self.ends_at or time.max)

    def overlaps(self, other: "Session") -> bool:
        """Both have times on the same day that meet; without an end it lasts till the day's."""
        if self.held_on != other.held_on or self.starts_at is None or other.starts_at is None:
            return False
        return self.begins < other.ends and other.begins < self.ends


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, timezone.get_default_timezone())
