"""The only way to an account: a link in a mail, once, for a while."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.people import Person
from practices.models.practice import Practice
from practices.models.reference import Insurer
from practices.states import RegionRoleName, StaffRole


class Invitation(models.Model):
    """For work in a practice (`practice`, `staff_role`) or for a role for the region.

    Without `invited_by` the operator of the installation sent it. Of the link only the SHA-256
    is stored; whoever reads the database cannot use it."""

    token_hash = models.BinaryField(max_length=32, unique=True)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("practice"),
    )
    staff_role = models.CharField(_("role"), max_length=20, choices=StaffRole, blank=True)
    region_role = models.CharField(
        _("role for the region"), max_length=20, choices=RegionRoleName, blank=True
    )
    insurer = models.ForeignKey(
        Insurer, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("insurer")
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(practice__isnull=False, region_role="") & ~Q(staff_role=""))
                | (Q(practice__isnull=True, staff_role="") & ~Q(region_role="")),
                name="invitation_for_practice_or_region",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.staff_role or self.region_role})"

    @property
    def waits(self) -> bool:
        """Whether the link still works."""
        ended = self.accepted_at or self.withdrawn_at
        return ended is None and self.expires_at > timezone.now()

    @property
    def given(self) -> str:
        """What it gives, in words."""
        return self.get_staff_role_display() if self.staff_role else self.get_region_role_display()
