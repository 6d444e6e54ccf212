"""The region's questions after a programme year."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import Practice

YEARS = (1, 2)
TEXT_LENGTH = 4000


class QuestionnaireAnswer(models.Model):
    """The region's questions after programme year 1 and 2, as handed in.

    It counts from `answered_on`, the day it was first handed in. Once the coordinator reopened it
    (`reopened_at`) the practice may hand it in anew; until then it stays as it is and counts.
    `asked` holds the text of each question as it was answered; what came from the region's
    spreadsheets has none, and nobody who handed it in.
    """

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="questionnaires", verbose_name=_("practice")
    )
    programme_year = models.PositiveSmallIntegerField(_("programme year"))
    answered_on = models.DateField(_("answered on"))
    plans_made = models.BooleanField(_("plans made"))
    lasting_habit = models.BooleanField(_("lasting habit"))
    flexible_in_use = models.BooleanField(_("flexible consultation length in use"))
    experiences = models.TextField(_("experiences"), max_length=TEXT_LENGTH, blank=True)
    added_value = models.TextField(_("added value"), max_length=TEXT_LENGTH, blank=True)
    bottlenecks = models.TextField(_("bottlenecks"), max_length=TEXT_LENGTH, blank=True)
    asked = models.JSONField(_("questions as asked"), default=dict, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("filled in by"),
    )
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reopened by"),
    )
    reopened_at = models.DateTimeField(_("reopened at"), null=True, blank=True)
    reopen_reason = models.TextField(_("reason for reopening"), blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["practice__name", "programme_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "programme_year"], name="questionnaire_once"
            ),
            models.CheckConstraint(
                condition=Q(programme_year__in=YEARS), name="questionnaire_year"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | ~Q(reopen_reason=""),
                name="questionnaire_reopened_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.programme_year}"


class QuestionnaireDraft(models.Model):
    """What a practice filled in so far and did not hand in yet; goes when it does."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="+", verbose_name=_("practice")
    )
    programme_year = models.PositiveSmallIntegerField(_("programme year"))
    answers = models.JSONField(_("answers"), default=dict)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)

    class Meta:
        verbose_name = _("questionnaire not handed in yet")
        verbose_name_plural = _("questionnaires not handed in yet")
        ordering = ["practice__name", "programme_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "programme_year"], name="questionnaire_draft_once"
            ),
            models.CheckConstraint(
                condition=Q(programme_year__in=YEARS), name="questionnaire_draft_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.programme_year}"
