"""A visit of the consultant: what was said, what was agreed, and what the practice thinks of it.

Nothing in it is about a patient. Free text is encrypted because people may type more than they
should.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.visits.states import WITH_READ_BACK, VisitState
from practices.fields import EncryptedTextField
from practices.models import Person, Practice
from practices.models.upload import new_code


def _account(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class Visit(models.Model):
    """`time_out_discussed` follows from the answers about the time-out, or comes from the region's
    spreadsheets; compliance reads it. `questions` is the version of what is asked, 0 for a visit
    of which only the day is known. `was_recorded`: that was known before it was begun."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="visits", verbose_name=_("practice")
    )
    held_on = models.DateField(_("date"))
    consultant = _account(_("consultant"))
    time_out_discussed = models.BooleanField(_("time-out discussed"), default=False)
    code = models.CharField(_("code"), max_length=24, unique=True, default=new_code)
    state = models.CharField(
        _("status"), max_length=12, choices=VisitState, default=VisitState.RECORDED
    )
    questions = models.PositiveSmallIntegerField(_("version of the questions"), default=0)
    was_recorded = models.BooleanField(
        _("recorded before it was begun"), default=False, editable=False
    )
    begun_by = _account(_("begun by"))
    begun_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    read_back_at = models.DateTimeField(_("read back at"), null=True, blank=True)
    appointment = models.OneToOneField(
        "monitoring.VisitAppointment",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="visit",
        verbose_name=_("appointment"),
    )

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-held_on", "practice__name"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "held_on"], name="visit_once"),
            models.CheckConstraint(
                condition=Q(
                    state=VisitState.RECORDED,
                    questions=0,
                    begun_at=None,
                    read_back_at=None,
                    appointment=None,
                )
                | Q(
                    state=VisitState.HELD,
                    questions__gt=0,
                    begun_at__isnull=False,
                    read_back_at=None,
                )
                | Q(
                    state__in=WITH_READ_BACK,
                    questions__gt=0,
                    begun_at__isnull=False,
                    read_back_at__isnull=False,
                    read_back_at__gte=F("begun_at"),
                ),
                name="visit_state_has_its_moments",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.held_on}"


class VisitAnswer(models.Model):
    """What the visit holds in one field: one of the choices, or words.

    `asked` is the question as it was asked; `version` the number of the change that put it there
    (docs/decisions/0085)."""

    visit = models.ForeignKey(
        Visit, models.CASCADE, related_name="answers", verbose_name=_("visit")
    )
    key = models.CharField(_("question"), max_length=40)
    asked = models.CharField(_("question as asked"), max_length=300)
    choice = models.CharField(_("choice"), max_length=16, blank=True)
    text = EncryptedTextField(_("text"), default="", blank=True)
    version = models.CharField(_("number of the change"), max_length=80)
    written_by = _account(_("written by"))
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("answer at a visit")
        verbose_name_plural = _("answers at visits")
        ordering = ["visit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "key"], name="visit_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.key}"

    @property
    def value(self) -> str:
        return self.choice or self.text


class VisitChange(models.Model):
    """The number of a change that arrived, so that it is not made twice; without what it said:
    words that were taken back are gone."""

    visit = models.ForeignKey(
        Visit, models.CASCADE, related_name="changes", verbose_name=_("visit")
    )
    change = models.CharField(_("number of the change"), max_length=80, unique=True)
    field = models.CharField(_("field"), max_length=80)

    class Meta:
        verbose_name = _("change at a visit")
        verbose_name_plural = _("changes at visits")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.visit}: {self.field}"


class VisitAgreement(models.Model):
    """What somebody does before a day. The owner is a person of the practice, an account of the
    region, or words.

    `field` is the number that the device gave it, and `version` that of the change which made it.
    `subject` is the part of the visit in which it was made, '' for none of them.
    """

    visit = models.ForeignKey(
        Visit, models.CASCADE, related_name="agreements", verbose_name=_("visit")
    )
    field = models.CharField(_("number of the entry"), max_length=80, unique=True)
    version = models.CharField(_("number of the change"), max_length=80)
    subject = models.CharField(_("subject"), max_length=40, blank=True)
    what = EncryptedTextField(_("what was agreed"))
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person of the practice"),
    )
    account = _account(_("person of the region"))
    owner = models.CharField(_("who, in words"), max_length=120, blank=True)
    due_on = models.DateField(_("before"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = _account(_("said to be done by"))
    written_by = _account(_("written by"))
    written_at = models.DateTimeField(_("written at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement of a visit")
        verbose_name_plural = _("agreements of visits")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["visit", "due_on"],
                condition=Q(done_on=None, withdrawn_at=None),
                name="agreement_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_by=None) | Q(done_on__isnull=False),
                name="agreement_done_by_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.pk}"


class VisitReport(models.Model):
    """What the practice was sent; nothing in it changes afterwards. A visit that is amended gets
    another one, and the practice confirms the newest.

    `contents` is JSON (monitoring/visits/contents.py); `changed` says in words what was amended,
    '' for the first."""

    visit = models.ForeignKey(
        Visit, models.CASCADE, related_name="reports", verbose_name=_("visit")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    contents = EncryptedTextField(_("contents"))
    changed = EncryptedTextField(_("what was changed"), default="", blank=True)
    sent_by = _account(_("sent by"))
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    confirmed_by = _account(_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("report of a visit")
        verbose_name_plural = _("reports of visits")
        ordering = ["visit", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="visit_report_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_at__isnull=False, confirmed_at__gte=F("sent_at")),
                name="visit_report_confirmed_once_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.number}"


class VisitComment(models.Model):
    """What the practice says about the report, and what the consultant answers."""

    visit = models.ForeignKey(
        Visit, models.CASCADE, related_name="comments", verbose_name=_("visit")
    )
    text = EncryptedTextField(_("text"))
    of_practice = models.BooleanField(_("of the practice"))
    written_by = _account(_("written by"))
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("comment on the report of a visit")
        verbose_name_plural = _("comments on reports of visits")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.visit}: {self.pk}"
