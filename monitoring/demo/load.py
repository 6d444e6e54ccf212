"""Loading the demo region through the doors that people use."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from highusers.effect.services import compute_region_effect
from highusers.models import RegionEffect
from monitoring.demo.accounts import open_accounts
from monitoring.demo.appointments import plan_visits
from monitoring.demo.bottlenecks import report_bottlenecks
from monitoring.demo.care import tend_plans
from monitoring.demo.enrolments import describe_courses, enrol_people
from monitoring.demo.fees import record_tariffs
from monitoring.demo.judging import judge_lists
from monitoring.demo.kitchens import open_kitchens
from monitoring.demo.library import fill_library
from monitoring.demo.practice_plans import write_practice_plans
from monitoring.demo.programme import DemoSession, progress_of
from monitoring.demo.questionnaires import leave_one_open, tell_experiences
from monitoring.demo.region import demo_region
from monitoring.demo.report import write_report
from monitoring.demo.sheets import sheets
from monitoring.demo.team import go_through_list
from monitoring.demo.time_outs import note_time_outs
from monitoring.demo.visits import write_visits
from monitoring.demo.weeks import lay_out_weeks
from monitoring.demo.working_lists import plan_all, upload_all
from monitoring.region_import.services import import_region
from training.models import Course, Session

Say = Callable[[str], None]
LASTS = timedelta(hours=2)
COMPLETED = ("starts_at", "ends_at", "place", "city", "course", "enrol_until", "cancel_until")


class RegionRefusedError(RuntimeError):
    """The import would not take the demo's own spreadsheets: a defect, never bad luck."""


def load_demo(*, practices: int, seed: int, today: date, say: Say) -> None:
    """Load a region of this size as it would stand on `today`.

    The same seed and day give the same region. Meant for an empty installation; run again it
    adds nothing that is there already.
    """
    region = demo_region(practices=practices, seed=seed, today=today)
    progress = progress_of(region)
    draft = import_region(files=sheets(region, progress).items(), actor=None, today=today)
    if draft.errors:
        raise RegionRefusedError(
            "; ".join(f"{one.file} {one.row}: {one.message}" for one in draft.errors)
        )
    _complete_sessions(progress.sessions)
    describe_courses()
    open_accounts()
    say(f"{len(region.practices)} practices, {Session.objects.count()} sessions")
    say(f"{enrol_people(seed=seed, today=today)} enrolments")
    say(f"{upload_all(region)} extracts")
    say(f"{plan_all(region)} plans")
    tend_plans(region)
    judge_lists(region)
    go_through_list(region)
    say(f"{write_practice_plans(today=today)} plans of practices")
    say(f"{note_time_outs(seed=seed, today=today)} time-outs")
    say(f"{lay_out_weeks()} weeks of consultations")
    say(f"{plan_visits(today=today)} appointments for visits")
    say(f"{write_visits(today)} visits written out")
    say(f"{tell_experiences()} practices that tell of their experiences")
    say(f"{leave_one_open()} questionnaire to go on with")
    say(f"{fill_library(today)} examples")
    say(f"{report_bottlenecks(today)} bottlenecks")
    say(f"{open_kitchens(today)} offers to look in a kitchen")
    say(f"{record_tariffs(today)} tariffs")
    say(f"{write_report(today)} blocks of the yearly report")
    compute_region_effect(effect_id=RegionEffect.objects.create().pk)


def _complete_sessions(sessions: list[DemoSession]) -> None:
    """What the region's spreadsheet has no column for: times, place, course and last days."""
    told = {one.reference: one for one in sessions}
    courses = {course.title: course for course in Course.objects.all()}
    stored = list(Session.objects.filter(reference__in=told))
    for session in stored:
        one = told[session.reference]
        session.starts_at = time.fromisoformat(one.starts_at)
        ends = datetime.combine(session.held_on, session.starts_at) + LASTS
        session.ends_at = ends.time()
        session.place, _comma, session.city = one.place.rpartition(", ")
        session.course = courses.get(one.title)
        session.enrol_until = session.held_on - timedelta(days=2)
        session.cancel_until = session.held_on - timedelta(days=7)
    Session.objects.bulk_update(stored, COMPLETED)
