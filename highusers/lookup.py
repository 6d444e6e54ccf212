"""Finding a patient of the practice whose scope is open, and who works there.

Each query names the practice, so that it finds no other's patient by itself; row-level security
is the second wall.
"""

import re
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from highusers.imports.values import patient_key as cleaned
from highusers.models import HighUser, PatientPlan
from mtvp.privacy.keyed_hash import patient_key
from practices.models import Employment, Person, Practice
from practices.vault import hash_secret

_CODE = re.compile(r"v-([0-9]{2,9})")


def high_user_or_404(practice: Practice, code: str) -> HighUser:
    """By V-code as it stands in an address, `v-03`."""
    match = _CODE.fullmatch(code)
    if match is None:
        raise Http404
    return get_object_or_404(HighUser, practice=practice, number=int(match[1]))


def latest_plan(high_user: HighUser) -> PatientPlan | None:
    """The plan that was drawn up last, of whatever programme year."""
    plans = PatientPlan.objects.filter(high_user=high_user)
    return (
        plans.select_related("profile", "high_user", "consent_by").order_by("-drafted_on").first()
    )


def latest_plan_or_404(practice: Practice, code: str) -> PatientPlan:
    plan = latest_plan(high_user_or_404(practice, code))
    if plan is None:
        raise Http404
    return plan


def key_of_number(practice: Practice, number: str) -> bytes | None:
    """The key under which a number of the GP system is held; None for what is no number."""
    patient = cleaned(number)
    return patient_key(hash_secret(), practice.key_code, patient) if patient else None


def colleagues(practice: Practice, day: date, *also: int | None) -> QuerySet[Person]:
    """Who is in service in the practice on this day, and people who were named `also`."""
    here = Employment.objects.in_service(day).filter(practice=practice, person=OuterRef("pk"))
    return Person.objects.filter(Exists(here) | Q(pk__in=[pk for pk in also if pk]))
