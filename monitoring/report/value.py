"""The yearly report as one frozen value; every format is written from it.

What people wrote stands in `texts` and `quotes`, and why a final one was corrected in `correction`.
A number that may not be shown is None and its path stands in `suppressed`. Amounts and values of
indicators are decimal strings. `report_json` and `report_from_json` are each other's inverse.
"""

import dataclasses
import types
import typing
from dataclasses import dataclass
from typing import Any

from monitoring.report.parts import (
    AnswerFigures,
    NotAccountedFigures,
    ProgrammeFigures,
    TariffFigures,
)


@dataclass(frozen=True)
class CohortFigures:
    """How many practices had taken each step by the report's day."""

    number: int
    name: str
    start: str
    invited: int
    information: int
    enrolled: int
    requested: int
    begun: int
    stopped: int


@dataclass(frozen=True)
class ObligationFigures:
    """Practices per status; `applicable` leaves out not_due and not_applicable.

    `definitions` hold the norm of each part in words, as it stood for these practices.
    """

    intervention: int
    programme_year: int
    met: int
    applicable: int
    on_track: int
    at_risk: int
    missed: int
    not_due: int
    not_applicable: int
    definitions: tuple[str, ...]


@dataclass(frozen=True)
class ExtractFigures:
    """`number`: every twelve-month extract that ended in the year; the rest: of each practice the
    latest of them."""

    year: int
    number: int
    practices: int
    patients: int | None
    high_users: int | None
    contacts: int | None


@dataclass(frozen=True)
class PlanFigures:
    """Plans that count, of the practices that had begun the programme year."""

    programme_year: int
    practices: int
    plans: int


@dataclass(frozen=True)
class SessionFigures:
    """Meetings of a kind in the year, and who was there from the practices in the report."""

    kind: str
    sessions: int
    attendances: int
    people: int
    practices: int


@dataclass(frozen=True)
class QuestionnaireFigures:
    """`due` counts practices whose questionnaire was open; `answered` those that answered."""

    programme_year: int
    due: int
    answered: int
    plans_made: int
    lasting_habit: int
    flexible_in_use: int


@dataclass(frozen=True)
class IndicatorYear:
    """None: no figure, or one that may not be shown (then its path stands in `suppressed`).
    `low` to `high` is the 95 % interval; what it rests on is a `monitoring.goals.intervals.Kind`.
    """

    year: int
    value: str | None
    national: str | None
    low: str | None = None
    high: str | None = None
    interval: str = ""


@dataclass(frozen=True)
class IndicatorFigures:
    indicator: str
    detail: str
    title: str
    aim: str
    years: tuple[IndicatorYear, ...]


@dataclass(frozen=True)
class PanelFigures:
    """Patients of the insurer at the practices that took part on the quarter's first day."""

    quarter: str
    practices: int
    patients: int | None


@dataclass(frozen=True)
class FeeFigures:
    """The regional fee: practices on the insurer's list on the quarter's first day. Without a
    tariff there is no amount; a number that may not be shown is None with it."""

    quarter: str
    practices: int
    patients: int | None
    amount: str | None


@dataclass(frozen=True)
class QualityFigures:
    """`number` of `of` lack something; `item` names what."""

    item: str
    number: int
    of: int


@dataclass(frozen=True)
class MetFigures:
    """Practices that met one obligation, of those for which it counted."""

    intervention: int
    programme_year: int
    met: int
    applicable: int


@dataclass(frozen=True)
class CohortProgress:
    """How far the practices of one cohort were on the report's day."""

    number: int
    name: str
    practices: int
    stopped: int
    plans: int
    obligations: tuple[MetFigures, ...]


@dataclass(frozen=True)
class LastYear:
    """The same figures a year before: as that year's final report has them (then with its hash),
    else computed as of its 31 December."""

    year: int
    sha256: str
    practices: int
    stopped: int
    obligations: tuple[MetFigures, ...]
    plans: tuple[PlanFigures, ...]
    sessions: tuple[SessionFigures, ...]
    questionnaires: tuple[QuestionnaireFigures, ...]


@dataclass(frozen=True)
class VisitFigures:
    """Visits in the year at practices in the report. Of the practices that had not stopped (`of`):
    how many were visited, and at how many time-out was discussed."""

    visits: int
    practices: int
    time_out: int
    of: int


@dataclass(frozen=True)
class TimeOutFigures:
    """Time-outs of the year over the region of which the outcome is known, and after how many of
    them nobody was referred or nothing requested; None: may not be shown."""

    practices: int
    decided: int | None
    not_sent: int | None


@dataclass(frozen=True)
class BottleneckFigures:
    """Practices in the report that reported something of a kind about a kind of partner."""

    partner: str
    kind: str
    practices: int
    reports: int


@dataclass(frozen=True)
class StructuralWords:
    """A structural bottleneck and what the region does about it, in its own words."""

    title: str
    partner: str
    state: str
    practices: int
    doing: str


@dataclass(frozen=True)
class AgreementWords:
    """`state`: open, done or not_done."""

    text: str
    owner: str
    due_on: str | None
    state: str
    outcome: str


@dataclass(frozen=True)
class MeetingWords:
    """What last year's meeting with the insurers left for this year."""

    year: int
    held_on: str
    adjustments: str
    agreements: tuple[AgreementWords, ...]


@dataclass(frozen=True)
class BlockWords:
    """What people wrote in a block; paragraphs are divided by an empty line."""

    block: str
    text: str


@dataclass(frozen=True)
class QuoteWords:
    """Words of a practice that consented to them; which practice is kept nowhere here."""

    block: str
    text: str


@dataclass(frozen=True)
class Difference:
    """What a version says otherwise than the one before; '' where one of them says nothing."""

    section: str
    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Correction:
    """Why there is another version after a final one, and every difference with it."""

    version: int
    reason: str
    corrected_sha256: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class PartFigures:
    name: str
    achieved: int
    required: int
    status: str


@dataclass(frozen=True)
class PracticeObligation:
    intervention: int
    programme_year: int
    status: str
    parts: tuple[PartFigures, ...]


@dataclass(frozen=True)
class PracticeFigures:
    """A practice in the appendix; the extract is its latest twelve-month one of the year."""

    code: str
    name: str
    city: str
    cohort: int
    start: str
    stopped_on: str | None
    programme_year: int | None
    obligations: tuple[PracticeObligation, ...]
    extract_until: str | None
    patients: int | None
    high_users: int | None


@dataclass(frozen=True)
class Report:
    """One year for one insurer, as of 31 December; `appendix` is None when it was not chosen."""

    year: int
    insurer: str
    as_of: str
    practices: int
    stopped: int
    cohorts: tuple[CohortFigures, ...]
    obligations: tuple[ObligationFigures, ...]
    extracts: ExtractFigures
    earlier_extracts: tuple[ExtractFigures, ...]
    plans: tuple[PlanFigures, ...]
    sessions: tuple[SessionFigures, ...]
    questionnaires: tuple[QuestionnaireFigures, ...]
    indicators: tuple[IndicatorFigures, ...]
    panels: tuple[PanelFigures, ...]
    regional_fee: tuple[FeeFigures, ...]
    quality: tuple[QualityFigures, ...]
    appendix: tuple[PracticeFigures, ...] | None
    suppressed: tuple[str, ...]
    by_cohort: tuple[CohortProgress, ...] = ()
    last_year: LastYear | None = None
    visits: VisitFigures = VisitFigures(0, 0, 0, 0)
    time_outs: TimeOutFigures | None = None
    bottlenecks: tuple[BottleneckFigures, ...] = ()
    structural: tuple[StructuralWords, ...] = ()
    meeting: MeetingWords | None = None
    texts: tuple[BlockWords, ...] = ()
    quotes: tuple[QuoteWords, ...] = ()
    correction: Correction | None = None
    programme_fee: tuple[ProgrammeFigures, ...] = ()
    fee_tariffs: tuple[TariffFigures, ...] = ()
    not_accounted: tuple[NotAccountedFigures, ...] = ()
    visit_answers: tuple[AnswerFigures, ...] = ()


def report_json(report: Report) -> dict[str, Any]:
    """The report as JSON holds it: tuples as lists."""
    plain: dict[str, Any] = _plain(report)
    return plain


def report_from_json(data: dict[str, Any]) -> Report:
    """A stored report; `TypeError` or `KeyError` when it is of another shape. One frozen before a
    figure was added to reports is read without it."""
    report: Report = _read(Report, data)
    return report


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in _fields(value)}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _read(kind: Any, data: Any) -> Any:
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        values = {
            field.name: _read(hints[field.name], data[field.name])
            for field in _fields(kind)
            if field.name in data or field.default is dataclasses.MISSING
        }
        return kind(**values)  # type: ignore[operator]
    if typing.get_origin(kind) is types.UnionType:
        inner = next(one for one in typing.get_args(kind) if one is not types.NoneType)
        return None if data is None else _read(inner, data)
    if typing.get_origin(kind) is tuple:
        return tuple(_read(typing.get_args(kind)[0], one) for one in data)
    return data


def _fields(kind: Any) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(kind)
