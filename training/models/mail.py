"""Mail about sessions that is to be sent, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.models import OutgoingMail
from training.models.enrolment import Enrolment
from training.states import REMINDERS, MailKind


class SessionMail(OutgoingMail):
    """One message to one person about one enrolment.

    A reminder is for the day that the session had then (`for_day`), so that a session that moves is
    reminded of anew and none twice. Who has several gets one mail: the others go `together_with`
    the first and share what becomes of it.
    """

    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="mails", verbose_name=_("enrolment")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MailKind)
    for_day = models.DateField(_("for the session on"), null=True, blank=True)
    together_with = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="others",
        verbose_name=_("together with"),
    )

    class Meta:
        verbose_name = _("mail about a session")
        verbose_name_plural = _("mails about sessions")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "kind", "for_day"],
                condition=Q(for_day__isnull=False),
                name="session_reminder_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=REMINDERS, for_day__isnull=False)
                | (~Q(kind__in=REMINDERS) & Q(for_day__isnull=True)),
                name="session_mail_day_of_reminders",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="session_mail_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.enrolment}"
