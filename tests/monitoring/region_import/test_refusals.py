"""What may not be: each at its cell, all at once, and then nothing is stored."""

import pytest

from monitoring.models import RegionalFeeListing, Visit
from practices.models import AuditEvent, Cohort, Insurer, Panel, Person, Practice, User
from practices.states import AuditOutcome
from tests.monitoring.region_import.region_files import (
    ATTENDANCE,
    COHORTS,
    PRACTICES,
    SESSIONS,
    STAFF,
    basis,
    load,
    places,
    whole_basis,
)

pytestmark = pytest.mark.django_db

QUESTIONS = "practice,programme_year,answered_on,plans_made,lasting_habit,flexible_in_use"

# One bad cell each: table, its header, a row, and the column that is named.
BAD_ROWS = [
    ("cohorts", "number,name,information_meeting,enrol_before,request_before,start",
     "2,Naam,2023-03-06,2023-03-20,2023-04-01,2023-02-30", "start"),
    ("cohorts", "number,name,information_meeting,enrol_before,request_before,start",
     "2,,2023-03-06,2023-03-20,2023-04-01,2023-02-01", "name"),
    ("practices", "code,name,city,cohort", "01000003,Naam,Tilburg,7", "cohort"),
    ("practices", "code,name,city,cohort", "100003,Naam,Tilburg,1", "code"),
    ("practices", "code,name,city,cohort,consultant_email",
     "01000003,N,T,1,geen", "consultant_email"),
    ("panels", "practice,quarter,insurer,patients", "09999999,2024Q1,CZ,10", "practice"),
    ("panels", "practice,quarter,insurer,patients", "01000001,2024Q5,CZ,10", "quarter"),
    ("panels", "practice,quarter,insurer,patients", "01000001,2024Q1,CZ,-1", "patients"),
    ("panels", "practice,quarter,insurer,patients", "01000001,2024Q1,CZ,1.5", "patients"),
    ("panels", "practice,quarter,insurer,patients", "01000001,2024Q1,,5", "insurer"),
    ("staff", "practice,person,name,role,from,until",
     "01000001,p1,Anna,kok,2020-01-01,", "role"),
    ("staff", "practice,person,name,role,from,until",
     "01000001,p1,Anna,poh,2020-01-02,2020-01-01", "until"),
    ("sessions", "session,kind,title,date", "s5,feest,Titel,2024-01-01", "kind"),
    ("attendance", "session,person,attended", "onbekend,p1,yes", "session"),
    ("attendance", "session,person,attended", "s1,p1,misschien", "attended"),
    ("attendance", "session,person,attended", "s9,p1,yes", "session"),
    ("attendance", "session,person,attended", "s9,p1,no", "session"),
    ("extracts", "practice,period_start,period_end,patients,contacts,high_users",
     "01000001,2024-06-02,2025-06-02,10,10,1", "period_end"),
    ("extracts", "practice,period_start,period_end,patients,contacts,high_users",
     "01000001,2024-06-02,2024-06-01,10,10,1", "period_end"),
    ("extracts", "practice,period_start,period_end,patients,contacts,high_users",
     "01000001,2023-06-02,2024-06-01,10,10,11", "high_users"),
    ("plans", "practice,drafted_on,patient,contacts_before",
     "01000001,2025-06-02,V-1,30", "drafted_on"),
    ("plans", "practice,drafted_on,patient,contacts_before", "01000001,2025-06-01,,30", "patient"),
    ("plans", "practice,drafted_on,patient,contacts_before",
     "01000001,2025-06-01,V-1,", "contacts_before"),
    ("visits", "practice,date,time_out_discussed", "01000001,2025-06-02,yes", "date"),
    ("questionnaires", QUESTIONS,
     "01000001,3,2024-01-01,yes,no,no", "programme_year"),
    ("questionnaires", QUESTIONS,
     "01000001,1,2025-06-02,yes,no,no", "answered_on"),
    ("exemptions", "practice,intervention,programme_year,recorded_on,reason",
     "01000001,3,2,2024-01-01,verbouwing", "programme_year"),
    ("exemptions", "practice,intervention,programme_year,recorded_on,reason",
     "01000001,7,1,2024-01-01,verbouwing", "intervention"),
    ("exemptions", "practice,intervention,programme_year,recorded_on,reason",
     "01000001,1,1,2024-01-01,", "reason"),
    ("indicators", "practice,year,indicator,numerator,denominator",
     "01000001,2024,geluk,1,2", "indicator"),
    ("indicators", "practice,year,indicator,numerator,denominator",
     "01000001,2024,referrals,-1,2", "numerator"),
    ("regional_fee", "practice,insurer,from,until",
     "01000001,VGZ,2024-02-02,2024-02-01", "until"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "header", "row", "column"), BAD_ROWS)
def test_a_bad_cell_is_named_and_nothing_is_stored(
    table: str, header: str, row: str, column: str
) -> None:
    whole_basis()
    good = "practice,date,time_out_discussed\n01000001,2024-05-05,yes"
    tables = {table: f"{header}\n{row}"}
    draft = load(**({"visits": good} | tables))
    assert places(draft) == [(f"{table}.csv", 2, column)]
    assert draft.errors[0].message
    assert Visit.objects.count() == 0


def test_all_errors_of_all_files_come_at_once_in_order() -> None:
    draft = load(
        visits="practice,date,time_out_discussed\n01000001,2024-13-01,misschien\n",
        cohorts=COHORTS,
        practices="code,name,city,cohort\n01000001,De Linde,Tilburg,9\n1,,Tilburg,1\n",
    )
    assert places(draft) == [
        ("practices.csv", 2, "cohort"),
        ("practices.csv", 3, "code"),
        ("practices.csv", 3, "name"),
        ("visits.csv", 2, "date"),
        ("visits.csv", 2, "time_out_discussed"),
    ]
    assert (Cohort.objects.count(), Practice.objects.count()) == (0, 0)


def test_a_refusal_stores_nothing_but_a_line_in_the_trail() -> None:
    before = Insurer.objects.count()
    draft = load(
        cohorts=COHORTS,
        practices=PRACTICES,
        staff=STAFF,
        panels="practice,quarter,insurer,patients\n01000001,2024Q1,Nieuw,x\n",
    )
    assert places(draft) == [("panels.csv", 2, "patients")]
    stored = [m.objects.count() for m in (Cohort, Practice, Person, User, Panel)]
    assert (stored, Insurer.objects.count()) == ([0] * 5, before)
    event = AuditEvent.objects.get(object_type="region_import")
    assert (event.outcome, event.detail["errors"]) == (AuditOutcome.REFUSED, 1)


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("cohorts", COHORTS + COHORTS.strip().splitlines()[1]),
        (
            "panels",
            "practice,quarter,insurer,patients\n01000001,2024Q1,CZ,1\n1000001,2024q1,cz,2",
        ),
        (
            "staff",
            "practice,person,name,role,from\n01000001,p,A,poh,2020-01-01\n"
            "01000001,p,A,POH,1-1-2020",
        ),
        (
            "plans",
            "practice,drafted_on,patient,contacts_before\n01000001,2024-01-01,012,1\n"
            "01000001,2024-01-01,12,2",
        ),
        (
            "indicators",
            "practice,year,indicator,numerator,denominator\n,2024,referrals,1,2\n"
            ",2024,Referrals,1,2",
        ),
    ],
)
def test_a_key_twice_in_one_file_is_an_error_at_the_second_row(table: str, text: str) -> None:
    basis()
    draft = load(**{table: text})
    assert [(error.file, error.row) for error in draft.errors] == [(f"{table}.csv", 3)]
    assert "2" in draft.errors[0].message


def test_a_missing_column_is_one_error_and_not_one_per_row() -> None:
    draft = load(
        practices="code,name,cohort\n01000001,De Linde,1\n",
        panels="practice,quarter,insurer,patients\n01000001,2024Q1,CZ,10\n",
    )
    assert places(draft) == [("practices.csv", 1, "city")]


def test_a_column_that_is_there_twice_is_an_error() -> None:
    basis()
    draft = load(visits="practice,date,date,time_out_discussed\n01000001,2024-05-05,,yes\n")
    assert places(draft) == [("visits.csv", 1, "date")]


def test_more_cells_than_columns_is_an_error() -> None:
    basis()
    draft = load(visits="practice,date,time_out_discussed\n01000001,2024-05-05,yes,extra\n")
    assert places(draft) == [("visits.csv", 2, None)]


def test_a_session_with_an_attendance_list_cannot_move_to_the_future() -> None:
    whole_basis()
    draft = load(sessions="session,kind,title,date\ns1,intervision,Verwijzen,2025-06-02\n")
    assert places(draft) == [("sessions.csv", 2, "date")]


def test_attendance_is_held_against_the_date_in_the_same_folder() -> None:
    whole_basis()
    moved = SESSIONS.replace("2026-01-01", "2025-05-31")
    assert load(sessions=moved, attendance="session,person,attended\ns9,p1,yes\n").errors == []


def test_errors_hold_no_contents_of_cells() -> None:
    basis()
    draft = load(
        plans="practice,drafted_on,patient,contacts_before\n01000001,2025-09-09,geheim-88,x\n",
        staff="practice,person,name,email,role,from\n01000001,p1,Geheim,geheim,geheim,geheim\n",
    )
    assert len(draft.errors) == 5
    assert "geheim" not in repr(draft.errors).lower()


def test_a_row_of_a_bad_practice_is_not_blamed_for_it() -> None:
    draft = load(
        cohorts=COHORTS,
        practices="code,name,city,cohort\n01000001,De Linde,,1\n",
        attendance=ATTENDANCE,
        regional_fee="practice,insurer,from\n01000001,VGZ,2024-01-01\n",
    )
    assert places(draft) == [
        ("practices.csv", 2, "city"),
        ("attendance.csv", 2, "session"),
        ("attendance.csv", 3, "session"),
    ]
    assert RegionalFeeListing.objects.count() == 0
