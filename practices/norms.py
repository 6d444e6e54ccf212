"""The norms of the programme as reviewed data, and which of them hold for a programme year.

`SHIPPED` is what a new installation loads into the dated norm table. What the engine reads is
that table resolved by `NormTable`: the norm in force on the first day of a programme year, a
row of the practice's own cohort before a row for all cohorts, the shipped value where no row is
in force.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop


@dataclass(frozen=True, slots=True)
class NormDefinition:
    """A norm as shipped; `title` and `unit` are msgids, `source` numbers the founding texts."""

    key: str
    value: int
    unit: str
    title: str
    source: str


SHIPPED = (
    NormDefinition(
        key="high_user_contacts",
        value=30,
        unit=gettext_noop("contacts"),
        title=gettext_noop("Contacts in 12 months from which a patient is a high user"),
        source="[1]",
    ),
    NormDefinition(
        key="plans",
        value=5,
        unit=gettext_noop("patients"),
        title=gettext_noop("Patients with a plan in a programme year"),
        source="[1]",
    ),
    NormDefinition(
        key="assistants_percent",
        value=50,
        unit=gettext_noop("percent"),
        title=gettext_noop("Share of the assistants that follows a triage course"),
        source="[1]",
    ),
    NormDefinition(
        key="professionals_percent",
        value=50,
        unit=gettext_noop("percent"),
        title=gettext_noop("Share of the GPs and POHs that takes part in the other conversation"),
        source="[1]",
    ),
    NormDefinition(
        key="gps_percent",
        value=50,
        unit=gettext_noop("percent"),
        title=gettext_noop("Share of the GPs that takes part in intervision"),
        source="[1]",
    ),
    NormDefinition(
        key="intervision_sessions",
        value=2,
        unit=gettext_noop("sessions"),
        title=gettext_noop("Intervision sessions per GP in a programme year"),
        source="[1]",
    ),
    NormDefinition(
        key="course_months_before_start",
        value=12,
        unit=gettext_noop("months"),
        title=gettext_noop("Time before the start from which a course counts"),
        source="reading of [1]",
    ),
    NormDefinition(
        key="extract_months_before_start",
        value=3,
        unit=gettext_noop("months"),
        title=gettext_noop("Time before the start from which an extract counts for year 1"),
        source="reading of [1]",
    ),
    NormDefinition(
        key="questionnaire_days",
        value=90,
        unit=gettext_noop("days"),
        title=gettext_noop("Time after the end of a programme year to answer its questionnaire"),
        source="reading of [1]",
    ),
    NormDefinition(
        key="at_risk_days",
        value=90,
        unit=gettext_noop("days"),
        title=gettext_noop("Time before a deadline from which an open part asks for attention"),
        source="reading of [1]",
    ),
    NormDefinition(
        key="questionnaire_at_risk_days",
        value=30,
        unit=gettext_noop("days"),
        title=gettext_noop("Time before its deadline from which a questionnaire asks attention"),
        source="reading of [1]",
    ),
)


@dataclass(frozen=True, slots=True)
class Norms:
    """The norms that hold for one practice in one programme year; a field per shipped key."""

    high_user_contacts: int
    plans: int
    assistants_percent: int
    professionals_percent: int
    gps_percent: int
    intervision_sessions: int
    course_months_before_start: int
    extract_months_before_start: int
    questionnaire_days: int
    at_risk_days: int
    questionnaire_at_risk_days: int


SHIPPED_NORMS = Norms(**{norm.key: norm.value for norm in SHIPPED})


@dataclass(frozen=True, slots=True)
class DatedNorm:
    """A row of the norm table; `cohort_id` None means all cohorts."""

    key: str
    cohort_id: int | None
    valid_from: date
    value: int


class NormTable:
    """The dated norm table, resolved once per cohort and day."""

    __slots__ = ("_resolved", "_rows")

    def __init__(self, rows: Iterable[DatedNorm] = ()) -> None:
        self._rows = sorted(rows, key=lambda row: (row.cohort_id is not None, row.valid_from))
        self._resolved: dict[tuple[int, date], Norms] = {}

    def in_force(self, cohort_id: int, first_day: date) -> Norms:
        """The norms for a cohort's programme year that begins on `first_day`."""
        norms = self._resolved.get((cohort_id, first_day))
        if norms is None:
            norms = self._resolve(cohort_id, first_day)
            self._resolved[cohort_id, first_day] = norms
        return norms

    def _resolve(self, cohort_id: int, first_day: date) -> Norms:
        values = {norm.key: norm.value for norm in SHIPPED}
        for row in self._rows:
            concerns = row.cohort_id is None or row.cohort_id == cohort_id
            if concerns and row.valid_from <= first_day and row.key in values:
                values[row.key] = row.value
        return Norms(**values)


def at_least(percent: int, people: int) -> int:
    """How many of `people` make up `percent` of them, rounded up: half of 3 is 2."""
    return -(-people * percent // 100)
