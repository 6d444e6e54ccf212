"""What is stored, and that the same folder twice changes nothing."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext

from highusers.models import Extract, HighUser, PatientPlan, RemovedPatient
from highusers.states import ExtractSource
from interventions.models import ConsultationSchedule
from monitoring.models import (
    Exemption,
    IndicatorValue,
    QuestionnaireAnswer,
    RegionalFeeListing,
    Visit,
)
from monitoring.region_import.services import import_region, preview_region
from mtvp.privacy.keyed_hash import patient_key
from practices.isolation import practice_scope
from practices.models import (
    AuditEvent,
    Cohort,
    Employment,
    Insurer,
    Norm,
    Panel,
    Person,
    Practice,
    User,
)
from practices.rights.states import RemovalReason
from practices.states import AuditAction, AuditOutcome
from practices.vault import hash_secret
from tests import factories
from tests.monitoring.region_import.region_files import (
    ATTENDANCE,
    COHORTS,
    PRACTICES,
    SESSIONS,
    STAFF,
    TODAY,
    basis,
    counts,
    files,
    load,
    warned,
    whole_basis,
)
from tests.training import making
from training.models import Attendance, Session
from training.states import EnrolmentState, MailKind

pytestmark = pytest.mark.django_db

PLANNED = """
session,kind,title,date,facilitator,capacity
S-DRUK,intervision,Intervisie,2030-05-06,,1
"""
EXTRACTS = """
practice,period_start,period_end,patients,contacts,high_users
01000001,2023-04-01,2024-03-31,2200,8800,31
"""
PLANS = """
practice,drafted_on,patient,contacts_before
01000001,2023-10-14,V-01,30
01000001,2024-05-01,V-01,41
01000001,2023-10-30,V-02,29
01000002,2023-11-01,V-01,35
"""
WHOLE = {
    "cohorts": COHORTS,
    "practices": PRACTICES,
    "panels": "practice,quarter,insurer,patients\n01000001,2023Q2,CZ,412\n01000001,2023Q2,VGZ,0",
    "staff": STAFF,
    "sessions": SESSIONS,
    "attendance": ATTENDANCE,
    "extracts": EXTRACTS,
    "plans": PLANS,
    "visits": "practice,date,time_out_discussed\n01000001,2023-10-08,yes",
    "questionnaires": "practice,programme_year,answered_on,plans_made,lasting_habit,flexible_in_use"
    "\n01000001,1,2024-04-05,yes,no,yes",
    "schedules": "practice,pattern,in_use_from\n01000001,15/30 zonder 5,\n01000002,20,2024-01-01",
    "exemptions": "practice,intervention,programme_year,recorded_on,reason"
    "\n01000001,1,2,2026-01-01,verbouwing",
    "indicators": "practice,year,indicator,numerator,denominator,national\n,2023,consultations,"
    "4600.5,1000,4.7\n01000001,2023,referrals:cardiologie,10,0,",
    "regional_fee": "practice,insurer,from,until\n01000001,vgz,2023-07-01,",
}


def test_every_file_finds_its_table() -> None:
    draft = load(**WHOLE)
    assert (draft.errors, draft.warnings) == ([], [])
    assert {one.file: one.new for one in draft.counts()} == {
        f"{name}.csv": text.strip().count("\n") for name, text in WHOLE.items()
    }
    linde = Practice.objects.get(code="01000001")
    beuk = Practice.objects.get(code="01000002")
    assert (linde.name, linde.city, linde.neighbourhood) == ("De Linde", "Tilburg", "Noord")
    assert (linde.start, beuk.start) == (date(2023, 4, 1), date(2023, 10, 1))
    assert linde.preferred_insurer == Insurer.objects.get(name="CZ")
    assert (beuk.preferred_insurer, beuk.consultant, beuk.stopped_on) == (None, None, None)
    assert set(Panel.objects.values_list("insurer__name", "patients")) == {("CZ", 412), ("VGZ", 0)}
    anna = Employment.objects.get(person__reference="p1")
    assert (anna.practice, anna.role, anna.fte) == (linde, "gp_owner", Decimal("0.80"))
    assert (anna.person.name, anna.person.registration) == ("Anna Berg", "19012345601")
    session = Session.objects.get(reference="s1")
    assert (session.capacity, session.facilitator.email) == (12, "ekc@regio.example")
    assert Attendance.objects.get(session=session).present
    assert not Attendance.objects.get(session__reference="s2").present
    extract = Extract.objects.get()
    assert (extract.source, extract.high_users, extract.threshold) == ("region", 31, 30)
    assert Visit.objects.get().time_out_discussed
    answer = QuestionnaireAnswer.objects.get()
    assert (answer.plans_made, answer.lasting_habit, answer.flexible_in_use) == (True, False, True)
    in_use = ConsultationSchedule.objects.order_by("pattern").values_list("in_use_from", flat=True)
    assert list(in_use) == [None, date(2024, 1, 1)]
    assert Exemption.objects.get().recorded_on == date(2026, 1, 1)
    of_region = IndicatorValue.objects.get(practice=None)
    assert (of_region.numerator, of_region.national) == (Decimal("4600.5"), Decimal("4.7"))
    of_linde = IndicatorValue.objects.get(practice=linde)
    assert (of_linde.definition.code, of_linde.detail) == ("referrals", "cardiologie")
    assert (of_linde.denominator, of_linde.national) == (0, None)
    assert RegionalFeeListing.objects.get().insurer.name == "VGZ"


def test_the_same_folder_twice_changes_nothing() -> None:
    load(**WHOLE)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        draft = load(**WHOLE)
    assert all(one.unchanged == one.rows for one in draft.counts())
    assert draft.made() == {"insurers": 0, "people": 0, "accounts": 0}
    writes = [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql.split('"')[1] for sql in writes] == ["practices_auditevent"]


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    basis()

    def queries(patients: int, quarters: int) -> int:
        rows = [f"01000001,20{20 + n}Q1,CZ,{patients}" for n in range(quarters)]
        with CaptureQueriesContext(connection) as captured:
            load(panels="practice,quarter,insurer,patients\n" + "\n".join(rows))
        return len(captured)

    assert queries(1, 1) == queries(1, 9)
    assert queries(2, 2) == queries(3, 9)


def test_a_preview_counts_the_same_and_stores_nothing() -> None:
    draft = preview_region(files=files(**WHOLE), today=TODAY)
    stored = load(**WHOLE)
    assert (draft.counts(), draft.made()) == (stored.counts(), stored.made())
    changed = {**WHOLE, "plans": PLANS.replace(",29", ",28")}
    before = AuditEvent.objects.count()
    assert counts(preview_region(files=files(**changed), today=TODAY), "plans.csv") == (0, 1, 3)
    assert counts(load(plans=PLANS), "plans.csv") == (0, 0, 4)
    assert AuditEvent.objects.count() == before + 1


def test_rows_are_changed_by_their_key_and_absent_rows_stay() -> None:
    load(**WHOLE)
    draft = load(
        visits="practice,date,time_out_discussed\n01000001,2023-10-08,no\n01000001,2024-01-01,yes",
        extracts=EXTRACTS.replace("8800,31", "8900,32"),
        staff="practice,person,name,email,role,from,until,fte,registration\n"
        "01000001,p2,Bas Dijk-Smit,bas@linde.example,assistant,2016-01-01,2025-01-31,0.5,",
    )
    assert [(c.file, c.new, c.changed) for c in draft.counts()] == [
        ("staff.csv", 0, 1),
        ("extracts.csv", 0, 1),
        ("visits.csv", 1, 1),
    ]
    visits = Visit.objects.order_by("held_on").values_list("time_out_discussed", flat=True)
    assert list(visits) == [False, True]
    assert Extract.objects.get().high_users == 32
    bas = Employment.objects.get(person__reference="p2")
    assert (bas.ended_on, bas.fte, bas.person.name) == (
        date(2025, 1, 31),
        Decimal("0.50"),
        "Bas Dijk-Smit",
    )
    assert User.objects.get(email="bas@linde.example").person == bas.person
    assert Employment.objects.count() == 2


def test_a_row_that_only_says_something_new_of_the_person_is_a_changed_row() -> None:
    whole_basis()
    draft = load(staff=STAFF.replace("Bas Dijk", "Bas van Dijk"))
    assert counts(draft, "staff.csv") == (0, 1, 1)
    assert Person.objects.get(reference="p2").name == "Bas van Dijk"


def test_a_blank_cell_clears_what_was_stored() -> None:
    whole_basis()
    load(practices=PRACTICES.replace("CZ,Consulent@regio.example,Noord", ",,"))
    linde = Practice.objects.get(code="01000001")
    assert (linde.preferred_insurer, linde.consultant, linde.neighbourhood) == (None, None, "")


def test_a_missing_optional_column_counts_as_blank_and_says_what_goes() -> None:
    whole_basis()
    short = "code,name,city,cohort\n01000001,De Linde,Tilburg,1\n01000002,De Beuk,Goirle,1\n"
    draft = load(practices=short)
    assert warned(draft) == [("practices.csv", None, "column_cleared")] * 4
    assert {(w.column, "1" in w.message) for w in draft.warnings} == {
        ("start", True),
        ("preferred_insurer", True),
        ("consultant_email", True),
        ("neighbourhood", True),
    }
    assert Practice.objects.get(code="01000002").start == date(2023, 4, 1)
    again = load(practices=short)
    assert (counts(again, "practices.csv"), again.warnings) == ((0, 0, 2), [])


def test_what_no_file_knows_stays() -> None:
    basis()
    Practice.objects.filter(code="01000001").update(manager_sees_plans=True)
    slug = Practice.objects.get(code="01000001").slug
    load(practices=PRACTICES.replace("De Linde", "De Oude Linde"))
    linde = Practice.objects.get(code="01000001")
    assert (linde.name, linde.slug, linde.manager_sees_plans) == ("De Oude Linde", slug, True)
    assert slug == "de-linde"


def test_practices_with_one_name_get_addresses_of_their_own() -> None:
    factories.practice(code="09000001", slug="de-linde")
    long = "Gezondheidscentrum " * 6
    load(
        cohorts=COHORTS.replace("\n1,", "\n77,"),
        practices="code,name,city,cohort\n01000001,De Linde,T,77\n01000002,De Linde!,T,77\n"
        f"01000003,{long},T,77\n01000004,{long},T,77\n01000005,???,T,77\n",
    )
    slugs = dict(Practice.objects.values_list("code", "slug"))
    assert (slugs["01000001"], slugs["01000002"]) == ("de-linde-2", "de-linde-3")
    assert len(slugs["01000003"]) <= 60
    assert slugs["01000004"].endswith("-2")
    assert slugs["01000005"] == "01000005"


def test_an_insurer_has_one_spelling() -> None:
    factories.insurer("VGZ")
    basis()
    load(
        panels="practice,quarter,insurer,patients\n01000001,2024Q1,vgz,1\n01000001,2024Q1,Menzis,1",
        regional_fee="practice,insurer,from\n01000001,MENZIS,2024-01-01\n",
    )
    assert set(Insurer.objects.values_list("name", flat=True)) == {"CZ", "VGZ", "Menzis"}


def test_a_folder_refers_to_itself_and_to_what_is_stored() -> None:
    whole_basis()
    draft = load(attendance="session,person,attended\ns1,p2,yes\ns2,p1,yes\n")
    assert (draft.errors, counts(draft, "attendance.csv")) == ([], (2, 0, 0))
    assert Attendance.objects.count() == 4


def test_what_a_dutch_excel_saves_is_the_same_region() -> None:
    load(**WHOLE)
    dutch = {
        name: text.replace("4600.5", "4600,5").replace("4.7", "4,7").replace("0.8", "0,8")
        for name, text in {n: _with_dutch_dates(t) for n, t in WHOLE.items()}.items()
    }
    saved = [
        (
            f"{name}.csv",
            text.replace("01000", "1000").strip().replace("\n", "\r\n").encode("cp1252"),
        )
        for name, text in dutch.items()
    ]
    draft = import_region(files=saved, actor=None, today=TODAY)
    assert draft.errors == []
    assert {w.code for w in draft.warnings} == {"agb_mended"}
    assert len({w.file for w in draft.warnings}) == len(draft.warnings) == 11
    assert all(one.unchanged == one.rows for one in draft.counts())


def _with_dutch_dates(text: str) -> str:
    lines = []
    for line in text.strip().splitlines():
        cells = [_dutch(cell) for cell in line.split(",")]
        lines.append(";".join(cells))
    return "\n".join(lines)


def _dutch(cell: str) -> str:
    parts = cell.split("-")
    return "-".join(reversed(parts)) if len(parts) == 3 and len(parts[0]) == 4 else cell


def test_a_workbook_is_the_same_table() -> None:
    basis()
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "d-m-yyyy"})
    for x, name in enumerate(("practice", "date", "time_out_discussed")):
        sheet.write(0, x, name)
    sheet.write(1, 0, 1000001)
    sheet.write_datetime(1, 1, date(2024, 3, 2), day)
    sheet.write(1, 2, "yes")
    book.close()
    draft = import_region(files=[("visits.xlsx", target.getvalue())], actor=None, today=TODAY)
    assert (draft.errors, warned(draft)) == ([], [("visits.xlsx", 2, "agb_mended")])
    assert Visit.objects.get().held_on == date(2024, 3, 2)


def test_an_uploaded_extract_stays() -> None:
    basis()
    linde = Practice.objects.get(code="01000001")
    Extract.objects.create(
        practice=linde,
        period_start=date(2023, 4, 1),
        period_end=date(2024, 3, 31),
        source=ExtractSource.UPLOAD,
        threshold=30,
        patients=2000,
        contacts=8000,
        high_users=25,
    )
    draft = load(extracts=EXTRACTS)
    assert warned(draft) == [("extracts.csv", 2, "upload_stays")]
    assert counts(draft, "extracts.csv") == (0, 0, 1)
    extract = Extract.objects.get()
    assert (extract.source, extract.high_users) == (ExtractSource.UPLOAD, 25)


def test_an_extract_of_another_length_is_taken_with_a_warning() -> None:
    basis()
    draft = load(extracts=EXTRACTS.replace("2023-04-01", "2023-04-02"))
    assert warned(draft) == [("extracts.csv", 2, "period_length")]
    assert Extract.objects.count() == 1


def test_the_threshold_is_the_norm_of_that_day() -> None:
    basis()
    Norm.objects.create(key="high_user_contacts", valid_from=date(2024, 3, 1), value=25)
    load(extracts=EXTRACTS)
    assert Extract.objects.get().threshold == 25


def test_a_patient_is_kept_as_a_hash_of_its_own_practice() -> None:
    load(**WHOLE)
    linde, beuk = Practice.objects.order_by("code")
    with practice_scope(linde):
        numbers = dict(HighUser.objects.values_list("number", "patient_key"))
        plans = PatientPlan.objects.order_by("drafted_on").values_list(
            "high_user__number", "contacts_before"
        )
        assert list(plans) == [(1, 30), (2, 29), (1, 41)]
        assert set(HighUser.objects.values_list("his_number", flat=True)) == {None}
    with practice_scope(beuk):
        other = HighUser.objects.get()
    assert sorted(numbers) == [1, 2]
    assert other.number == 1
    assert bytes(other.patient_key) != bytes(numbers[1])
    as_his_number = patient_key(hash_secret(), "01000001", "V-01")
    assert bytes(numbers[1]) != as_his_number
    assert HighUser.objects.count() == 0


def test_numbers_of_high_users_stay_and_go_on() -> None:
    load(**WHOLE)
    linde = Practice.objects.get(code="01000001")
    more = PLANS.replace(
        "\n01000001,2023-10-14", "\n01000001,2023-01-01,V-00,33\n01000001,2023-10-14"
    )
    load(plans=more)
    with practice_scope(linde):
        by_day = PatientPlan.objects.order_by("drafted_on")
        assert list(by_day.values_list("high_user__number", flat=True)) == [3, 1, 2, 1]


def test_a_patient_who_was_taken_out_stays_out() -> None:
    load(**WHOLE)
    linde = Practice.objects.get(code="01000001")
    with practice_scope(linde):
        patient = HighUser.objects.get(number=2)
        RemovedPatient.objects.create(
            practice=linde,
            patient_key=patient.patient_key,
            number=2,
            reason=RemovalReason.OBJECTION,
            removed_by=factories.user(),
        )
        patient.delete()
    more = PLANS + "01000001,2024-05-05,V-03,33\n"
    draft = load(plans=more)
    assert warned(draft) == [("plans.csv", 4, "patient_removed")]
    assert counts(draft, "plans.csv") == (1, 0, 4)
    with practice_scope(linde):
        assert set(HighUser.objects.values_list("number", flat=True)) == {1, 3}


def test_each_practice_finds_the_import_of_its_plans_in_its_trail() -> None:
    user = factories.region_user("coordinator")
    import_region(files=files(**WHOLE), actor=user, role="coordinator", today=TODAY)
    events = AuditEvent.objects.filter(object_type="highusers.patientplan").order_by(
        "practice__code"
    )
    assert [(e.practice.code, e.actor, e.detail) for e in events] == [
        ("01000001", user, {"new": 3, "changed": 0}),
        ("01000002", user, {"new": 1, "changed": 0}),
    ]
    whole = AuditEvent.objects.get(object_type="region_import")
    assert (whole.outcome, whole.role) == (AuditOutcome.DONE, "coordinator")
    assert whole.detail["tables"]["plans"] == {"new": 4, "changed": 0}


def memberships(after: int = 0) -> list[tuple[str, str, dict[str, int]]]:
    found = AuditEvent.objects.filter(action=AuditAction.MEMBERSHIP, pk__gt=after)
    found = found.order_by("practice", "id")
    return [(e.practice.code if e.practice else "", e.role, e.detail) for e in found]


def test_each_practice_finds_in_its_trail_that_the_import_changed_who_gets_in() -> None:
    user = factories.region_user("coordinator")
    import_region(files=files(**WHOLE), actor=user, role="coordinator", today=TODAY)
    assert memberships() == [
        ("01000001", "coordinator", {"new": 2, "consultant": 1}),
        ("", "coordinator", {"given": "consultant"}),
        ("", "coordinator", {"given": "facilitator"}),
    ]
    assert "anna@linde.example" not in str(memberships())


def test_what_leaves_access_as_it_was_is_no_change_of_access() -> None:
    load(**WHOLE)
    before = len(memberships())
    load(**WHOLE)
    load(visits="practice,date,time_out_discussed\n01000001,2023-10-08,no")
    load(practices=PRACTICES.replace("De Linde", "De Oude Linde"))
    assert len(memberships()) == before


def test_a_consultant_or_spell_that_changed_is_told_to_the_practice() -> None:
    load(**WHOLE)
    before = AuditEvent.objects.latest("pk").pk
    load(practices=PRACTICES.replace("Consulent@regio.example", ""))
    load(staff=STAFF.replace("2024-12-31", "2025-01-31"))
    assert memberships(after=before) == [
        ("01000001", "", {"consultant": 1}),
        ("01000001", "", {"changed": 1}),
    ]


def test_a_file_that_is_refused_changes_no_access() -> None:
    load(**{**WHOLE, "visits": "practice,date,time_out_discussed\n01000001,ooit,yes"})
    assert memberships() == []


def test_nothing_to_read_is_no_error() -> None:
    draft = load()
    assert (draft.errors, warned(draft)) == ([], [("", None, "nothing_to_read")])


def test_an_empty_table_is_a_table() -> None:
    draft = load(cohorts=COHORTS.strip().splitlines()[0])
    assert (draft.errors, counts(draft, "cohorts.csv")) == ([], (0, 0, 0))
    assert Cohort.objects.count() == 0


def test_an_unknown_column_is_skipped_with_a_warning() -> None:
    basis()
    draft = load(visits="practice,date,time_out_discussed,notitie\n01000001,2024-05-05,yes,vrij\n")
    assert [(w.code, w.column) for w in draft.warnings] == [("unknown_column", "notitie")]
    assert Visit.objects.count() == 1


def test_a_session_that_the_region_moves_is_told_and_filled():
    load(sessions=PLANNED)
    practice = factories.practice()
    session = Session.objects.get(reference="S-DRUK")
    _has, waits = making.enrolled(session, *making.doctors(practice, 2))
    load(sessions=PLANNED.replace("2030-05-06", "2030-05-13").replace(",1", ",13"))
    session.refresh_from_db()
    waits.refresh_from_db()
    assert (session.held_on, session.capacity, session.sequence) == (date(2030, 5, 13), 13, 1)
    assert session.capacity_reason != ""
    assert waits.state == EnrolmentState.CONFIRMED
    assert list(waits.mails.order_by("pk").values_list("kind", flat=True)) == [
        *(MailKind.WAITING, MailKind.SESSION_CHANGED, MailKind.PROMOTED),
    ]


def test_intervision_of_more_than_twelve_comes_in_with_the_region_as_its_reason():
    load(sessions=PLANNED.replace(",1", ",20"))
    session = Session.objects.get(reference="S-DRUK")
    assert (session.capacity, session.capacity_reason != "") == (20, True)
