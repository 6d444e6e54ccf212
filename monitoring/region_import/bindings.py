"""Where each file is kept, as reviewed data: column by column, the key first.

`staff.csv` is two tables: the person, whatever the practice, and the spell of work. `plans.csv`
is not here: patients' rows are reached practice by practice (`patient_plans`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.db.models import Model

from highusers.models import Extract
from highusers.states import ExtractSource
from interventions.models import ConsultationSchedule
from monitoring.models import (
    Exemption,
    IndicatorValue,
    QuestionnaireAnswer,
    RegionalFeeListing,
    Visit,
)
from practices.models import Cohort, Employment, Panel, Person, Practice
from training.models import Attendance, Session


@dataclass(frozen=True, slots=True)
class Binding:
    """`fields` are (column, path of the model) pairs, the first `key` of them the key; stored
    rows are looked up by the path `scope`, which stands among the key's, and only those that
    `within` names: the others are not the region's to change. `forgets` is what a stored row loses
    when the file says something else than it did: who filled it in here, and what followed."""

    model: type[Model]
    key: int
    scope: str
    fields: tuple[tuple[str, str], ...]
    within: Mapping[str, str] = field(default_factory=dict)
    forgets: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for column, _path in self.fields)

    def reader(self) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
        """Takes a row's values to a record, in the order of the fields."""
        return itemgetter(*self.columns)


_OF_PRACTICE = ("practice", "practice__code")

PEOPLE = Binding(
    Person,
    key=1,
    scope="reference",
    fields=(
        ("person", "reference"),
        ("name", "name"),
        ("email", "email"),
        ("registration", "registration"),
    ),
)

BINDINGS = {
    "cohorts": Binding(
        Cohort,
        key=1,
        scope="number",
        fields=(
            ("number", "number"),
            ("name", "name"),
            ("information_meeting", "information_meeting_on"),
            ("enrol_before", "enrol_before"),
            ("request_before", "request_before"),
            ("start", "start_on"),
        ),
    ),
    "practices": Binding(
        Practice,
        key=1,
        scope="code",
        fields=(
            ("code", "code"),
            ("name", "name"),
            ("city", "city"),
            ("cohort", "cohort__number"),
            ("start", "start_on"),
            ("preferred_insurer", "preferred_insurer__name"),
            ("consultant_email", "consultant__email"),
            ("neighbourhood", "neighbourhood"),
            ("invited_on", "invited_on"),
            ("information_on", "information_on"),
            ("enrolled_on", "enrolled_on"),
            ("requested_on", "requested_on"),
            ("stopped_on", "stopped_on"),
            ("stop_reason", "stop_reason"),
        ),
    ),
    "panels": Binding(
        Panel,
        key=3,
        scope="practice__code",
        fields=(
            _OF_PRACTICE,
            ("quarter", "quarter"),
            ("insurer", "insurer__name"),
            ("patients", "patients"),
        ),
    ),
    "staff": Binding(
        Employment,
        key=4,
        scope="practice__code",
        fields=(
            _OF_PRACTICE,
            ("person", "person__reference"),
            ("role", "role"),
            ("from", "started_on"),
            ("until", "ended_on"),
            ("fte", "fte"),
        ),
    ),
    "sessions": Binding(
        Session,
        key=1,
        scope="reference",
        fields=(
            ("session", "reference"),
            ("kind", "kind"),
            ("title", "title"),
            ("date", "held_on"),
            ("facilitator", "facilitator__email"),
            ("capacity", "capacity"),
        ),
    ),
    "attendance": Binding(
        Attendance,
        key=2,
        scope="session__reference",
        fields=(
            ("session", "session__reference"),
            ("person", "person__reference"),
            ("attended", "present"),
        ),
    ),
    "extracts": Binding(
        Extract,
        key=2,
        scope="practice__code",
        fields=(
            _OF_PRACTICE,
            ("period_end", "period_end"),
            ("period_start", "period_start"),
            ("patients", "patients"),
            ("contacts", "contacts"),
            ("high_users", "high_users"),
        ),
        within={"source": ExtractSource.REGION},
    ),
    "visits": Binding(
        Visit,
        key=2,
        scope="practice__code",
        fields=(
            _OF_PRACTICE,
            ("date", "held_on"),
            ("time_out_discussed", "time_out_discussed"),
        ),
    ),
    "questionnaires": Binding(
        QuestionnaireAnswer,
        key=2,
        scope="practice__code",
        fields=(
            _OF_PRACTICE,
            ("programme_year", "programme_year"),
            ("answered_on", "answered_on"),
            ("plans_made", "plans_made"),
            ("lasting_habit", "lasting_habit"),
            ("flexible_in_use", "flexible_in_use"),
        ),
        forgets={"handed_in_by": None, "handed_in_at": None, "on_behalf": False, "asked": {}},
    ),
    "schedules": Binding(
        ConsultationSchedule,
        key=2,
        scope="practice__code",
        fields=(_OF_PRACTICE, ("pattern", "pattern"), ("in_use_from", "in_use_from")),
        forgets={"in_use_until": None, "said_by": None, "said_at": None, "on_behalf": False},
    ),
    "exemptions": Binding(
        Exemption,
        key=3,
        scope="practice__code",
        fields=(
            _OF_PRACTICE,
            ("intervention", "intervention"),
            ("programme_year", "programme_year"),
            ("recorded_on", "recorded_on"),
            ("reason", "reason"),
        ),
    ),
    "indicators": Binding(
        IndicatorValue,
        key=4,
        scope="year",
        fields=(
            _OF_PRACTICE,
            ("year", "year"),
            ("definition", "definition__code"),
            ("detail", "detail"),
            ("numerator", "numerator"),
            ("denominator", "denominator"),
            ("national", "national"),
        ),
    ),
    "regional_fee": Binding(
        RegionalFeeListing,
        key=3,
        scope="practice__code",
        fields=(
            _OF_PRACTICE,
            ("insurer", "insurer__name"),
            ("from", "from_on"),
            ("until", "until_on"),
        ),
    ),
}
