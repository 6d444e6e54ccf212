"""Mail on its way out, and what somebody does not want to get."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices import querysets
from practices.models.practice import Practice
from practices.states import MailState, MailTrouble


class OutgoingMail(models.Model):
    """How far a message is: written down in the transaction that causes it, sent once that stands,
    tried again without success and given up in the end. Its text is made on sending, not kept."""

    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), default=timezone.now)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    trouble = models.CharField(_("trouble"), max_length=20, choices=MailTrouble, blank=True)

    objects = querysets.OutgoingMailQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def state(self) -> MailState:
        if self.sent_at is not None:
            return MailState.SENT
        if self.given_up_at is None:
            return MailState.WAITING
        overtaken = self.trouble == MailTrouble.OVERTAKEN
        return MailState.OVERTAKEN if overtaken else MailState.FAILED


class PersonalMail(OutgoingMail):
    """What the apps announced for one account: the weekly mail, under the Monday of its week, or a
    reminder of one `kind` of the registry of mail, which goes by itself."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    day = models.DateField(_("day"))
    kind = models.SlugField(_("kind"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("personal mail")
        verbose_name_plural = _("personal mails")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "day"], condition=Q(kind=""), name="weekly_mail_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind="") | Q(day__iso_week_day=1), name="weekly_mail_under_monday"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="personal_mail_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.day}"


class MailItem(models.Model):
    """One thing that a personal mail tells. `kind` is that of the registry of mail, `about` names
    what it is about, so that it is told once; `values` fill its text. Of a `practice` only who may
    still read it there when the mail leaves."""

    mail = models.ForeignKey(
        PersonalMail, models.CASCADE, related_name="items", verbose_name=_("personal mail")
    )
    kind = models.SlugField(_("kind"), max_length=60)
    about = models.CharField(_("about"), max_length=80)
    values = models.JSONField(_("values"))
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("practice"),
    )

    class Meta:
        verbose_name = _("item of a personal mail")
        verbose_name_plural = _("items of personal mails")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["mail", "kind", "about"], name="mail_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class MailOptOut(models.Model):
    """Its being there says no: to one kind of the registry of mail, or to the weekly mail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    kind = models.SlugField(_("kind"), max_length=60)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("mail that is not wanted")
        verbose_name_plural = _("mails that are not wanted")
        ordering = ["user", "kind"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mail_opt_out_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"
