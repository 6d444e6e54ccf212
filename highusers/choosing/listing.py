"""The list that the team goes through: high users of an extract with all that is known of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from highusers.choosing.contacts import Course, Stretch, age_band, by_channel, course_of
from highusers.imports.definitions import Channel
from highusers.models import (
    Extract,
    HighUser,
    Judgement,
    PatientPlan,
    PatientProfile,
    PatientTotal,
)
from highusers.plans.services import year_begins
from highusers.states import ExtractSource
from practices.facts import norm_table
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Line:
    """One high user of the extract. `judgement` is not stored yet where nothing was said;
    `plan` is the one of this programme year, `earlier` are those before it, the latest first;
    `stretches` are the extracts that hold the patient, below the threshold too."""

    high_user: HighUser
    contacts: int
    channels: Mapping[Channel, int]
    course: Course
    age_band: str
    sex: str
    plan: PatientPlan | None
    earlier: tuple[PatientPlan, ...]
    judgement: Judgement
    stretches: tuple[Stretch, ...] = ()

    @property
    def code(self) -> str:
        return self.high_user.code

    @property
    def key(self) -> str:
        """The code as addresses spell it."""
        return self.high_user.code.lower()

    @property
    def is_chosen(self) -> bool:
        return self.judgement.chosen_on is not None

    @property
    def is_judged(self) -> bool:
        return bool(self.judgement.influenceable)


@dataclass(frozen=True, slots=True)
class Former:
    """Who stood on an earlier extract, or has a plan from the region's spreadsheet only."""

    high_user: HighUser
    plan: PatientPlan | None


@dataclass(frozen=True, slots=True)
class Board:
    """`extract` is the one that is gone through, none where no file was read in; `needed` is
    the norm of the programme year, `first_day` its first day."""

    extracts: Sequence[Extract]
    extract: Extract | None
    lines: Sequence[Line]
    former: Sequence[Former]
    profiles: Sequence[PatientProfile]
    needed: int
    first_day: date

    @property
    def last(self) -> Extract | None:
        return self.extracts[0] if self.extracts else None

    @property
    def chosen(self) -> list[Line]:
        """In the order of choice."""
        found = [line for line in self.lines if line.is_chosen]
        return sorted(found, key=lambda line: line.judgement.position or 0)

    @property
    def judged(self) -> int:
        return sum(line.is_judged for line in self.lines)

    @property
    def planned(self) -> int:
        return sum(line.plan is not None for line in self.lines)

    def line_of(self, high_user: HighUser) -> Line | None:
        return next((line for line in self.lines if line.high_user.pk == high_user.pk), None)


def board(practice: Practice, today: date, *, with_judgements: bool = True) -> Board:
    """Seven queries, however many patients there are; the practice's scope must be open.

    ``with_judgements`` is False for somebody who may not read what the team said.
    """
    extracts = list(
        Extract.objects.filter(practice=practice).order_by("-period_end", "period_start")
    )
    extract = extract_to_choose_from(extracts)
    first_day = year_begins(practice, today)
    patients = HighUser.objects.filter(practice=practice).defer("his_number")
    high_users = list(patients.order_by("number"))
    totals = _totals(high_users, extracts)
    plans = _plans(practice)
    profiles = list(PatientProfile.objects.order_by("number"))
    said = _judgements(extract, profiles) if extract and with_judgements else {}
    lines, former = [], []
    for high_user in high_users:
        own = plans.get(high_user.pk, ())
        rows = totals.get(bytes(high_user.patient_key), {})
        if extract is None or not _is_high(rows.get(extract.pk), extract):
            if own or any(_is_high(rows.get(one.pk), one) for one in extracts):
                former.append(Former(high_user, own[0] if own else None))
        else:
            judgement = said.get(high_user.pk) or Judgement(period_end=extract.period_end)
            judgement.practice, judgement.high_user = practice, high_user
            lines.append(_line(judgement, extract, rows, own, first_day))
    return Board(
        extracts=extracts,
        extract=extract,
        lines=lines,
        former=former,
        profiles=profiles,
        needed=norm_table().in_force(practice.cohort_id, first_day).plans,
        first_day=first_day,
    )


def _is_high(total: PatientTotal | None, extract: Extract) -> bool:
    return total is not None and total.contacts >= extract.threshold


def _line(
    judgement: Judgement,
    extract: Extract,
    rows: Mapping[int, PatientTotal],
    plans: Sequence[PatientPlan],
    first_day: date,
) -> Line:
    """`rows` are the patient's by extract, `plans` the latest first."""
    total = rows[extract.pk]
    stretches = [
        Stretch(row.extract.period_start, row.extract.period_end, row.contacts, row.by_month)
        for row in rows.values()
    ]
    return Line(
        high_user=judgement.high_user,
        contacts=total.contacts,
        channels=by_channel(total.by_type),
        course=course_of(stretches),
        age_band=age_band(total.birth_year, extract.period_end),
        sex=total.sex,
        plan=next((one for one in plans if one.drafted_on >= first_day), None),
        earlier=tuple(one for one in plans if one.drafted_on < first_day),
        judgement=judgement,
        stretches=tuple(sorted(stretches, key=lambda one: one.period_end)),
    )


def extract_to_choose_from(extracts: Sequence[Extract]) -> Extract | None:
    """Of those with patients in them the latest of twelve months, else the latest."""
    uploads = [one for one in extracts if one.source == ExtractSource.UPLOAD]
    whole = [one for one in uploads if one.is_twelve_months]
    return next(iter(whole or uploads), None)


def _totals(
    high_users: Sequence[HighUser], extracts: Sequence[Extract]
) -> dict[bytes, dict[int, PatientTotal]]:
    """Rows of these patients by key and extract."""
    keys = [bytes(one.patient_key) for one in high_users]
    by_pk = {one.pk: one for one in extracts}
    found: dict[bytes, dict[int, PatientTotal]] = defaultdict(dict)
    for total in PatientTotal.objects.filter(extract__in=by_pk, patient_key__in=keys):
        total.extract = by_pk[total.extract_id]
        found[bytes(total.patient_key)][total.extract_id] = total
    return found


def _plans(practice: Practice) -> dict[int, tuple[PatientPlan, ...]]:
    """By patient, the latest first; without the text, which the list does not show."""
    shown = ("high_user_id", "drafted_on", "state", "closed_on", "period_end")
    found: dict[int, tuple[PatientPlan, ...]] = {}
    plans = PatientPlan.objects.filter(practice=practice).only(*shown)
    for plan in plans.order_by("-drafted_on"):
        found[plan.high_user_id] = (*found.get(plan.high_user_id, ()), plan)
    return found


def _judgements(extract: Extract, profiles: Sequence[PatientProfile]) -> dict[int, Judgement]:
    """By patient, each with its profile of these and with who said it."""
    by_pk = {one.pk: one for one in profiles}
    found = {}
    stored = Judgement.objects.filter(practice=extract.practice_id, period_end=extract.period_end)
    for judgement in stored.select_related("said_by__person"):
        judgement.profile = by_pk.get(judgement.profile_id) if judgement.profile_id else None
        found[judgement.high_user_id] = judgement
    return found
