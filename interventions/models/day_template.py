"""How the days of a week are laid out in a practice: as it is now, or as a design."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interventions.models.schedule import ConsultationSchedule
from interventions.schedules.blocks import Block
from interventions.schedules.states import LENGTHS, BlockKind, ShareState, Weekday
from practices.models import Practice


class DayTemplate(models.Model):
    """`is_now`: this is how the practice works today, to compare designs with; `seen_per_week` is
    what it counted itself. In use from a date is said by its `schedule`, the one that counts."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="day_templates", verbose_name=_("practice")
    )
    name = models.CharField(_("name"), max_length=160)
    is_now = models.BooleanField(_("how it is now"), default=False)
    seen_per_week = models.PositiveSmallIntegerField(
        _("patients seen in a week"), null=True, blank=True
    )
    schedule = models.OneToOneField(
        ConsultationSchedule,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="day_template",
        verbose_name=_("consultation schedule"),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)

    class Meta:
        verbose_name = _("day template")
        verbose_name_plural = _("day templates")
        ordering = ["-is_now", "name"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "name"], name="template_once"),
            models.UniqueConstraint(
                fields=["practice"], condition=Q(is_now=True), name="template_one_now"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.name}"


class TemplateBlock(models.Model):
    """A stretch of somebody's day. `version` goes up with each change: two people who change one
    block at once are told. `begins` and `ends` are minutes from midnight."""

    template = models.ForeignKey(
        DayTemplate, models.CASCADE, related_name="blocks", verbose_name=_("day template")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    who = models.CharField(_("who"), max_length=60)
    begins = models.PositiveSmallIntegerField(_("from"))
    ends = models.PositiveSmallIntegerField(_("until"))
    kind = models.CharField(_("kind"), max_length=16, choices=BlockKind)
    minutes = models.PositiveSmallIntegerField(_("minutes of a place"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("block of a day template")
        verbose_name_plural = _("blocks of day templates")
        ordering = ["weekday", "who", "begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins"), ends__lte=24 * 60, weekday__range=(1, 5)),
                name="block_within_a_day",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__in=LENGTHS), name="block_length"
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True)
                | Q(minutes__isnull=False, ends__gte=F("begins") + F("minutes") * F("places")),
                name="block_places_fit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id}: {self.get_weekday_display()} {self.begins}-{self.ends}"

    def block(self) -> Block:
        return Block(
            self.weekday, self.who, self.begins, self.ends, self.kind, self.minutes, self.places
        )


class SharedTemplate(models.Model):
    """A week as a practice offered it to the region: a copy without names, which stays as it was
    when the practice goes on changing its own. `reason` says why it is not shown."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="shared_templates", verbose_name=_("practice")
    )
    template = models.ForeignKey(
        DayTemplate,
        models.SET_NULL,
        null=True,
        related_name="shared",
        verbose_name=_("day template"),
    )
    name = models.CharField(_("name"), max_length=160)
    explanation = models.TextField(_("explanation"), max_length=1000, blank=True)
    practice_named = models.BooleanField(_("the practice may be named"), default=False)
    blocks = models.JSONField(_("blocks"))
    state = models.CharField(
        _("status"), max_length=12, choices=ShareState, default=ShareState.OFFERED
    )
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("offered by")
    )
    offered_at = models.DateTimeField(_("offered at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("day template offered to the region")
        verbose_name_plural = _("day templates offered to the region")
        ordering = ["-offered_at"]

    def __str__(self) -> str:
        return self.name

    def week(self) -> list[Block]:
        return [Block(**row) for row in self.blocks]
