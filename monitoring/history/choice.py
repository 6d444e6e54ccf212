"""What of the region's course is shown, from the address, and the counts it gives: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from monitoring.compliance import DUTIES, Duty, Status
from monitoring.history.course import Statuses
from monitoring.words import intervention_name
from practices.models import Practice

MONTHS = (12, 24, 36)
COUNTED = (Status.MET, Status.ON_TRACK, Status.AT_RISK, Status.MISSED)


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter without a value, or with one that does not exist, lets everything through. `duty` is
    a place in `DUTIES`."""

    cohort: int | None
    consultant: int | None
    duty: int | None
    months: int

    @property
    def address(self) -> str:
        """The same choice as the end of an address."""
        return urlencode(
            {
                "lichting": self.cohort or "",
                "consulent": self.consultant or "",
                "verplichting": "" if self.duty is None else duty_key(DUTIES[self.duty]),
                "maanden": self.months,
            }
        )


@dataclass(frozen=True, slots=True)
class DutyCourse:
    """Per day the practices per status of `COUNTED`, in their order."""

    duty: Duty
    days: tuple[date, ...]
    counts: tuple[tuple[int, ...], ...]

    def applicable(self, place: int) -> int:
        """Practices for which the obligation counted on a day."""
        return sum(self.counts[place])


def choice_of(query: Mapping[str, str], practices: Iterable[Practice]) -> Choice:
    listed = list(practices)
    cohorts = {one.cohort_id for one in listed}
    consultants = {one.consultant_id for one in listed}
    keys = [duty_key(duty) for duty in DUTIES]
    cohort, consultant = _number(query, "lichting"), _number(query, "consulent")
    duty, months = query.get("verplichting", ""), _number(query, "maanden")
    return Choice(
        cohort=cohort if cohort in cohorts else None,
        consultant=consultant if consultant in consultants else None,
        duty=keys.index(duty) if duty in keys else None,
        months=months if months in MONTHS else MONTHS[0],
    )


def choice_words(choice: Choice, practices: Iterable[Practice]) -> str:
    """What the filters let through, for a file that is read without the page; '' for all."""
    listed = list(practices)
    said = []
    if choice.duty is not None:
        said.append(duty_name(DUTIES[choice.duty]))
    cohort = next((one.cohort.name for one in listed if one.cohort_id == choice.cohort), "")
    if cohort:
        said.append(_("cohort: %(cohort)s") % {"cohort": cohort})
    consultant = next(
        (str(one.consultant) for one in listed if choice.consultant == one.consultant_id), ""
    )
    if choice.consultant is not None:
        said.append(_("consultant: %(consultant)s") % {"consultant": consultant})
    return "; ".join(said)


def duty_key(duty: Duty) -> str:
    """ "1-2": intervention and programme year."""
    return f"{duty.intervention}-{duty.programme_year}"


def duty_name(duty: Duty) -> str:
    return _("%(intervention)s %(name)s, year %(year)s") % {
        "intervention": duty.intervention,
        "name": intervention_name(duty.intervention),
        "year": duty.programme_year,
    }


def courses(
    found: Mapping[date, Mapping[int, Statuses]], practices: Sequence[Practice], choice: Choice
) -> list[DutyCourse]:
    """One per duty asked for, over the practices that the filters let through."""
    chosen = {
        one.pk
        for one in practices
        if choice.cohort in (None, one.cohort_id) and choice.consultant in (None, one.consultant_id)
    }
    days = tuple(sorted(found))
    made = []
    for place, duty in enumerate(DUTIES):
        if choice.duty not in (None, place):
            continue
        counts = []
        for day in days:
            statuses = [of[place] for pk, of in found[day].items() if pk in chosen]
            counts.append(tuple(statuses.count(status) for status in COUNTED))
        made.append(DutyCourse(duty, days, tuple(counts)))
    return made


def _number(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
