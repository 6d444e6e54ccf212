"""A country's worth of practices through bulk loaders: to measure with, not to look at.

Per practice ten people, sixty attendances, three extracts and ten plans; half of the plans lean
on a patient's row of an extract, half on the count recorded with the plan.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice, repeat
from typing import Any

import numpy
from django.db import connections, transaction

from highusers.models import Extract, HighUser, PatientPlan, PatientTotal
from highusers.states import ExtractShape, ExtractSource
from interventions.models import ConsultationSchedule
from monitoring.demo.accounts import STAFF_EMAILS
from monitoring.demo.bulk import OWNER, copy_in
from monitoring.demo.chance import dice
from monitoring.demo.figures import SHARES
from monitoring.demo.region import quarter_start
from monitoring.models import (
    IndicatorDefinition,
    IndicatorValue,
    QuestionnaireAnswer,
    RegionalFeeListing,
    Visit,
)
from practices.models import Cohort, Employment, Insurer, Panel, Person, Practice
from practices.models.upload import new_code
from practices.programme_year import add_months
from practices.states import StaffRole
from training.models import Attendance, Session
from training.states import SessionKind

NATIONAL_PRACTICES = 5_000
COHORTS = 12
ROLES = (
    *(StaffRole.GP_OWNER, StaffRole.GP_OWNER, StaffRole.GP_LOCUM, StaffRole.POH, StaffRole.POH),
    *(StaffRole.ASSISTANT,) * 4,
    StaffRole.MANAGER,
)
ATTENDED_PER_PERSON = 6
PLACES_PER_SESSION = 15
EXTRACTS_PER_PRACTICE = 3
PLANS_PER_PRACTICE = 10
PANEL_QUARTERS = 8


@dataclass(frozen=True, slots=True)
class Loaded:
    """The practices just stored: ids, starts and codes side by side."""

    ids: range
    starts: Sequence[date]
    codes: Sequence[str]
    chance: numpy.random.Generator
    today: date

    def __len__(self) -> int:
        return len(self.ids)

    def each(self, times: int) -> list[int]:
        """The ids, every one `times` times in a row."""
        return [practice for practice in self.ids for _time in range(times)]


def load_national(*, practices: int, seed: int, today: date) -> None:
    """Add this many practices with all that belongs to them, in one transaction."""
    with transaction.atomic(using=OWNER):
        loaded = _practices(practices, seed, today)
        people = _people(loaded)
        _attendance(loaded, people)
        _extracts_and_plans(loaded)
        _region_records(loaded)
        _panels_and_fee(loaded)
        _indicators(loaded)
    with connections[OWNER].cursor() as cursor:
        cursor.execute("ANALYZE")


def _practices(practices: int, seed: int, today: date) -> Loaded:
    first = add_months(quarter_start(today), -33)
    starts = [add_months(first, 3 * number) for number in range(COHORTS)]
    cohorts = copy_in(
        Cohort,
        COHORTS,
        {
            "number": range(1, COHORTS + 1),
            "name": [f"Lichting {number}" for number in range(1, COHORTS + 1)],
            "information_meeting_on": [start - timedelta(days=27) for start in starts],
            "enrol_before": [start - timedelta(days=14) for start in starts],
            "request_before": starts,
            "start_on": starts,
        },
    )
    codes = [f"{2_000_000 + number:08d}" for number in range(practices)]
    ids = copy_in(
        Practice,
        practices,
        {
            "code": codes,
            "slug": [f"praktijk-{code}" for code in codes],
            "name": [f"Huisartsenpraktijk {code}" for code in codes],
            "city": repeat("Tilburg", practices),
            "cohort": islice(cycle(cohorts), practices),
        },
    )
    return Loaded(ids, list(islice(cycle(starts), practices)), codes, dice(seed, "nation"), today)


def _people(loaded: Loaded) -> range:
    number = len(loaded) * len(ROLES)
    names = [f"Medewerker {place}" for place in range(number)]
    emails = [""] * number
    for role, email in STAFF_EMAILS.items():
        emails[ROLES.index(role)] = email
    people = copy_in(
        Person,
        number,
        {"reference": [f"N{place:06d}" for place in range(number)], "name": names, "email": emails},
    )
    began = loaded.chance.integers(200, 4_000, number).tolist()
    copy_in(
        Employment,
        number,
        {
            "person": people,
            "practice": loaded.each(len(ROLES)),
            "role": islice(cycle(ROLES), number),
            "started_on": [date(2023, 1, 1) - timedelta(days=days) for days in began],
        },
    )
    return people


_KINDS = {
    StaffRole.ASSISTANT: (SessionKind.TRIAGE,) * 6,
    StaffRole.POH: (SessionKind.CONVERSATION,) * 6,
    StaffRole.MANAGER: (SessionKind.QUESTION_HOUR,) * 6,
    StaffRole.GP_OWNER: (SessionKind.INTERVISION,) * 4 + (SessionKind.CONVERSATION,) * 2,
    StaffRole.GP_LOCUM: (SessionKind.INTERVISION,) * 4 + (SessionKind.CONVERSATION,) * 2,
}


def _attendance(loaded: Loaded, people: range) -> None:
    """Everybody was at six different sessions of the last three years."""
    number = len(people) * ATTENDED_PER_PERSON
    kinds = (
        SessionKind.TRIAGE,
        SessionKind.CONVERSATION,
        SessionKind.INTERVISION,
        SessionKind.QUESTION_HOUR,
    )
    per_kind = max(ATTENDED_PER_PERSON, number // PLACES_PER_SESSION // len(kinds))
    days = loaded.chance.integers(1, 3 * 365, per_kind * len(kinds)).tolist()
    sessions = copy_in(
        Session,
        per_kind * len(kinds),
        {
            "uid": [uuid.UUID(int=place + 1) for place in range(len(days))],
            "reference": [f"S{place:06d}" for place in range(len(days))],
            "kind": [kind for kind in kinds for _session in range(per_kind)],
            "title": [kind.value for kind in kinds for _session in range(per_kind)],
            "held_on": [loaded.today - timedelta(days=back) for back in days],
        },
    )
    first_of = {kind: sessions[place * per_kind] for place, kind in enumerate(kinds)}
    begins = loaded.chance.integers(0, per_kind, len(people)).tolist()
    attended = [
        first_of[kind] + (begins[place] + turn) % per_kind
        for place, role in zip(range(len(people)), cycle(ROLES), strict=False)
        for turn, kind in enumerate(_KINDS[role])
    ]
    there = (loaded.chance.random(number) < 0.95).tolist()
    each = [person for person in people for _time in range(ATTENDED_PER_PERSON)]
    copy_in(Attendance, number, {"session": attended, "person": each, "present": there})


def _extracts_and_plans(loaded: Loaded) -> None:
    ends = [_last_end(start, loaded.today) for start in loaded.starts]
    period_ends = [
        add_months(end, -12 * back) for end in ends for back in range(EXTRACTS_PER_PRACTICE)
    ]
    number = len(period_ends)
    patients = loaded.chance.integers(1_800, 3_500, number).tolist()
    extracts = copy_in(
        Extract,
        number,
        {
            "practice": loaded.each(EXTRACTS_PER_PRACTICE),
            "period_start": [add_months(end + timedelta(days=1), -12) for end in period_ends],
            "period_end": period_ends,
            "source": repeat(ExtractSource.UPLOAD, number),
            "shape": repeat(ExtractShape.TOTALS, number),
            "definition": repeat("MTVP 2023", number),
            "threshold": repeat(30, number),
            "patients": patients,
            "contacts": [count * 4 for count in patients],
            "high_users": [count // 66 for count in patients],
        },
    )
    _plans(loaded, extracts[EXTRACTS_PER_PRACTICE - 1 :: EXTRACTS_PER_PRACTICE])


def _last_end(start: date, today: date) -> date:
    """The end of the last programme year that is over; before the start for a new practice."""
    end = add_months(start, 24)
    while end > today:
        end = add_months(end, -12)
    return end - timedelta(days=1)


def _plans(loaded: Loaded, oldest_extracts: Sequence[int]) -> None:
    number = len(loaded) * PLANS_PER_PRACTICE
    each = loaded.each(PLANS_PER_PRACTICE)
    keys = [
        hashlib.sha256(f"{code} {place}".encode()).digest()
        for code in loaded.codes
        for place in range(PLANS_PER_PRACTICE)
    ]
    on_extract = [place % 2 == 0 for place in range(number)]
    of_extract = [extract for extract in oldest_extracts for _plan in range(PLANS_PER_PRACTICE)]
    _totals(each, keys, of_extract, on_extract)
    high_users = copy_in(
        HighUser,
        number,
        {
            "practice": each,
            "patient_key": keys,
            "number": islice(cycle(range(1, PLANS_PER_PRACTICE + 1)), number),
        },
    )
    begins = [
        max(date(2000, 1, 1), min(start, loaded.today - timedelta(days=1)))
        for start in loaded.starts
        for _plan in range(PLANS_PER_PRACTICE)
    ]
    days = loaded.chance.random(number).tolist()
    copy_in(
        PatientPlan,
        number,
        {
            "practice": each,
            "high_user": high_users,
            "drafted_on": [
                begin + timedelta(days=int(part * min(729, (loaded.today - begin).days)))
                for begin, part in zip(begins, days, strict=True)
            ],
            "contacts_before": [None if listed else 34 for listed in on_extract],
        },
    )


def _totals(
    each: Sequence[int], keys: Sequence[bytes], extracts: Sequence[int], on_extract: Sequence[bool]
) -> None:
    rows = [
        row
        for row, listed in zip(zip(each, keys, extracts, strict=True), on_extract, strict=True)
        if listed
    ]
    practices, patient_keys, of_extract = zip(*rows, strict=True)
    copy_in(
        PatientTotal,
        len(rows),
        {
            "practice": practices,
            "patient_key": patient_keys,
            "extract": of_extract,
            "contacts": repeat(41, len(rows)),
        },
    )


def _region_records(loaded: Loaded) -> None:
    """Visits, answers and schedules of four practices in five."""
    done = [
        (practice, start)
        for place, (practice, start) in enumerate(zip(loaded.ids, loaded.starts, strict=True))
        if place % 5 and start < loaded.today - timedelta(days=90)
    ]
    ids, starts = [one[0] for one in done], [one[1] for one in done]
    visits = [start + timedelta(days=80) for start in starts]
    copy_in(
        Visit,
        len(ids),
        {
            "practice": ids,
            "held_on": visits,
            "time_out_discussed": repeat(True, len(ids)),
            "code": (new_code() for _practice in ids),
        },
    )
    copy_in(
        ConsultationSchedule,
        len(ids),
        {
            "practice": ids,
            "pattern": repeat("15/30 zonder 5", len(ids)),
            "in_use_from": visits,
        },
    )
    answers = [
        (practice, year, add_months(start, 12 * year) + timedelta(days=20))
        for practice, start in done
        for year in (1, 2)
    ]
    answers = [answer for answer in answers if answer[2] <= loaded.today]
    columns: list[Sequence[Any]] = list(zip(*answers, strict=True)) or [(), (), ()]
    said = {
        name: repeat(True, len(answers))
        for name in ("plans_made", "lasting_habit", "flexible_in_use")
    }
    names = ("practice", "programme_year", "answered_on")
    copy_in(QuestionnaireAnswer, len(answers), {**dict(zip(names, columns, strict=True)), **said})


def _panels_and_fee(loaded: Loaded) -> None:
    insurers = {
        name: Insurer.objects.using(OWNER).get_or_create(name=name)[0].pk for name in SHARES
    }
    last = quarter_start(loaded.today)
    quarters = [add_months(last, -3 * back) for back in range(PANEL_QUARTERS)]
    shares = [
        (f"{day.year}Q{(day.month + 2) // 3}", insurers[name], share)
        for day in quarters
        for name, share in SHARES.items()
    ]
    number = len(loaded) * len(shares)
    copy_in(
        Panel,
        number,
        {
            "practice": loaded.each(len(shares)),
            "quarter": islice(cycle([row[0] for row in shares]), number),
            "insurer": islice(cycle([row[1] for row in shares]), number),
            "patients": islice(cycle([round(2_600 * row[2]) for row in shares]), number),
        },
    )
    copy_in(
        RegionalFeeListing,
        len(loaded),
        {
            "practice": loaded.ids,
            "insurer": repeat(insurers["VGZ"], len(loaded)),
            "from_on": loaded.starts,
        },
    )


def _indicators(loaded: Loaded) -> None:
    definition = IndicatorDefinition.objects.using(OWNER).filter(code="consultations").first()
    if definition is None:
        return
    number = len(loaded)
    copy_in(
        IndicatorValue,
        number,
        {
            "practice": loaded.ids,
            "year": repeat(loaded.today.year - 1, number),
            "definition": repeat(definition.pk, number),
            "numerator": (4.6 * loaded.chance.normal(2_500, 200, number)).round().tolist(),
            "denominator": repeat(2_500, number),
        },
    )
