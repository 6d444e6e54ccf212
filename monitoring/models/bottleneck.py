"""What hinders practices in the work with partners [1]. No patient stands in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from highusers.states import PartnerKind
from monitoring.bottlenecks import querysets
from monitoring.bottlenecks.states import (
    OF_STRUCTURAL,
    BottleneckKind,
    BottleneckState,
    ReportEvent,
    Source,
    Weight,
)
from practices.fields import EncryptedTextField
from practices.models import Practice

TITLE_LENGTH, NAME_LENGTH, TEXT_LENGTH = 120, 80, 1000


class StructuralBottleneck(models.Model):
    """Several reports that are one thing, which the region takes up.

    Practices whose report is in it read it; once it is published (`published_at`) all do, and may
    say that they have it, too."""

    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    partner = models.CharField(_("partner"), max_length=20, choices=PartnerKind)
    partner_name = models.CharField(_("name of the partner"), max_length=NAME_LENGTH, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=BottleneckKind)
    doing = models.TextField(_("what the region does"), max_length=2 * TEXT_LENGTH, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible"),
    )
    state = models.CharField(
        _("status"), max_length=20, choices=BottleneckState, default=BottleneckState.GROUPED
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("structural bottleneck")
        verbose_name_plural = _("structural bottlenecks")
        ordering = ["partner", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OF_STRUCTURAL), name="structural_bottleneck_state"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def solved(self) -> bool:
        return self.state == BottleneckState.SOLVED


class StructuralStep(models.Model):
    """A day in the life of a structural bottleneck: how far it was from then on, and what was
    done. The practices whose report is in it read `done`."""

    structural = models.ForeignKey(
        StructuralBottleneck,
        models.CASCADE,
        related_name="steps",
        verbose_name=_("structural bottleneck"),
    )
    state = models.CharField(_("status"), max_length=20, choices=BottleneckState)
    done = models.TextField(_("what was done"), max_length=TEXT_LENGTH, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("step in a structural bottleneck")
        verbose_name_plural = _("steps in structural bottlenecks")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.structural}: {self.state}"


class Bottleneck(models.Model):
    """One report of a practice. `on_behalf`: somebody of the region typed it. `text` is None for
    who only said of a structural one that it has it, too."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="bottlenecks", verbose_name=_("practice")
    )
    partner = models.CharField(_("partner"), max_length=20, choices=PartnerKind)
    partner_name = EncryptedTextField(_("name of the partner"), default="", blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=BottleneckKind)
    weight = models.PositiveSmallIntegerField(_("how much it hinders"), choices=Weight)
    text = EncryptedTextField(_("what goes wrong"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=20, choices=Source)
    structural = models.ForeignKey(
        StructuralBottleneck,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("structural bottleneck"),
    )
    grouped_at = models.DateTimeField(_("put together at"), null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported at"), default=timezone.now)
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = querysets.BottleneckQuerySet.as_manager()

    class Meta:
        verbose_name = _("bottleneck")
        verbose_name_plural = _("bottlenecks")
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__in=Weight.values), name="bottleneck_weight"),
            models.CheckConstraint(
                condition=Q(text__isnull=False) & ~Q(source=Source.ALSO_HERE)
                | Q(text__isnull=True, source=Source.ALSO_HERE),
                name="bottleneck_says_something",
            ),
            models.CheckConstraint(
                condition=Q(structural__isnull=True, grouped_at__isnull=True)
                | Q(structural__isnull=False, grouped_at__isnull=False, withdrawn_at__isnull=True),
                name="bottleneck_grouped_since",
            ),
            models.UniqueConstraint(
                fields=["practice", "structural"],
                condition=Q(source=Source.ALSO_HERE),
                name="bottleneck_also_here_once",
            ),
        ]
        indexes = [models.Index(fields=["practice", "reported_at"])]

    def __str__(self) -> str:
        return f"{self.get_partner_display()}: {self.get_kind_display()}"

    @property
    def state(self) -> BottleneckState:
        if self.structural is None:
            return BottleneckState.NEW
        return BottleneckState(self.structural.state)

    @property
    def is_new(self) -> bool:
        """The practice may still change it or take it back."""
        return self.structural_id is None


class BottleneckStep(models.Model):
    """Who did what with one report."""

    bottleneck = models.ForeignKey(
        Bottleneck, models.CASCADE, related_name="steps", verbose_name=_("bottleneck")
    )
    event = models.CharField(_("what happened"), max_length=20, choices=ReportEvent)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("step in a bottleneck")
        verbose_name_plural = _("steps in bottlenecks")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.bottleneck_id}: {self.event}"
