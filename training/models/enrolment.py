"""Who wants to come, and who has a place."""

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import Person, Practice
from training import querysets
from training.models.session import Session
from training.states import LIVE, EnrolmentState


class Enrolment(models.Model):
    """Somebody's place in a session or in its queue, on the account of a practice.

    `turn` is the order in which people came; the queue goes by it. An enrolment that ended stays:
    who comes back gets a new one, at the end of the queue.
    """

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="enrolments", verbose_name=_("session")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="enrolments", verbose_name=_("person")
    )
    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="enrolments", verbose_name=_("practice")
    )
    state = models.CharField(_("state"), max_length=20, choices=EnrolmentState)
    turn = models.PositiveIntegerField(_("turn"))
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("enrolled by"),
    )
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)
    enrolled_at = models.DateTimeField(_("enrolled at"), default=timezone.now)
    promoted_at = models.DateTimeField(_("got a place at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = querysets.EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["session__held_on", "turn"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(state__in=LIVE),
                name="enrolment_live_once",
            ),
            models.UniqueConstraint(
                fields=["session", "turn"],
                deferrable=Deferrable.DEFERRED,
                name="enrolment_turn_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, ended_at__isnull=True)
                | (~Q(state__in=LIVE) & Q(ended_at__isnull=False)),
                name="enrolment_ended_unless_live",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


class QueueChange(models.Model):
    """Somebody was given another place in the queue than that of the turn, and why."""

    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="queue_changes", verbose_name=_("enrolment")
    )
    from_place = models.PositiveSmallIntegerField(_("from place"))
    to_place = models.PositiveSmallIntegerField(_("to place"))
    reason = models.CharField(_("reason"), max_length=200)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("changed by"),
    )
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("change of the queue")
        verbose_name_plural = _("changes of the queue")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="queue_change_with_reason")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.from_place} > {self.to_place}"
