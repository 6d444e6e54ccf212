"""Mail about sessions that is to be sent, and what became of it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.enrolment import Enrolment
from training.states import MailKind


class SessionMail(models.Model):
    """One message to one person, written down in the transaction that causes it, so that it goes
    out exactly when that stands. Sent once; without success it is tried again."""

    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="mails", verbose_name=_("enrolment")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MailKind)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), default=timezone.now)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail about a session")
        verbose_name_plural = _("mails about sessions")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="session_mail_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.enrolment}"
