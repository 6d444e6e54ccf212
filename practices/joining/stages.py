"""Which step of its way into the programme a practice has reached, and which is late: pure.

Source: seed 1, recruiting and annex (four dates per cohort).
"""

from dataclasses import dataclass
from datetime import date

from practices.models import Practice
from practices.states import Stage

NEXT = {
    Stage.INVITED: Stage.INFORMATION,
    Stage.INFORMATION: Stage.ENROLLED,
    Stage.ENROLLED: Stage.REQUESTED,
}
"""The step that the coordinator can note down; starting happens by itself, by the date."""

FIELD = {
    Stage.INVITED: "invited_on",
    Stage.INFORMATION: "information_on",
    Stage.ENROLLED: "enrolled_on",
    Stage.REQUESTED: "requested_on",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """`since` is the day of the step, where it is known. `missing` is what a date stands for and is
    not noted yet, `due_before` that date; both None when nothing lacks."""

    stage: Stage
    since: date | None
    missing: Stage | None
    due_before: date | None
    late: bool


def standing_of(practice: Practice, today: date) -> Standing:
    stage = stage_of(practice, today)
    missing, due_before = _missing(practice, stage)
    return Standing(
        stage=stage,
        since=_since(practice, stage),
        missing=missing,
        due_before=due_before,
        late=due_before is not None and due_before <= today,
    )


def stage_of(practice: Practice, today: date) -> Stage:
    """By the last date that is filled in; steps in between may have been skipped. The programme
    counts from the start date, whatever else is noted."""
    if practice.stopped_on is not None and practice.stopped_on <= today:
        return Stage.STOPPED
    if practice.start <= today:
        return Stage.STARTED
    for stage in (Stage.REQUESTED, Stage.ENROLLED, Stage.INFORMATION):
        if getattr(practice, FIELD[stage]) is not None:
            return stage
    return Stage.INVITED


def has_begun(practice: Practice, today: date) -> bool:
    """Enrolled, or come with its start alone, and that day is there: its obligations run. One that
    was invited for a cohort and never enrolled has begun nothing."""
    return practice.start <= today and (practice.enrolled_on is not None or not _is_known(practice))


def next_of(stage: Stage) -> Stage | None:
    return NEXT.get(stage)


def _missing(practice: Practice, stage: Stage) -> tuple[Stage | None, date | None]:
    """Of a practice that came with its start alone nothing more is asked: it runs already."""
    if stage is Stage.STOPPED or practice.requested_on is not None or not _is_known(practice):
        return None, None
    if practice.enrolled_on is not None:
        return Stage.REQUESTED, practice.cohort.request_before
    return Stage.ENROLLED, practice.cohort.enrol_before


def _is_known(practice: Practice) -> bool:
    """Whether any step of its way in is noted."""
    return any(getattr(practice, field) is not None for field in FIELD.values())


def _since(practice: Practice, stage: Stage) -> date | None:
    if stage is Stage.STOPPED:
        return practice.stopped_on
    if stage is Stage.STARTED:
        return practice.start
    day: date | None = getattr(practice, FIELD[stage])
    return day
