"""The practice's own plan for one programme year: the thread of the consultant's visit [1]."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interventions.practice_plan.states import Field, Kind, PlanState
from practices.models import Person, Practice


def _account(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class PracticePlan(models.Model):
    """One per practice and programme year. Its text may change while it is being written and when
    it has comments; handing it in freezes a version."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="own_plans", verbose_name=_("practice")
    )
    programme_year = models.PositiveSmallIntegerField(_("programme year"))
    state = models.CharField(_("status"), max_length=12, choices=PlanState, default=PlanState.DRAFT)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("plan of a practice")
        verbose_name_plural = _("plans of practices")
        ordering = ["practice__name", "programme_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "programme_year"], name="practice_plan_once"
            ),
            models.CheckConstraint(
                condition=Q(programme_year__gte=1), name="practice_plan_year_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.programme_year}"


class PlanSection(models.Model):
    """One of the six interventions, or an activity that the practice added."""

    plan = models.ForeignKey(
        PracticePlan, models.CASCADE, related_name="sections", verbose_name=_("plan")
    )
    kind = models.CharField(_("subject"), max_length=16, choices=Kind)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("section of a plan of a practice")
        verbose_name_plural = _("sections of plans of practices")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind"],
                condition=~Q(kind=Kind.FREE),
                name="practice_plan_section_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.kind}"


class SectionText(models.Model):
    """What somebody wrote in one field of a section; a date as `2026-11-22`.

    `apart` waits until somebody chooses: a colleague had changed the field first, or the plan was
    handed in meanwhile. The one that is not apart is what the plan says. `person` is the colleague
    whom `who` names; `from_year` the year it was carried over from, until somebody writes it anew.
    """

    section = models.ForeignKey(
        PlanSection, models.CASCADE, related_name="texts", verbose_name=_("section")
    )
    field = models.CharField(_("field"), max_length=8, choices=Field)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    written_by = _account(_("written by"))
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)
    from_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    apart = models.BooleanField(_("waits to be chosen"), default=False)

    class Meta:
        verbose_name = _("text in a plan of a practice")
        verbose_name_plural = _("texts in plans of practices")
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "field"], condition=Q(apart=False), name="section_text_once"
            ),
            models.UniqueConstraint(
                fields=["section", "field", "written_by"],
                condition=Q(apart=True),
                name="section_text_apart_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.field}"


class SectionComment(models.Model):
    """What the consultant says about a section, and what the practice answers."""

    section = models.ForeignKey(
        PlanSection, models.CASCADE, related_name="comments", verbose_name=_("section")
    )
    text = models.TextField(_("text"), max_length=2000)
    of_consultant = models.BooleanField(_("of the consultant"))
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)
    written_by = _account(_("written by"))
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("comment on a plan of a practice")
        verbose_name_plural = _("comments on plans of practices")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.section}: {self.pk}"


class PlanVersion(models.Model):
    """What a plan read when it was handed in; nothing in it changes afterwards.

    `contents` is a list of sections: `{"key", "kind", "done", "texts": {field: text}}`. Agreed is
    what both sides agreed to; handing in by its own people is the practice's side.
    """

    plan = models.ForeignKey(
        PracticePlan, models.CASCADE, related_name="versions", verbose_name=_("plan")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    contents = models.JSONField(_("contents"))
    handed_in_by = _account(_("handed in by"))
    handed_in_at = models.DateTimeField(_("handed in at"), default=timezone.now)
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)
    practice_agreed_by = _account(_("agreed for the practice by"))
    practice_agreed_at = models.DateTimeField(_("agreed for the practice at"), null=True)
    consultant_agreed_by = _account(_("agreed as consultant by"))
    consultant_agreed_at = models.DateTimeField(_("agreed as consultant at"), null=True)

    class Meta:
        verbose_name = _("version of a plan of a practice")
        verbose_name_plural = _("versions of plans of practices")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="practice_plan_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.number}"

    @property
    def agreed(self) -> bool:
        return None not in (self.practice_agreed_at, self.consultant_agreed_at)
