"""Texts that the region writes itself, with all their versions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TITLE_LENGTH = 120
BODY_LENGTH = 20_000


class RegionText(models.Model):
    """A version of a text; rows are added and never changed, the highest version counts.

    Until there is one, the text that the product brings along counts (`practices/texts/registry`),
    as version 0.
    """

    key = models.SlugField(_("text"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    body = models.TextField(_("text"), max_length=BODY_LENGTH)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)

    class Meta:
        verbose_name = _("text of the region")
        verbose_name_plural = _("texts of the region")
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="region_text_once"),
            models.CheckConstraint(condition=Q(version__gt=0), name="region_text_version"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="region_text_full"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
