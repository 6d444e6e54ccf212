"""Extracts and plans of the demo, stored as the practices would store them."""

from dataclasses import asdict
from datetime import date

import numpy

from highusers.models import Extract, HighUser, PatientProfile, PatientTotal
from highusers.plans.services import PlanText, save_plan
from highusers.services import import_extract
from highusers.states import ExtractSource, PlanState
from monitoring.demo.chance import dice, weekday
from monitoring.demo.extracts import DemoExtract, counts_of, extracts_of, file_of
from monitoring.demo.patients import panel_of
from monitoring.demo.plans import TEXTS, TEXTS_OF_HOME, plan_days
from monitoring.demo.region import DemoPractice, DemoRegion, begun
from practices.agreements import agree
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.programme_year import NORMED_YEARS, add_months
from practices.states import StaffRole


def upload_all(region: DemoRegion) -> int:
    """Every practice signs its agreement and uploads its extracts; returns how many."""
    uploaded = [extract for extract in extracts_of(region) if extract.uploaded]
    for extract in uploaded:
        _upload(region, extract)
    return len(uploaded)


def plan_all(region: DemoRegion) -> int:
    """The plans of all practices in all programme years; returns how many."""
    return sum(_plan(region, practice) for practice in begun(region))


def _upload(region: DemoRegion, extract: DemoExtract) -> None:
    practice = Practice.objects.select_related("cohort").get(code=extract.practice.code)
    colleague = _owner(extract.practice)
    agree(practice=practice, actor=colleague)
    panel = panel_of(region.seed, extract.practice)
    _name, content = file_of(region, extract, panel, counts_of(region, extract, panel))
    import_extract(
        practice=practice,
        data=content,
        period=(extract.period_start, extract.period_end),
        actor=colleague,
    )


def _owner(practice: DemoPractice) -> User:
    owner = next(one for one in practice.staff if one.role == StaffRole.GP_OWNER)
    return User.objects.get(email=owner.email)


def _plan(region: DemoRegion, one: DemoPractice) -> int:
    """Plans for high users of an extract that the team had before it; any of them may be chosen."""
    practice = Practice.objects.select_related("cohort").get(code=one.code)
    colleague = _owner(one)
    profiles = list(PatientProfile.objects.order_by("number"))
    made = 0
    with practice_scope(practice):
        lists = _lists(practice)
        for year in NORMED_YEARS:
            chance = dice(region.seed, "chosen", one.index, year)
            chosen: set[int] = set()
            for day in plan_days(region, one, year):
                known = [high_users for last_day, high_users in lists if last_day < day]
                open_to = [row for row in known[-1] if row.pk not in chosen] if known else []
                if not open_to:
                    continue
                high_user = open_to[int(chance.integers(len(open_to)))]
                chosen.add(high_user.pk)
                save_plan(
                    practice=practice,
                    high_user=high_user,
                    text=_text(one, made, chance, profiles, day, region.today),
                    actor=colleague,
                    drafted_on=day,
                )
                made += 1
    return made


def _lists(practice: Practice) -> list[tuple[date, list[HighUser]]]:
    """The last day of each uploaded extract and who stood on it, the earliest first."""
    uploads = Extract.objects.filter(practice=practice, source=ExtractSource.UPLOAD)
    return [(one.period_end, _high_users(one)) for one in uploads.order_by("period_end")]


def _high_users(extract: Extract) -> list[HighUser]:
    high = PatientTotal.objects.filter(extract=extract, contacts__gte=extract.threshold)
    return list(
        HighUser.objects.filter(patient_key__in=high.values("patient_key")).order_by("number")
    )


def _text(
    practice: DemoPractice,
    made: int,
    chance: numpy.random.Generator,
    profiles: list[PatientProfile],
    day: date,
    today: date,
) -> PlanText:
    """Any of the texts; the plans of the first practice have their own and are just drawn up."""
    words = TEXTS[int(chance.integers(len(TEXTS)))]
    evaluate_on = weekday(add_months(day, 3))
    state = PlanState.RUNNING if evaluate_on > today else PlanState.EVALUATED
    if practice.is_home:
        words, state = TEXTS[TEXTS_OF_HOME[made % len(TEXTS_OF_HOME)]], PlanState.DRAWN_UP
    return PlanText(
        **asdict(words),
        profile=profiles[int(chance.integers(len(profiles)))] if profiles else None,
        evaluate_on=evaluate_on,
        state=state,
    )
