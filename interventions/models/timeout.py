"""A moment of thought at doubt about a referral or a request for diagnostics [1]."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interventions.timeouts.states import Kind, Outcome, Specialism, Step
from practices.fields import EncryptedTextField
from practices.models import Person, Practice


class TimeOut(models.Model):
    """A note of one person for themselves; of patients it says nothing.

    `learned` is encrypted because people may type more than they should; `to_look_at` says that
    something in it looks like a person and its writer has not looked at that yet. `device_key` is
    the number that a device gave it: what arrives twice is kept once.
    """

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="time_outs", verbose_name=_("practice")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="time_outs", verbose_name=_("person")
    )
    held_on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    specialism = models.CharField(_("specialism"), max_length=24, choices=Specialism)
    step = models.CharField(_("what was done"), max_length=16, choices=Step)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome)
    learned = EncryptedTextField(_("learned"), default="")
    to_look_at = models.BooleanField(_("may name somebody"), default=False)
    device_key = models.CharField(_("number of the device"), max_length=80, blank=True)
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)

    class Meta:
        verbose_name = _("time-out")
        verbose_name_plural = _("time-outs")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["practice", "held_on"], name="time_out_in_practice")]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "person", "device_key"],
                condition=~Q(device_key=""),
                name="time_out_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.pk}"
