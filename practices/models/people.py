"""People, where they work, and the accounts they sign in with."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from practices import querysets
from practices.models.reference import Insurer
from practices.states import RegionRoleName, StaffRole


class Person(models.Model):
    """Somebody who works in one practice or in several; `reference` is the region's stable id."""

    reference = models.CharField(_("reference"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    registration = models.CharField(_("BIG or KABIZ number"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "reference"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Without a password the account cannot be signed in to."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """An account. What it may do follows from employments and region roles, not from groups."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(
        _("telephone number"),
        max_length=20,
        blank=True,
        help_text=_("Where practices reach a consultant."),
    )
    person = models.OneToOneField(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="user",
        verbose_name=_("person"),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["email"]

    def __str__(self) -> str:
        return self.name or (self.person.name if self.person else self.email)


class RegionRole(models.Model):
    """A part somebody plays for the region; an insurer's reader belongs to one insurer."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="region_roles", verbose_name=_("account")
    )
    role = models.CharField(_("role"), max_length=20, choices=RegionRoleName)
    insurer = models.ForeignKey(
        Insurer, models.CASCADE, null=True, blank=True, verbose_name=_("insurer")
    )

    class Meta:
        verbose_name = _("role for the region")
        verbose_name_plural = _("roles for the region")
        ordering = ["user__email", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "insurer"], name="region_role_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(role=RegionRoleName.INSURER_READER, insurer__isnull=False)
                | (~Q(role=RegionRoleName.INSURER_READER) & Q(insurer__isnull=True)),
                name="region_role_insurer_for_readers_only",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Employment(models.Model):
    """A spell of work in a practice; `ended_on` is the last day in service, included.

    It is also the membership: who is in service today may sign in for the practice.
    """

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="employments", verbose_name=_("person")
    )
    practice = models.ForeignKey(
        "practices.Practice",
        models.CASCADE,
        related_name="employments",
        verbose_name=_("practice"),
    )
    role = models.CharField(_("role"), max_length=20, choices=StaffRole)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    fte = models.DecimalField(_("fte"), max_digits=4, decimal_places=2, null=True, blank=True)

    objects = querysets.EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        ordering = ["practice__name", "person__name", "started_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "person", "role", "started_on"], name="employment_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="employment_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["practice", "role"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"
