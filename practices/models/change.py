"""What happened to a practice itself: another code, owner, consultant, or other people."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices import querysets
from practices.models.practice import Practice
from practices.states import ChangeKind


class PracticeChange(models.Model):
    """One change, from `day` on. `other` is the practice in which it went on, or the new one.

    The `former_` columns say what held before. `before` is what taking it back needs, keys of rows
    only: employments `ended` (with their last day until then), `begun` and `moved`, `agreements`,
    the `invitation`, and `along`, what other apps moved.
    """

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="changes", verbose_name=_("practice")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ChangeKind)
    day = models.DateField(_("from"))
    other = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="changes_elsewhere",
        verbose_name=_("other practice"),
    )
    former_code = models.CharField(_("former AGB code"), max_length=8, blank=True)
    former_name = models.CharField(_("former name"), max_length=120, blank=True)
    former_consultant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("former consultant"),
    )
    before = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by")
    )
    made_at = models.DateTimeField(_("noted at"), default=timezone.now)
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = querysets.PracticeChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a practice")
        verbose_name_plural = _("changes of practices")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["former_code"],
                condition=Q(undone_at=None) & ~Q(former_code=""),
                name="former_code_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("merger", "split"), other__isnull=False)
                | (~Q(kind__in=("merger", "split")) & Q(other__isnull=True)),
                name="change_with_other_practice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.get_kind_display()} {self.day}"
