"""Parts of the report's value about money, and about what practices said at visits."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProgrammeFigures:
    """The fee for the programme: patients of the insurer at practices that take part, times the
    tariff. Without a tariff there is no amount; a number that may not be shown is None with it."""

    quarter: str
    practices: int
    patients: int | None
    tariff: str | None
    amount: str | None


@dataclass(frozen=True)
class TariffFigures:
    """What the regional fee of a quarter was reckoned with, per patient; None: no tariff known."""

    quarter: str
    amount: str | None


@dataclass(frozen=True)
class NotAccountedFigures:
    """Practices with, together, so many quarters for which no regional fee is accounted for, for
    one `reason` of `monitoring.regional_fee.states.Reason`."""

    reason: str
    practices: int
    quarters: int


@dataclass(frozen=True)
class AnswerFigures:
    """Practices that gave an answer at their latest visit of the year at which this was asked;
    `question` is a key of `monitoring.visits.questions`."""

    question: str
    answer: str
    practices: int
