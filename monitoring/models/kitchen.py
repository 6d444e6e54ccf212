"""Practices that look in each other's kitchen [3], and short meetings in twos at a session."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.kitchen import querysets
from monitoring.kitchen.states import AskState
from practices.fields import EncryptedTextField
from practices.models import Person, Practice
from training.models import Session

KEY_LENGTH = 60
_HELD_UP = Q(withdrawn_at__isnull=True, declined_at__isnull=True)
_BOTH_SAID = Q(host_said_at__isnull=False, guest_said_at__isnull=False)


class KitchenOffer(models.Model):
    """A practice shows others how it works. `subject` is a key of monitoring.kitchen.subjects.
    Nothing says or keeps for whom it might be of use (decision 0155)."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="kitchen_offers", verbose_name=_("practice")
    )
    subject = models.CharField(_("subject"), max_length=KEY_LENGTH)
    title = models.CharField(_("what one can see"), max_length=100)
    text = models.TextField(_("about it"), max_length=1000)
    when_it_suits = models.CharField(_("when it suits"), max_length=200)
    until = models.DateField(_("offered until"))
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("offered by")
    )
    offered_at = models.DateTimeField(_("offered at"), default=timezone.now)
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = querysets.OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer to look in the kitchen")
        verbose_name_plural = _("offers to look in the kitchen")
        ordering = ["subject", "title", "pk"]

    def __str__(self) -> str:
        return f"{self.title}, {self.practice}"


class KitchenAsk(models.Model):
    """A practice wants to come and see. `contact` is how the host reaches who asked, and
    `host_contact` the other way round: neither is shown before the host says yes. None once they
    are no longer kept: half a year after the yes, without one after asking, or when nothing comes
    of it."""

    offer = models.ForeignKey(
        KitchenOffer, models.CASCADE, related_name="asks", verbose_name=_("offer")
    )
    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="kitchen_asks", verbose_name=_("practice")
    )
    message = EncryptedTextField(_("message"), default="", blank=True)
    contact = EncryptedTextField(_("how to reach who asks"), null=True)
    host_contact = EncryptedTextField(_("how to reach the host"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    host_said_at = models.DateTimeField(_("host said it happened at"), null=True, blank=True)
    guest_said_at = models.DateTimeField(_("guest said it happened at"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = querysets.AskQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to look in the kitchen")
        verbose_name_plural = _("requests to look in the kitchen")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "practice"],
                condition=_HELD_UP & ~_BOTH_SAID,
                name="kitchen_ask_open_once",
            ),
            models.CheckConstraint(
                condition=_HELD_UP | Q(host_said_at__isnull=True, guest_said_at__isnull=True),
                name="kitchen_ask_ended_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=False)
                | Q(
                    host_contact__isnull=True, host_said_at__isnull=True, guest_said_at__isnull=True
                ),
                name="kitchen_ask_accepted_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.offer}"

    def goes_on(self, day: date) -> bool:
        """Neither host nor guest stopped."""
        stopped = (self.practice.stopped_on, self.offer.practice.stopped_on)
        return not any(on is not None and on <= day for on in stopped)

    @property
    def state(self) -> AskState:
        if self.withdrawn_at:
            return AskState.WITHDRAWN
        if self.declined_at:
            return AskState.DECLINED
        said = (self.host_said_at is not None) + (self.guest_said_at is not None)
        if not said:
            return AskState.ACCEPTED if self.accepted_at else AskState.WAITING
        return AskState.HALF if said == 1 else AskState.HAPPENED


class SpeedDates(models.Model):
    """The rounds that were made for a session."""

    session = models.OneToOneField(
        Session, models.CASCADE, related_name="+", verbose_name=_("session")
    )
    rounds = models.PositiveSmallIntegerField(_("rounds"))
    minutes = models.PositiveSmallIntegerField(_("minutes per round"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("speed dates")
        verbose_name_plural = _("speed dates")

    def __str__(self) -> str:
        return str(self.session)


class SpeedDateGuest(models.Model):
    """What somebody can tell others at a session and wants to hear: keys of subjects."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="+", verbose_name=_("session")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    tells = ArrayField(
        models.CharField(max_length=KEY_LENGTH),
        verbose_name=_("can tell about"),
        default=list,
        blank=True,
    )
    wishes = ArrayField(
        models.CharField(max_length=KEY_LENGTH),
        verbose_name=_("wants to hear about"),
        default=list,
        blank=True,
    )
    absent = models.BooleanField(_("absent"), default=False)
    said_at = models.DateTimeField(_("said at"), default=timezone.now)

    class Meta:
        verbose_name = _("guest at speed dates")
        verbose_name_plural = _("guests at speed dates")
        ordering = ["session", "person"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="speed_date_guest_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.session_id}"


class SpeedDateSeat(models.Model):
    """Who sits where in a round."""

    dates = models.ForeignKey(
        SpeedDates, models.CASCADE, related_name="seats", verbose_name=_("speed dates")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    round = models.PositiveSmallIntegerField(_("round"))
    table = models.PositiveSmallIntegerField(_("table"))

    class Meta:
        verbose_name = _("seat at speed dates")
        verbose_name_plural = _("seats at speed dates")
        ordering = ["round", "table", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dates", "person", "round"], name="speed_date_seat_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}/{self.table}: {self.person_id}"
