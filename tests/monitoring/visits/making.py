"""Visits as tests need them."""

import json
from datetime import date, timedelta

from django.utils import timezone

from monitoring.models import Visit, VisitAgreement, VisitReport
from monitoring.visits.capture import keep, on_page
from monitoring.visits.services import send_report, start_visit
from practices.drafts.exchange import Outcome
from practices.models import Practice, User
from practices.states import RegionRoleName, StaffRole
from tests import factories


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def consultant() -> User:
    return factories.region_user(RegionRoleName.CONSULTANT, name="Sanne de Wit")


def practice(visitor: User, **fields: object) -> Practice:
    """Half-way its first year."""
    return factories.practice(consultant=visitor, **{"start_on": ago(100), **fields})


def say(visit: Visit, key: str, value: str, base: str = "", actor: User | None = None) -> Outcome:
    return keep(on_page(key, value, base), visit=visit, actor=actor or visit.begun_by)


def version_of(visit: Visit, key: str) -> str:
    return visit.answers.get(key=key).version


def agreed(visit: Visit, what: str = "Oefenen", **said: object) -> VisitAgreement:
    values = {"what": what, "owner": "other", "due_on": in_days(30).isoformat()} | said
    field = f"agreement_i2-{what.replace(' ', '')}"
    say(visit, field, json.dumps(values))
    return VisitAgreement.objects.get(field=field)


def visited(of: Practice, held_on: date | None = None, **answers: str) -> Visit:
    """`answers` by key with `__` for the line: `i1__going`."""
    visit = start_visit(practice=of, actor=of.consultant, held_on=held_on)
    for key, value in answers.items():
        say(visit, key.replace("__", "-"), value)
    return visit


def sent(visit: Visit) -> VisitReport:
    return send_report(visit=visit, actor=visit.begun_by)


def owner(of: Practice) -> User:
    return factories.staff_user(of, StaffRole.GP_OWNER)
