"""The trail: who did what for whom, when, from where, with what outcome (NEN 7513). No content."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.practice import Practice
from practices.states import AuditAction, AuditOutcome, RegionRoleName, StaffRole
from practices.trail.querysets import AuditEventQuerySet

# What events speak of besides records.
OTHER_KINDS = {
    "page": _("page"),
    "patient": _("patient"),
    "instruction": _("telephone card"),
    "participants": _("who takes part"),
    "practice_report": _("year of the practice"),
    "contacts": _("contacts of practices"),
    "region_high_users": _("high users of the region"),
    "training.costs": _("costs of training"),
    "training.efforts": _("training of practices"),
    "training.fill": _("how full sessions are"),
    "training.lists": _("attendance lists"),
    "membership": _("access of an account"),
    "visit_planning": _("planning of visits"),
    "visit_sheet": _("sheet for a visit"),
    "questionnaire_responses": _("response to questionnaires"),
    "questionnaire_texts": _("what practices wrote in questionnaires"),
    "region_import": _("spreadsheets of the region"),
    "region_overview": _("overview of the region"),
    "annual_report": _("yearly report"),
    "status_course": _("course of statuses"),
    "goals": _("goals of the programme"),
    "regional_fee": _("regional fee"),
    "programme_fee": _("fee of the programme"),
    "encryption keys": _("encryption keys"),
}


class AuditEvent(models.Model):
    """Append-only: the application's log-in may insert and read, not change or delete.

    The table is divided by month (`practices/trail/partitions.py`, which also makes the indexes
    named here). Nothing in it is tied to the rows it speaks of by a foreign key in the database:
    an event outlives them, and is written while their own transaction may still be undone.
    """

    at = models.DateTimeField(_("at"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("who"),
    )
    role = models.CharField(_("role"), max_length=80, blank=True)
    practice = models.ForeignKey(
        Practice,
        models.PROTECT,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("practice"),
    )
    action = models.CharField(_("event"), max_length=10, choices=AuditAction)
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=60, blank=True)
    patient_key = models.BinaryField(_("patient"), max_length=32, null=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=AuditOutcome, default=AuditOutcome.DONE
    )
    client = models.CharField(_("client"), max_length=60, blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["practice", "at"], name="audit_practice"),
            models.Index(fields=["actor", "at"], name="audit_actor"),
            models.Index(
                fields=["practice", "patient_key", "at"],
                condition=Q(patient_key__isnull=False),
                name="audit_patient",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_type} {self.object_id}"

    @property
    def roles(self) -> str:
        """In words, in the reader's language."""
        words = {**dict(StaffRole.choices), **dict(RegionRoleName.choices)}
        return ", ".join(str(words.get(code, code)) for code in self.role.split(",") if code)

    @property
    def about(self) -> str:
        """The object in words: its kind in the reader's language, and its key."""
        if self.object_type in OTHER_KINDS:
            return str(OTHER_KINDS[self.object_type])
        try:
            kind = str(apps.get_model(self.object_type)._meta.verbose_name)
        except (LookupError, ValueError):
            kind = self.object_type
        return f"{kind} {self.object_id}".strip()


class TrailSeal(models.Model):
    """A batch of events of one month (UTC), locked by a hash that takes in the seal before it.

    It covers every event of the month whose id lies from `first_id` to `last_id`; `dropped_on`
    is the day on which the owner dropped the month after the retention term.
    """

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    month = models.DateField(_("month"))
    first_id = models.BigIntegerField(_("from event"))
    last_id = models.BigIntegerField(_("up to event"))
    count = models.PositiveIntegerField(_("events"))
    digest = models.CharField(_("hash"), max_length=64)
    sealed_at = models.DateTimeField(_("sealed at"), default=timezone.now)
    dropped_on = models.DateField(_("dropped on"), null=True)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["month", "first_id"], name="seal_starts_once"),
            models.CheckConstraint(
                condition=Q(last_id__gte=models.F("first_id")), name="seal_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.first_id}–{self.last_id}"


class TrailReview(models.Model):
    """Somebody looked at this event; apart from the event, which nobody can change."""

    event = models.OneToOneField(
        AuditEvent,
        models.DO_NOTHING,
        related_name="review",
        db_constraint=False,
        verbose_name=_("event"),
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reviewed by")
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), default=timezone.now)

    class Meta:
        verbose_name = _("review of an event")
        verbose_name_plural = _("reviews of events")

    def __str__(self) -> str:
        return f"{self.event_id}"
