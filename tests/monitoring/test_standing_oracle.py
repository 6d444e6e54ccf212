"""The product against the oracle on generated regions whose dates crowd around the boundaries.

A region is plain rows; it is stored in the real database, and both reckonings answer for a
handful of days. Days are drawn as an offset from something that matters: a start, the end of a
programme year, a stop, the day a questionnaire closes.
"""

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.monitoring import oracle
from tests.monitoring.region_rows import store

STARTS = (
    date(2023, 4, 1),
    date(2023, 10, 9),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2024, 5, 31),
    date(2024, 12, 31),
)
YEARS = (-1, 0, 0, 0, 1, 1, 2)
YEARS_ASKED = (-1, 0, 1, 1, 2, 2, 3)
OFFSETS = (-91, -90, -1, 0, 1, 59, 60, 61, 89, 90, 91, 180)
NEAR = (-1, 0, 1, 100)
ROLES = ("gp_owner", "gp_owner", "gp_locum", "poh", "assistant", "assistant", "manager")
KINDS = ("triage", "triage", "conversation", "intervision", "intervision", "information")
CODES = ("01000001", "01000002")
PEOPLE = ("ann", "bob", "cas", "dee")
PATIENTS = ("v1", "v2", "v3", "v4", "v5")
NORM_VALUES = {
    "high_user_contacts": (29, 31),
    "plans": (1, 2, 3),
    "assistants_percent": (1, 34, 100),
    "professionals_percent": (33, 67),
    "gps_percent": (26, 100),
    "intervision_sessions": (1, 3),
    "course_months_before_start": (0, 1, 13),
    "extract_months_before_start": (0, 1, 4),
    "questionnaire_days": (60, 89),
    "at_risk_days": (30, 91),
    "questionnaire_at_risk_days": (0, 31),
}


def around(
    start: date, years: tuple[int, ...] = YEARS, offsets: tuple[int, ...] = NEAR
) -> st.SearchStrategy[date]:
    """A day near an anniversary of the start, or near three months before the start."""
    anchors = [oracle.anniversary(start, count) for count in years]
    anchors.append(oracle.shifted(start, -3))
    return st.builds(
        lambda anchor, offset: anchor + timedelta(days=offset),
        st.sampled_from(anchors),
        st.sampled_from(offsets),
    )


def maybe(days: st.SearchStrategy[date]) -> st.SearchStrategy[date | None]:
    return st.one_of(st.none(), st.none(), days)


def rows(
    sizes: tuple[int, int], unique_by: Callable[[dict], object], **fields: st.SearchStrategy[Any]
) -> st.SearchStrategy[list[dict]]:
    return st.lists(
        st.fixed_dictionaries(fields), min_size=sizes[0], max_size=sizes[1], unique_by=unique_by
    )


def spells(practice: st.SearchStrategy[str], day: st.SearchStrategy[date]) -> st.SearchStrategy:
    spell = st.fixed_dictionaries(
        {
            "practice": practice,
            "person": st.sampled_from(PEOPLE),
            "role": st.sampled_from(ROLES),
            "from": st.one_of(st.just(date(2015, 1, 1)), day),
            "until": maybe(day),
        }
    ).filter(lambda row: row["until"] is None or row["from"] <= row["until"])
    return st.lists(
        spell,
        min_size=3,
        max_size=12,
        unique_by=lambda row: (row["practice"], row["person"], row["role"], row["from"]),
    )


@st.composite
def regions(draw: st.DrawFn) -> dict[str, list[dict]]:
    starts = draw(st.lists(st.sampled_from(STARTS), min_size=2, max_size=2))
    day = st.one_of([around(start) for start in starts])
    practice = st.sampled_from(CODES)
    cohorts = [{"number": n + 1, "name": f"L{n}", "start": starts[n]} for n in range(2)]
    practices = [
        {
            "code": code,
            "cohort": draw(st.sampled_from((1, 2))),
            "start": draw(st.sampled_from((None, None, starts[0]))),
            "stopped_on": draw(maybe(day)),
        }
        for code in CODES
    ]
    sessions = draw(
        st.lists(st.tuples(st.sampled_from(KINDS), day), min_size=4, max_size=12).map(
            lambda found: [
                {"session": f"s{n}", "kind": kind, "date": held}
                for n, (kind, held) in enumerate(found)
            ]
        )
    )
    region = {"cohorts": cohorts, "practices": practices, "sessions": sessions}
    region["staff"] = draw(spells(practice, day))
    region["attendance"] = draw(attendance(sessions))
    region.update(draw(records(practice, day)))
    region.update(draw(patients(practice, day)))
    region["norms"] = draw(norms(day))
    return region


def attendance(sessions: list[dict]) -> st.SearchStrategy[list[dict]]:
    """Everybody at everything, but for those who are drawn to be absent or not on the list."""
    pairs = [(row["session"], person) for row in sessions for person in PEOPLE]
    drawn = st.lists(st.sampled_from((True, True, True, False, None)), min_size=len(pairs))
    return drawn.map(
        lambda marks: [
            {"session": session, "person": person, "attended": mark}
            for (session, person), mark in zip(pairs, marks, strict=False)
            if mark is not None
        ]
    )


def records(practice: st.SearchStrategy[str], day: st.SearchStrategy[date]) -> st.SearchStrategy:
    obligation = st.sampled_from([(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (6, 2)])
    exemption = st.builds(
        lambda code, which, recorded: {
            "practice": code,
            "intervention": which[0],
            "programme_year": which[1],
            "recorded_on": recorded,
        },
        practice,
        obligation,
        day,
    )
    return st.fixed_dictionaries(
        {
            "visits": rows(
                (0, 5),
                lambda row: (row["practice"], row["date"]),
                practice=practice,
                date=day,
                time_out_discussed=st.booleans(),
            ),
            "questionnaires": rows(
                (0, 4),
                lambda row: (row["practice"], row["programme_year"]),
                practice=practice,
                programme_year=st.sampled_from((1, 2)),
                answered_on=day,
            ),
            "schedules": rows(
                (0, 4),
                lambda row: (row["practice"], row["pattern"]),
                practice=practice,
                pattern=st.sampled_from(("15/30", "20")),
                in_use_from=maybe(day),
            ),
            "exemptions": st.lists(
                exemption,
                max_size=2,
                unique_by=lambda row: (
                    row["practice"],
                    row["intervention"],
                    row["programme_year"],
                ),
            ),
        }
    )


@st.composite
def patients(
    draw: st.DrawFn, practice: st.SearchStrategy[str], day: st.SearchStrategy[date]
) -> dict[str, list[dict]]:
    ends = draw(
        st.lists(
            st.tuples(practice, day, st.sampled_from((-1, 0, 0, 0, 1))),
            min_size=1,
            max_size=6,
            unique_by=_ends,
        )
    )
    extracts = [
        {
            "practice": code,
            "period_start": oracle.anniversary(end + oracle.ONE_DAY, -1) + timedelta(days=slip),
            "period_end": end,
        }
        for code, end, slip in ends
    ]
    plans = draw(
        rows(
            (8, 25),
            lambda row: (row["practice"], row["patient"], row["drafted_on"]),
            practice=practice,
            drafted_on=day,
            patient=st.sampled_from(PATIENTS),
            contacts_before=st.sampled_from((None, 28, 29, 30, 31, 60)),
        )
    )
    pairs = [(extract, patient) for extract in extracts for patient in PATIENTS]
    counts = draw(st.lists(st.sampled_from((None, 29, 30, 31)), max_size=len(pairs)))
    totals = [
        {**extract, "patient": patient, "contacts": count}
        for (extract, patient), count in zip(pairs, counts, strict=False)
        if count is not None
    ]
    return {"extracts": extracts, "plans": plans, "totals": totals}


def _ends(row: tuple[str, date, int]) -> tuple[str, date]:
    return row[0], row[1]


def norms(day: st.SearchStrategy[date]) -> st.SearchStrategy[list[dict]]:
    row = st.sampled_from(sorted(NORM_VALUES)).flatmap(
        lambda key: st.fixed_dictionaries(
            {
                "key": st.just(key),
                "cohort": st.sampled_from((None, 1, 2)),
                "valid_from": day,
                "value": st.sampled_from(NORM_VALUES[key]),
            }
        )
    )
    return st.lists(
        row, max_size=3, unique_by=lambda row: (row["key"], row["cohort"], row["valid_from"])
    )


def days_that_matter(region: dict[str, list[dict]]) -> st.SearchStrategy[list[date]]:
    starts = {row["start"] for row in (*region["cohorts"], *region["practices"])} - {None}
    stops = [row["stopped_on"] for row in region["practices"] if row["stopped_on"]]
    near_stop = [stop + timedelta(days=offset) for stop in stops for offset in NEAR]
    near_start = st.one_of([around(start, YEARS_ASKED, OFFSETS) for start in sorted(starts)])
    pool = st.one_of(near_start, st.sampled_from(near_stop)) if near_stop else near_start
    return st.lists(pool, min_size=4, max_size=7, unique=True)


class _Undo(Exception):
    """Takes a generated region out of the database again."""


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
@given(data=st.data())
def test_every_part_of_every_obligation_agrees_with_the_oracle(data: st.DataObject) -> None:
    region = data.draw(regions())
    days = data.draw(days_that_matter(region))
    try:
        with transaction.atomic():
            store(region)
            for day in days:
                assert compliance(day) == oracle.compliance(region, day)
            raise _Undo
    except _Undo:
        pass


def compliance(day: date) -> dict:
    out = StringIO()
    call_command("compliance", "--as-of", day.isoformat(), "--json", stdout=out)
    return json.loads(out.getvalue())
