"""What is given in a practice, when the practice asks for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import Person, Practice
from training import querysets
from training.models.menu import Course
from training.models.session import Session
from training.states import RequestState


class CoachingRequest(models.Model):
    """A practice asks for an offer in the practice: for whom, about what, in which period.

    Planned means that there is a session, for this practice only.
    """

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="requests", verbose_name=_("course")
    )
    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="coaching_requests", verbose_name=_("practice")
    )
    people = models.ManyToManyField(Person, related_name="+", verbose_name=_("for whom"))
    wish = models.TextField(_("what it should be about"), max_length=1000)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("up to and including"))
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState, default=RequestState.OPEN
    )
    session = models.OneToOneField(
        Session,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="request",
        verbose_name=_("session"),
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = querysets.CoachingQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for coaching")
        verbose_name_plural = _("requests for coaching")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="coaching_period_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.DECLINED) | ~Q(reason=""),
                name="coaching_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.course}"

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN
