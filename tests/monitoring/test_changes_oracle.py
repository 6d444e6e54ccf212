"""What is asked after a merger, a split or a takeover, against the oracle on generated regions.

The rule of decision 0128 is written out a second time here, on the plain rows of a region: what
the product did to its tables and what is done to these rows must come to the same obligations, on
days before, around and after the change.
"""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from practices.changes import services
from practices.models import Employment, Person, Practice, User
from practices.states import RegionRoleName
from tests import factories
from tests.monitoring import oracle
from tests.monitoring.region_rows import store
from tests.monitoring.test_standing_oracle import (
    CODES,
    PEOPLE,
    around,
    compliance,
    days_that_matter,
    regions,
)

ONE_DAY = timedelta(days=1)
SEE_PATIENTS = ("gp_owner", "gp_locum", "poh", "np", "pa")
SPLIT_OFF = "01000003"
HAVE_A_NORM = [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (6, 2)]

Region = dict[str, list[dict[str, Any]]]


def start_of(region: Region, practice: dict[str, Any]) -> date:
    cohort = next(one for one in region["cohorts"] if one["number"] == practice["cohort"])
    start: date = practice["start"] or cohort["start"]
    return start


def concerned(region: Region, day: date) -> list[dict[str, Any]]:
    """Spells of the first practice that are not over on the day."""
    return [
        row
        for row in region["staff"]
        if row["practice"] == CODES[0] and (row["until"] is None or row["until"] >= day)
    ]


def merged(region: Region, day: date) -> None:
    """The first practice goes on in the second; clinicians stay a year besides."""
    first = next(row for row in region["practices"] if row["code"] == CODES[0])
    first["stopped_on"] = day
    for row in concerned(region, day):
        if row["from"] >= day:
            row["practice"] = CODES[1]
            continue
        region["staff"].append(row | {"practice": CODES[1], "from": day})
        clinician = row["role"] in SEE_PATIENTS
        last = oracle.anniversary(day, 1) - ONE_DAY if clinician else day - ONE_DAY
        row["until"] = last if row["until"] is None else min(last, row["until"])


def divided(region: Region, day: date, moving: set[str], both: set[str]) -> None:
    """Part of the first practice becomes a third with its start; years that are over are not asked
    of it."""
    first = next(row for row in region["practices"] if row["code"] == CODES[0])
    start = start_of(region, first)
    region["practices"].append(
        {"code": SPLIT_OFF, "cohort": first["cohort"], "start": start, "stopped_on": None}
    )
    for row in concerned(region, day):
        if row["person"] in both:
            begins = max(day, row["from"])
            region["staff"].append(row | {"practice": SPLIT_OFF, "from": begins})
        elif row["person"] in moving and row["from"] >= day:
            row["practice"] = SPLIT_OFF
        elif row["person"] in moving:
            region["staff"].append(row | {"practice": SPLIT_OFF, "from": day})
            row["until"] = day - ONE_DAY
    for intervention, year in HAVE_A_NORM:
        if oracle.anniversary(start, year) <= day:
            exemption = {"intervention": intervention, "programme_year": year}
            region["exemptions"].append(exemption | {"practice": SPLIT_OFF, "recorded_on": day})


def taken_over(region: Region, day: date, owner: str) -> None:
    """All owners of the first practice leave, and somebody begins."""
    for row in concerned(region, day):
        if row["role"] == "gp_owner" and row["from"] < day:
            row["until"] = day - ONE_DAY
    begins = {"practice": CODES[0], "person": owner, "role": "gp_owner", "from": day, "until": None}
    region["staff"].append(begins)


class _Undo(Exception):
    """Takes a generated region out of the database again."""


@pytest.fixture
def coordinator() -> User:
    return factories.region_user(RegionRoleName.COORDINATOR)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["merger", "split", "takeover"])
@settings(
    max_examples=8,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    print_blob=True,
)
@given(data=st.data())
def test_obligations_after_a_change_agree_with_the_oracle(
    coordinator: User, kind: str, data: st.DataObject
) -> None:
    region: Region = data.draw(regions())
    for row in region["practices"]:
        row["stopped_on"] = None
    starts = [start_of(region, row) for row in region["practices"]]
    day = data.draw(st.one_of([around(start) for start in starts]))
    where = {person: data.draw(st.sampled_from(("stays", "moves", "both"))) for person in PEOPLE}
    owner = data.draw(st.sampled_from(PEOPLE))
    days = [*data.draw(days_that_matter(region)), day - ONE_DAY, day, day + ONE_DAY]
    told = deepcopy(region)
    try:
        with transaction.atomic():
            store(region)
            for name in PEOPLE:
                Person.objects.get_or_create(reference=name, defaults={"name": name})
            _carry_out(kind, day, where, owner, coordinator)
            if kind == "merger":
                merged(told, day)
            elif kind == "split":
                divided(told, day, _who(where, "moves"), _who(where, "both"))
            else:
                taken_over(told, day, owner)
            for asked in days:
                assert compliance(asked) == oracle.compliance(told, asked)
            raise _Undo
    except _Undo:
        pass


def _who(where: dict[str, str], answer: str) -> set[str]:
    return {person for person, said in where.items() if said == answer}


def _carry_out(kind: str, day: date, where: dict[str, str], owner: str, actor: User) -> None:
    practice = Practice.objects.get(code=CODES[0])
    people = {one.reference: one for one in Person.objects.filter(reference__in=PEOPLE)}
    if kind == "merger":
        other = Practice.objects.get(code=CODES[1])
        services.merge(practice=practice, into=other, day=day, actor=actor)
    elif kind == "split":
        services.split(
            practice=practice,
            day=day,
            code=SPLIT_OFF,
            name=SPLIT_OFF,
            city="Goirle",
            moving=[people[name] for name in _who(where, "moves")],
            both=[people[name] for name in _who(where, "both")],
            actor=actor,
        )
    else:
        owners = Employment.objects.filter(practice=practice, role="gp_owner", started_on__lt=day)
        services.take_over(
            practice=practice,
            day=day,
            leaving=owners,
            owner=services.NewOwner(people[owner]),
            name="",
            actor=actor,
        )
