"""The demo region as the spreadsheets a region keeps: file name → bytes for the region import."""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta

from monitoring.demo.extracts import DemoExtract, counts_of, extracts_of
from monitoring.demo.figures import Row, indicators, panels, regional_fee
from monitoring.demo.patients import panel_of
from monitoring.demo.plans import spreadsheet_plans
from monitoring.demo.programme import Progress
from monitoring.demo.region import DemoPractice, DemoRegion

COLUMNS = {
    "cohorts.csv": "number,name,information_meeting,enrol_before,request_before,start",
    "practices.csv": "code,name,city,cohort,start,preferred_insurer,consultant_email,"
    "neighbourhood,invited_on,information_on,enrolled_on,requested_on,stopped_on,stop_reason",
    "panels.csv": "practice,quarter,insurer,patients",
    "staff.csv": "practice,person,name,email,role,from,until,fte,registration",
    "sessions.csv": "session,kind,title,date,facilitator,capacity",
    "attendance.csv": "session,person,attended",
    "extracts.csv": "practice,period_start,period_end,patients,contacts,high_users",
    "plans.csv": "practice,drafted_on,patient,contacts_before",
    "visits.csv": "practice,date,time_out_discussed",
    "questionnaires.csv": "practice,programme_year,answered_on,plans_made,lasting_habit,"
    "flexible_in_use",
    "schedules.csv": "practice,pattern,in_use_from",
    "exemptions.csv": "practice,intervention,programme_year,recorded_on,reason",
    "indicators.csv": "practice,year,indicator,numerator,denominator,national",
    "regional_fee.csv": "practice,insurer,from,until",
}


def sheets(region: DemoRegion, progress: Progress) -> dict[str, bytes]:
    rows: dict[str, Iterable[Row]] = {
        "cohorts.csv": (
            (
                one.number,
                one.name,
                one.information_meeting,
                one.enrol_before,
                one.request_before,
                one.start,
            )
            for one in region.cohorts
        ),
        "practices.csv": (_practice(one, region.today) for one in region.practices),
        "panels.csv": panels(region),
        "staff.csv": _staff(region),
        "indicators.csv": indicators(region),
        "regional_fee.csv": regional_fee(region),
        "extracts.csv": _extracts(region),
        "plans.csv": spreadsheet_plans(region),
        **_happened(progress),
    }
    return {name: _csv(COLUMNS[name], rows[name]) for name in COLUMNS}


def _happened(progress: Progress) -> dict[str, Iterable[Row]]:
    return {
        "sessions.csv": (
            (one.reference, one.kind, one.title, one.held_on, one.facilitator, one.capacity)
            for one in progress.sessions
        ),
        "attendance.csv": (
            (one.reference, person, there)
            for one in progress.sessions
            for person, there in one.people.items()
        ),
        "visits.csv": ((practice.code, *rest) for practice, *rest in progress.visits),
        "questionnaires.csv": (
            (practice.code, year, day, True, habit, habit)
            for practice, year, day, habit in progress.answers
        ),
        "schedules.csv": ((practice.code, *rest) for practice, *rest in progress.schedules),
        "exemptions.csv": ((practice.code, *rest) for practice, *rest in progress.exemptions),
    }


def _practice(practice: DemoPractice, today: date) -> Row:
    cohort = practice.cohort
    waits = cohort.start > today
    pipeline = (
        cohort.information_meeting - timedelta(days=40),
        cohort.information_meeting if cohort.information_meeting <= today else None,
        None if waits and cohort.enrol_before > today else cohort.enrol_before,
        None if waits else cohort.request_before,
    )
    return (
        practice.code,
        practice.name,
        practice.city,
        cohort.number,
        practice.own_start,
        practice.preferred_insurer,
        practice.consultant,
        practice.neighbourhood,
        *pipeline,
        practice.stopped_on,
        "Praktijk gaat op in een andere praktijk" if practice.stopped_on else "",
    )


def _staff(region: DemoRegion) -> Iterable[Row]:
    for practice in region.practices:
        for one in practice.staff:
            yield (
                practice.code,
                one.person,
                one.name,
                one.email,
                one.role,
                one.first_day,
                one.last_day,
                one.fte,
                one.registration,
            )


def _extracts(region: DemoRegion) -> Iterable[Row]:
    for extract in extracts_of(region):
        if not extract.uploaded:
            yield _counted(region, extract)


def _counted(region: DemoRegion, extract: DemoExtract) -> Row:
    counts = counts_of(region, extract, panel_of(region.seed, extract.practice))
    return (
        extract.practice.code,
        extract.period_start,
        extract.period_end,
        len(counts),
        int(counts.sum()),
        int((counts >= extract.threshold).sum()),
    )


def _csv(columns: str, rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns.split(","))
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value
