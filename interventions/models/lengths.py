"""What belongs to the lengths of a practice besides its days: questions, and the five steps."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interventions.schedules.states import LENGTHS, LengthStep
from practices.models import Practice


class QuestionLength(models.Model):
    """Which question or group of patients gets which length. Without `minutes`: another way, as
    `with_whom` says. `version` goes up with each change."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="question_lengths", verbose_name=_("practice")
    )
    question = models.CharField(_("question or group"), max_length=160)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    with_whom = models.CharField(_("with whom, or how"), max_length=80, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("length of a question")
        verbose_name_plural = _("lengths of questions")
        ordering = ["minutes", "with_whom", "question"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "question"], name="question_once"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__in=LENGTHS), name="question_length"
            ),
        ]

    def __str__(self) -> str:
        return self.question


class StepDone(models.Model):
    """One of the five steps that the practice took."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="length_steps", verbose_name=_("practice")
    )
    step = models.PositiveSmallIntegerField(_("step"), choices=LengthStep)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ticked by")
    )
    ticked_at = models.DateTimeField(_("ticked at"), default=timezone.now)
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)

    class Meta:
        verbose_name = _("step of the consultation lengths")
        verbose_name_plural = _("steps of the consultation lengths")
        ordering = ["step"]
        constraints = [models.UniqueConstraint(fields=["practice", "step"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.step}"
