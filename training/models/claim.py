"""Training that was followed elsewhere, with its proof and what was decided about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.fields import EncryptedBytesField
from practices.models import Person, Practice
from practices.states import FileKind, StaffRole
from training import querysets
from training.states import ClaimState, SessionKind


class TrainingClaim(models.Model):
    """What somebody of a practice followed elsewhere. Accepted it counts, on its day, for the
    norm of the kind in `counts_for` ('' for none), as attendance does: wherever the person served.

    `followed_on` is the last day of a training of more days.
    """

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="claims", verbose_name=_("person")
    )
    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="claims", verbose_name=_("practice")
    )
    role = models.CharField(_("role"), max_length=20, choices=StaffRole)
    title = models.CharField(_("title"), max_length=160)
    provider = models.CharField(_("given by"), max_length=120)
    followed_on = models.DateField(_("date"))
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1)
    points = models.DecimalField(
        _("accreditation points"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    state = models.CharField(_("state"), max_length=10, choices=ClaimState, default=ClaimState.SENT)
    counts_for = models.CharField(
        _("counts for"), max_length=20, choices=SessionKind, blank=True, default=""
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("claimed by"),
    )
    claimed_at = models.DateTimeField(_("claimed at"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = querysets.ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("training followed elsewhere")
        verbose_name_plural = _("trainings followed elsewhere")
        ordering = ["-followed_on", "-pk"]
        indexes = [
            models.Index(
                fields=["person", "counts_for", "followed_on"],
                condition=Q(state=ClaimState.ACCEPTED) & ~Q(counts_for=""),
                name="claim_counts",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "counts_for", "followed_on"],
                condition=Q(state=ClaimState.ACCEPTED) & ~Q(counts_for=""),
                name="claim_counts_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.ACCEPTED) | Q(counts_for=""),
                name="claim_counts_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(counts_for="")
                | Q(
                    counts_for__in=[
                        SessionKind.TRIAGE,
                        SessionKind.CONVERSATION,
                        SessionKind.INTERVISION,
                    ]
                ),
                name="claim_counts_for_a_norm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether who claimed it may still change or withdraw it."""
        return self.state in (ClaimState.SENT, ClaimState.ASKED)


class ClaimProof(models.Model):
    """The file with a claim, encrypted; in a table of its own, so that lists never load it."""

    claim = models.OneToOneField(
        TrainingClaim,
        models.CASCADE,
        related_name="proof",
        verbose_name=_("training followed elsewhere"),
    )
    kind = models.CharField(_("kind"), max_length=4, choices=FileKind)
    content = EncryptedBytesField(_("content"))
    kept_at = models.DateTimeField(_("kept at"), default=timezone.now)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")

    def __str__(self) -> str:
        return f"{self.claim}"


class ClaimStep(models.Model):
    """One step of a claim, in words for who claimed it. Never changed; the last one holds."""

    claim = models.ForeignKey(
        TrainingClaim,
        models.CASCADE,
        related_name="steps",
        verbose_name=_("training followed elsewhere"),
    )
    state = models.CharField(_("state"), max_length=10, choices=ClaimState)
    counts_for = models.CharField(
        _("counts for"), max_length=20, choices=SessionKind, blank=True, default=""
    )
    text = models.CharField(_("explanation"), max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    on_behalf = models.BooleanField(_("on behalf of the practice"), default=False)
    made_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("step of a claim")
        verbose_name_plural = _("steps of claims")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.claim}: {self.state}"
