"""The business words of practices and employment; views never spell these filters."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from practices.states import MailTrouble, RegionRoleName

if TYPE_CHECKING:
    from practices.models import (  # noqa: F401  (in quotes below)
        Employment,
        Person,
        Practice,
        PracticeChange,
        Tariff,
        User,
    )


class PracticeQuerySet(models.QuerySet["Practice"]):
    def in_region_order(self) -> PracticeQuerySet:
        return self.select_related("cohort", "consultant").order_by("name", "code")

    def of_user(self, user: User, day: date) -> PracticeQuerySet:
        """Where somebody is in service on this day, or is the consultant, for as long as that is
        the part one plays for the region."""
        in_service = Q(
            Q(employments__ended_on__isnull=True) | Q(employments__ended_on__gte=day),
            employments__person=user.person_id,
            employments__started_on__lte=day,
        )
        visited = Q(consultant=user, consultant__region_roles__role=RegionRoleName.CONSULTANT)
        return self.filter(in_service | visited if user.person_id else visited).distinct()

    def with_consultant(self) -> PracticeQuerySet:
        """That have one who can sign in and plays that part; an account that came with the
        region's spreadsheets is closed until its owner is invited."""
        role = RegionRoleName.CONSULTANT
        return self.filter(consultant__is_active=True, consultant__region_roles__role=role)


class PracticeChangeQuerySet(models.QuerySet["PracticeChange"]):
    def standing(self) -> PracticeChangeQuerySet:
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class TariffQuerySet(models.QuerySet["Tariff"]):
    def standing(self) -> TariffQuerySet:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def between(self, first: date, last: date) -> TariffQuerySet:
        """That hold on any of these days."""
        until = Q(valid_until=None) | Q(valid_until__gte=first)
        return self.standing().filter(until, valid_from__lte=last)


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def in_service(self, day: date) -> EmploymentQuerySet:
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), started_on__lte=day)

    def of(self, person: Person) -> EmploymentQuerySet:
        return self.filter(person=person)

    def of_team(self, practice: Practice) -> EmploymentQuerySet:
        return self.filter(practice=practice).select_related("person").order_by("person__name")


class OutgoingMailQuerySet(models.QuerySet[Any]):
    """Of every table of messages on their way out."""

    FAILED_DAYS = 30

    def waiting(self) -> OutgoingMailQuerySet:
        return self.filter(sent_at=None, given_up_at=None)

    def to_send(self, now: datetime) -> OutgoingMailQuerySet:
        return self.waiting().filter(next_try_at__lte=now).order_by("pk")

    def tried_in_vain(self) -> OutgoingMailQuerySet:
        """Not sent at the first try, and tried again."""
        return self.waiting().filter(attempts__gt=0)

    def failed(self, now: datetime) -> OutgoingMailQuerySet:
        """Given up in the last month, though what they say still stood; the latest first."""
        since = now - timedelta(days=self.FAILED_DAYS)
        given_up = self.filter(given_up_at__gte=since).exclude(trouble=MailTrouble.OVERTAKEN)
        return given_up.order_by("-given_up_at", "-pk")
