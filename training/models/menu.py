"""The menu that the region selects and buys from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.states import StaffRole
from training.states import COUNTS_FOR, MEANT_FOR, Level, SessionKind


class Course(models.Model):
    """An offer on the menu of triage or of the other conversation [1].

    Which norm attendance counts for follows from the kind. `position` orders the offers of a kind;
    what it costs stands in `CoursePrice`.
    """

    title = models.CharField(_("title"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind)
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    description = models.TextField(_("what you learn"), blank=True)
    roles = ArrayField(
        models.CharField(max_length=20, choices=StaffRole),
        verbose_name=_("for which roles"),
        default=list,
        blank=True,
        help_text=_("Leave empty for the roles that the kind is meant for."),
    )
    supplier = models.CharField(_("supplier"), max_length=120, blank=True)
    accreditation_body = models.CharField(_("accreditation body"), max_length=80, blank=True)
    accreditation_points = models.DecimalField(
        _("accreditation points"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    in_practice = models.BooleanField(
        _("in the practice, on request"),
        default=False,
        help_text=_("Given in a practice that asks for it, not on a date of the calendar."),
    )
    active = models.BooleanField(_("on the menu"), default=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["kind", "position", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def meant_for(self) -> frozenset[StaffRole]:
        return frozenset(map(StaffRole, self.roles)) or MEANT_FOR[SessionKind(self.kind)]

    @property
    def counts_for(self) -> int | None:
        """The intervention whose norm attendance counts for."""
        return COUNTS_FOR.get(SessionKind(self.kind))


class CoursePrice(models.Model):
    """What a practice bears per person, in euros, for what is planned from a day on.

    A session takes its price over when it is planned, and keeps it.
    """

    course = models.ForeignKey(
        Course, models.CASCADE, related_name="prices", verbose_name=_("course")
    )
    valid_from = models.DateField(_("from"))
    price = models.DecimalField(_("price per person"), max_digits=7, decimal_places=2)

    class Meta:
        verbose_name = _("price of a course")
        verbose_name_plural = _("prices of courses")
        ordering = ["course", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["course", "valid_from"], name="course_price_once"),
            models.CheckConstraint(condition=Q(price__gte=0), name="course_price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.valid_from}"
