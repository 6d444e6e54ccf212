"""Addresses from which a calendar program reads."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import Practice, User


class CalendarFeed(models.Model):
    """An address that opens without signing in: of a person or of a practice, until withdrawn.

    Only the hash of its secret is kept, so nobody can look up an address that was handed out.
    """

    token_hash = models.BinaryField(_("hash of the secret"), max_length=32, unique=True)
    user = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("practice"),
    )
    made_by = models.ForeignKey(
        User, models.CASCADE, related_name="calendar_feeds", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, practice__isnull=True)
                | Q(user__isnull=True, practice__isnull=False),
                name="feed_of_person_or_practice",
            )
        ]

    def __str__(self) -> str:
        return str(self.user or self.practice)
