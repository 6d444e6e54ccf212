"""What the team said when it went through the list. Row-level security: own practice only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from highusers.models.patient import HighUser, PatientProfile
from highusers.states import Influenceable
from practices.fields import EncryptedTextField
from practices.models import Practice


class Judgement(models.Model):
    """The team on one high user of the extract whose period ends on `period_end`.

    An extract may be replaced or undone; its judgements go by that day and stay. `position` is
    the order in which patients were chosen, 1 the first: the effect figure needs the order and
    the reason of each choice. `version` grows by one with each change."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+", db_index=False)
    high_user = models.ForeignKey(HighUser, models.CASCADE, related_name="judgements")
    period_end = models.DateField(_("extract until"))
    influenceable = models.CharField(
        _("influenceable"), max_length=5, choices=Influenceable, blank=True
    )
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("said by"),
    )
    profile = models.ForeignKey(
        PatientProfile,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("profile"),
    )
    discussed_on = models.DateField(_("discussed on"), null=True, blank=True)
    chosen_on = models.DateField(_("chosen on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order of choice"), null=True, blank=True)
    reason = EncryptedTextField(_("reason for the choice"), default="")
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("judgement of the team")
        verbose_name_plural = _("judgements of the team")
        constraints = [
            models.UniqueConstraint(fields=["high_user", "period_end"], name="judgement_once"),
            models.UniqueConstraint(
                fields=["practice", "period_end", "position"], name="judgement_position_once"
            ),
            models.CheckConstraint(
                condition=Q(chosen_on__isnull=True, position__isnull=True)
                | Q(chosen_on__isnull=False, position__isnull=False),
                name="judgement_chosen_has_position",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.high_user_id} {self.period_end}"


class TeamTalk(models.Model):
    """A meeting of the team about its high users: when, with whom, what was decided."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+", db_index=False)
    held_on = models.DateField(_("date"))
    present = EncryptedTextField(_("who was there"))
    decided = EncryptedTextField(_("what was decided"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("team talk")
        verbose_name_plural = _("team talks")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["practice", "-held_on"], name="team_talk_held")]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.held_on}"
