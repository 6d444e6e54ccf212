"""Makers for the tests of planning visits."""

from datetime import date, time, timedelta

from django.utils import timezone

from monitoring.models import VisitAppointment
from monitoring.visit_planning import services
from monitoring.visit_planning.proposals import slot_at
from monitoring.visit_planning.rules import Moment
from practices.models import Practice, User
from practices.states import RegionRoleName, StaffRole
from tests import factories


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def consultant(**fields: object) -> User:
    return factories.region_user(RegionRoleName.CONSULTANT, **{"name": "Sanne de Wit"} | fields)


def practice(visited_by: User, *, begun: int = 100, **fields: object) -> Practice:
    """In its first programme year, `begun` days ago."""
    cohort = factories.cohort(start_on=in_days(-begun))
    return factories.practice(consultant=visited_by, cohort=cohort, **fields)


def owner(practice: Practice, **fields: object) -> User:
    return factories.staff_user(practice, StaffRole.GP_OWNER, **fields)


def moment(days: int = 20, at: time = time(13), place: str = "Goirle") -> Moment:
    return Moment(slot_at(in_days(days), at), place)


def invited(practice: Practice, actor: User, days: int = 20, at: time = time(13)):
    return services.invite(practice=practice, moment=moment(days, at), actor=actor)


def fresh(appointment: VisitAppointment) -> VisitAppointment:
    return VisitAppointment.objects.get(pk=appointment.pk)
