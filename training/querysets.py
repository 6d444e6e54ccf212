"""The business words of sessions and enrolment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from training.states import LIVE, ClaimState, EnrolmentState, RequestState

if TYPE_CHECKING:
    from practices.models import Person, Practice, User
    from training.models import (  # noqa: F401  (in quotes below)
        CoachingRequest,
        Enrolment,
        Session,
        TrainingClaim,
    )

_HAS_PLACE = Q(enrolments__state=EnrolmentState.CONFIRMED)
_WAITS = Q(enrolments__state=EnrolmentState.WAITING)


class SessionQuerySet(models.QuerySet["Session"]):
    def coming(self, day: date) -> SessionQuerySet:
        return self.filter(held_on__gte=day, cancelled_at=None).in_order()

    def in_order(self) -> SessionQuerySet:
        return self.order_by("held_on", "starts_at", "reference")

    def between(self, first: date, last: date) -> SessionQuerySet:
        return self.filter(held_on__range=(first, last)).in_order()

    def facilitated_by(self, user: User) -> SessionQuerySet:
        return self.filter(facilitator=user)

    def for_everybody(self) -> SessionQuerySet:
        """Without those that one practice asked for."""
        return self.filter(only_for=None)

    def open_to(self, user: User, practices: Collection[Practice]) -> SessionQuerySet:
        """For everybody, for one of these practices, or led by this user."""
        own = Q(only_for__in=practices) | Q(facilitator=user)
        return self.filter(Q(only_for=None) | own)

    def with_counts(self) -> SessionQuerySet:
        """`confirmed` and `waiting`: the people with a place and in the queue."""
        return self.annotate(
            confirmed=Count("enrolments", filter=_HAS_PLACE),
            waiting=Count("enrolments", filter=_WAITS),
        )


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def live(self) -> EnrolmentQuerySet:
        return self.filter(state__in=LIVE)

    def confirmed(self) -> EnrolmentQuerySet:
        return self.filter(state=EnrolmentState.CONFIRMED)

    def queue(self) -> EnrolmentQuerySet:
        """Who waits, the first to get a place first."""
        return self.filter(state=EnrolmentState.WAITING).order_by("turn")

    def with_people_ahead(self) -> EnrolmentQuerySet:
        """`ahead`: how many wait for the same session and came before."""
        before = (
            self.model.objects.queue()
            .filter(session=OuterRef("session"), turn__lt=OuterRef("turn"))
            .order_by()
            .values("session")
            .annotate(people=Count("pk"))
            .values("people")
        )
        return self.annotate(ahead=Coalesce(Subquery(before), 0))

    def of_person(self, person: Person) -> EnrolmentQuerySet:
        return self.filter(person=person)

    def of_practice(self, practice: Practice) -> EnrolmentQuerySet:
        return self.filter(practice=practice)

    def coming(self, day: date) -> EnrolmentQuerySet:
        """Live, for a session that is still on and not over."""
        return (
            self.live()
            .filter(session__held_on__gte=day, session__cancelled_at=None)
            .select_related("session", "person")
            .order_by("session__held_on", "session__starts_at", "session__reference", "turn")
        )


class ClaimQuerySet(models.QuerySet["TrainingClaim"]):
    def accepted(self) -> ClaimQuerySet:
        return self.filter(state=ClaimState.ACCEPTED)

    def counted_once(self) -> ClaimQuerySet:
        """Without what was attended in a session of the same day and kind: the same training."""
        attended = apps.get_model("training", "Attendance").objects.filter(
            present=True,
            person=OuterRef("person"),
            session__kind=OuterRef("counts_for"),
            session__held_on=OuterRef("followed_on"),
        )
        return self.filter(~Exists(attended))

    def to_judge(self) -> ClaimQuerySet:
        """The longest waiting first."""
        return self.filter(state=ClaimState.SENT).order_by("claimed_at", "pk")

    def of_person(self, person: Person | None) -> ClaimQuerySet:
        return self.filter(person=person) if person else self.none()

    def of_practice(self, practice: Practice) -> ClaimQuerySet:
        return self.filter(practice=practice)


class CoachingQuerySet(models.QuerySet["CoachingRequest"]):
    def unanswered(self) -> CoachingQuerySet:
        """The longest waiting first."""
        return self.filter(state=RequestState.OPEN).order_by("asked_at", "pk")
