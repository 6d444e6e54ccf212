"""What the region announces, and the newsletters it makes of that."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interventions.models import Example
from monitoring import querysets
from monitoring.states import Audience
from practices.texts.rendering import running_text


class Announcement(models.Model):
    """Shown from one day up to and including another, to everybody or to one group, unless it was
    taken down. `body` is small Markdown (practices.texts.rendering)."""

    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), max_length=4000)
    audience = models.CharField(
        _("for whom"), max_length=12, choices=Audience, default=Audience.ALL
    )
    shown_from = models.DateField(_("first day"))
    shown_until = models.DateField(_("last day"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    taken_down_at = models.DateTimeField(_("taken down at"), null=True, blank=True)

    objects = querysets.AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-shown_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_until__gte=F("shown_from")), name="announcement_days"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def excerpt(self) -> str:
        """On one line, to be cut short."""
        return running_text(self.body)


class AnnouncementRead(models.Model):
    """Somebody put it away from the start page."""

    announcement = models.ForeignKey(
        Announcement, models.CASCADE, related_name="readers", verbose_name=_("announcement")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("announcement that was read")
        verbose_name_plural = _("announcements that were read")
        constraints = [
            models.UniqueConstraint(fields=["announcement", "user"], name="announcement_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id}: {self.user_id}"


class Newsletter(models.Model):
    """A few words, and what was chosen to stand below them. Given to the weekly mail at `sent_at`;
    from then on it does not change."""

    title = models.CharField(_("title"), max_length=120)
    opening = models.TextField(_("opening"), max_length=2000, blank=True)
    announcements = models.ManyToManyField(
        Announcement, blank=True, related_name="+", verbose_name=_("announcements")
    )
    examples = models.ManyToManyField(
        Example, blank=True, related_name="+", verbose_name=_("examples")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title
