"""What stands behind a status: norm, figure, deadline and rule, part by part."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from monitoring.compliance import (
    QUESTIONNAIRE,
    Obligation,
    Part,
    PracticeStanding,
    Status,
    YearFacts,
)
from monitoring.evidence.subjects import counting_rule
from monitoring.tags import Tag, obligation_tag, part_tag
from monitoring.words import joined, norm_phrase, part_count, part_gap, part_name


@dataclass(frozen=True, slots=True)
class PartEvidence:
    name: str
    norm: str
    figure: str
    due: str
    tag: Tag
    rule: str


@dataclass(frozen=True, slots=True)
class YearEvidence:
    """`begun` is False for a year that is still to come."""

    year: int
    begun: bool
    tag: Tag
    parts: tuple[PartEvidence, ...]


def year_evidence(standing: PracticeStanding, intervention: int) -> tuple[YearEvidence, ...]:
    """One value per programme year in which the intervention asks something."""
    asked = [o for o in standing.obligations if o.intervention == intervention]
    return tuple(_year(obligation, standing) for obligation in asked)


def _year(obligation: Obligation, standing: PracticeStanding) -> YearEvidence:
    return YearEvidence(
        year=obligation.programme_year,
        begun=obligation.status is not Status.NOT_DUE,
        tag=obligation_tag(obligation),
        parts=tuple(_part(part, obligation, standing) for part in obligation.parts),
    )


def _part(part: Part, obligation: Obligation, standing: PracticeStanding) -> PartEvidence:
    norms = standing.participant.norms[obligation.programme_year - 1]
    return PartEvidence(
        name=part_name(part.name),
        norm=norm_phrase(part.name, norms),
        figure=_figure(part, standing.facts[obligation.programme_year - 1]),
        due=date_format(part.deadline),
        tag=part_tag(part),
        rule=counting_rule(part.name, norms),
    )


def _figure(part: Part, facts: YearFacts) -> str:
    """The figure with what it lacks; a part that is yes or no says since when."""
    if part.status is Status.NOT_APPLICABLE:
        return _("Does not apply")
    happened = _happened_on(part.name, facts)
    said = _("On %(date)s") % {"date": date_format(happened)} if happened else part_count(part)
    return joined([said, part_gap(part)])


def _happened_on(name: str, facts: YearFacts) -> date | None:
    dates = {
        "extract": facts.extract_on,
        "visit": facts.visit_on,
        "schedule": facts.schedule_from,
        QUESTIONNAIRE: facts.answered_on,
    }
    return dates.get(name)
