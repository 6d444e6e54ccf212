"""The list of high users as the practice sees it: V-codes with contacts and the plan at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from highusers.models import Extract, HighUser, PatientPlan, PatientTotal
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Line:
    """One high user; `contacts` is none when the last extract does not list the patient."""

    high_user: HighUser
    contacts: int | None
    age_band: str
    plan: PatientPlan | None


@dataclass(frozen=True, slots=True)
class HighUserList:
    """`present` stood at or above the threshold on the last extract, `earlier` before that."""

    extracts: Sequence[Extract]
    present: Sequence[Line]
    earlier: Sequence[Line]

    @property
    def last(self) -> Extract | None:
        return self.extracts[0] if self.extracts else None


def high_user_list(practice: Practice) -> HighUserList:
    """Four queries, however many patients there are; the practice's scope must be open."""
    extracts = list(
        Extract.objects.filter(practice=practice).order_by("-period_end", "period_start")
    )
    last = extracts[0] if extracts else None
    totals = _totals(last) if last else {}
    plans = {
        plan.high_user_id: plan
        for plan in PatientPlan.objects.select_related("profile").order_by("drafted_on")
    }
    lines = [
        _line(high_user, totals.get(bytes(high_user.patient_key)), plans, last)
        for high_user in HighUser.objects.order_by("number")
    ]
    present = [line for line in lines if line.contacts is not None]
    present.sort(key=lambda line: (-(line.contacts or 0), line.high_user.number))
    return HighUserList(extracts, present, [line for line in lines if line.contacts is None])


def _totals(extract: Extract) -> dict[bytes, PatientTotal]:
    found = PatientTotal.objects.filter(extract=extract, contacts__gte=extract.threshold)
    return {bytes(total.patient_key): total for total in found.defer("by_type", "by_month")}


def _line(
    high_user: HighUser,
    total: PatientTotal | None,
    plans: dict[int, PatientPlan],
    extract: Extract | None,
) -> Line:
    plan = plans.get(high_user.pk)
    if total is None or extract is None:
        return Line(high_user, None, "", plan)
    return Line(high_user, total.contacts, age_band(total.birth_year, extract.period_end), plan)


def age_band(birth_year: int | None, day: date) -> str:
    """The age in tens, '70–79': a year of birth says more than a list needs."""
    if not birth_year:
        return ""
    tens = max(day.year - birth_year, 0) // 10 * 10
    return f"{tens}–{tens + 9}"
