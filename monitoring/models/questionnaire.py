"""The region's questions after a programme year, and what practices answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring import querysets
from monitoring.questionnaires.states import Prefill, QuestionKind
from practices.models import Practice

YEARS = (1, 2)
TEXT_LENGTH = 4000


class QuestionnaireVersion(models.Model):
    """A set of questions: a draft until it is published, then asked from `holds_from` on of who
    begins to answer. Version 1 came with the product, made by nobody."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    holds_from = models.DateField(_("asked from"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = querysets.QuestionnaireVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the questionnaire")
        verbose_name_plural = _("versions of the questionnaire")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, holds_from__isnull=True)
                | Q(published_at__isnull=False, holds_from__isnull=False),
                name="questionnaire_version_published_from",
            ),
            models.UniqueConstraint(
                fields=["published_at"],
                condition=Q(published_at__isnull=True),
                nulls_distinct=False,
                name="questionnaire_version_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class QuestionnaireQuestion(models.Model):
    """A question of one version. `key` names its answer and stays the same over versions;
    `programme_year` is empty when both years ask it; `options` are what one chooses from, each
    the text itself; `prefill` says what is known of it."""

    version = models.ForeignKey(
        QuestionnaireVersion, models.CASCADE, related_name="questions", verbose_name=_("version")
    )
    key = models.SlugField(_("key"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind)
    text = models.CharField(_("question"), max_length=300)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    programme_year = models.PositiveSmallIntegerField(_("programme year"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    prefill = models.CharField(_("what is known"), max_length=20, choices=Prefill, blank=True)

    class Meta:
        verbose_name = _("question of the questionnaire")
        verbose_name_plural = _("questions of the questionnaire")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="questionnaire_question_once"),
            models.UniqueConstraint(
                fields=["version", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="questionnaire_question_place",
            ),
            models.CheckConstraint(
                condition=Q(programme_year__isnull=True) | Q(programme_year__in=YEARS),
                name="questionnaire_question_year",
            ),
            models.CheckConstraint(
                condition=Q(kind=QuestionKind.CHOICE) ^ Q(options=[]),
                name="questionnaire_question_options",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class QuestionnaireAnswer(models.Model):
    """The region's questions after programme year 1 and 2, as handed in.

    It counts from `answered_on`, the day it was first handed in. Once the coordinator reopened it
    (`reopened_at`) the practice may hand it in anew; until then it stays as it is and counts.
    The three answers that the engine and the files of the region know have a column; `answers`
    holds the others by key, those about bottlenecks as a list of what was reported. `asked` holds
    the text of each question as it was answered. What came from the region's spreadsheets has no
    version, no such text, and nobody who handed it in.
    """

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="questionnaires", verbose_name=_("practice")
    )
    programme_year = models.PositiveSmallIntegerField(_("programme year"))
    answered_on = models.DateField(_("answered on"))
    plans_made = models.BooleanField(_("plans made"))
    lasting_habit = models.BooleanField(_("lasting habit"))
    flexible_in_use = models.BooleanField(_("flexible consultation length in use"))
    version = models.ForeignKey(
        QuestionnaireVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version of the questionnaire"),
    )
    answers = models.JSONField(_("other answers"), default=dict, blank=True)
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
    """What a practice filled in so far and did not hand in yet; goes when it does. The version is
    the one it began on."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="+", verbose_name=_("practice")
    )
    programme_year = models.PositiveSmallIntegerField(_("programme year"))
    version = models.ForeignKey(
        QuestionnaireVersion,
        models.PROTECT,
        related_name="+",
        verbose_name=_("version of the questionnaire"),
    )
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


class QuestionnaireReminder(models.Model):
    """Somebody of the region reminded a practice of its questionnaire, once a day at most."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="+", verbose_name=_("practice")
    )
    programme_year = models.PositiveSmallIntegerField(_("programme year"))
    sent_on = models.DateField(_("sent on"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by")
    )

    class Meta:
        verbose_name = _("reminder of a questionnaire")
        verbose_name_plural = _("reminders of questionnaires")
        ordering = ["-sent_on", "practice__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "programme_year", "sent_on"],
                name="questionnaire_reminder_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(programme_year__in=YEARS), name="questionnaire_reminder_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.programme_year} {self.sent_on}"
