"""Who takes part on the first day of a quarter, and what changed since the one before: what an
insurer gets on paper today. It names practices and holds no number of patients."""

from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mtvp.documents.model import Column, Document, Kind, Mark, Table, Value
from mtvp.documents.snapshot import snapshot
from practices.models import Insurer, Practice

QUARTERS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Participants:
    """On `day`, the first of a quarter; `came` and `left` since the first of the one before."""

    day: date
    taking_part: tuple[Practice, ...]
    came: tuple[Practice, ...]
    left: tuple[Practice, ...]


def first_days(today: date) -> list[date]:
    """Of the quarter that runs and the ones before, the latest first."""
    days = [date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)]
    while len(days) < QUARTERS_SHOWN:
        days.append(quarter_before(days[-1]))
    return days


def quarter_before(day: date) -> date:
    month = day.month - 3
    return day.replace(month=month) if month > 0 else date(day.year - 1, month + 12, 1)


def quarter_name(day: date) -> str:
    return _("quarter %(number)s of %(year)s") % {
        "number": (day.month + 2) // 3,
        "year": day.year,
    }


def participants(day: date) -> Participants:
    """One query; in the order of the names."""
    before = quarter_before(day)
    begun = list(
        Practice.objects.select_related("cohort")
        .annotate(begins_on=Coalesce("start_on", "cohort__start_on"))
        .filter(begins_on__lte=day)
        .order_by("name", "code")
    )
    now = [one for one in begun if _takes_part(one, day)]
    then = [one for one in begun if _takes_part(one, before)]
    return Participants(
        day=day,
        taking_part=tuple(now),
        came=tuple(one for one in now if one not in then),
        left=tuple(one for one in then if one not in now),
    )


def _takes_part(practice: Practice, day: date) -> bool:
    stopped = practice.stopped_on is not None and practice.stopped_on <= day
    return practice.start <= day and not stopped


def participants_document(found: Participants, insurer: Insurer, today: date) -> Document:
    title = _("Practices that take part, for %(insurer)s") % {"insurer": insurer.name}
    return snapshot(
        title,
        _table(_("Taking part"), found.taking_part),
        _table(_("New since the quarter before"), found.came),
        _table(_("Stopped since the quarter before"), found.left),
        as_of=today,
        subtitle=_("On %(day)s, %(quarter)s")
        % {"day": date_format(found.day), "quarter": quarter_name(found.day)},
    )


def _table(title: str, practices: tuple[Practice, ...]) -> Table:
    columns = (
        Column(_("Practice")),
        Column(_("AGB code")),
        Column(_("City")),
        Column(_("Cohort")),
        Column(_("Start"), Kind.DATE),
        Column(_("Performance requested"), Kind.DATE),
        Column(_("Stopped"), Kind.DATE),
    )
    return Table(title, columns, tuple(_row(practice) for practice in practices))


def _row(practice: Practice) -> tuple[Value, ...]:
    return (
        practice.name,
        practice.code,
        practice.city,
        practice.cohort.name,
        practice.start,
        practice.requested_on or Mark.NO_FIGURE,
        practice.stopped_on or Mark.NO_FIGURE,
    )
