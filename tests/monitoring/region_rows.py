"""Stores a region given as plain rows (see `oracle.py`) straight into the tables."""

import hashlib
from datetime import date, timedelta

from highusers.models import Extract, HighUser, PatientPlan, PatientTotal
from interventions.models import ConsultationSchedule
from monitoring.models import Exemption, QuestionnaireAnswer, Visit
from practices.isolation import practice_scope
from practices.models import Cohort, Employment, Norm, Person, Practice
from training.models import Attendance, Session


def store(region: dict[str, list[dict]]) -> None:
    cohorts = _cohorts(region)
    practices = _practices(region, cohorts)
    _people(region, practices)
    _region_records(region, practices)
    extracts = _extracts(region, practices)
    for code, practice in practices.items():
        with practice_scope(practice):
            store_patients(region, code, practice, extracts)
    Norm.objects.bulk_create(
        Norm(
            key=row["key"],
            cohort=cohorts.get(row["cohort"]),
            valid_from=row["valid_from"],
            value=row["value"],
        )
        for row in region.get("norms", ())
    )


def _cohorts(region: dict[str, list[dict]]) -> dict[object, Cohort]:
    return {
        row["number"]: Cohort.objects.create(
            number=row["number"],
            name=row["name"],
            information_meeting_on=row["start"] - timedelta(days=30),
            enrol_before=row["start"] - timedelta(days=10),
            request_before=row["start"],
            start_on=row["start"],
        )
        for row in region["cohorts"]
    }


def _practices(region: dict[str, list[dict]], cohorts: dict) -> dict[str, Practice]:
    created = Practice.objects.bulk_create(
        Practice(
            code=row["code"],
            slug=f"p{row['code']}",
            name=row["code"],
            city="Tilburg",
            cohort=cohorts[row["cohort"]],
            start_on=row["start"],
            stopped_on=row["stopped_on"],
        )
        for row in region["practices"]
    )
    return {practice.code: practice for practice in created}


def _people(region: dict[str, list[dict]], practices: dict[str, Practice]) -> None:
    references = {row["person"] for row in (*region["staff"], *region["attendance"])}
    created = Person.objects.bulk_create(
        Person(reference=reference, name=reference) for reference in sorted(references)
    )
    people = {person.reference: person for person in created}
    Employment.objects.bulk_create(
        Employment(
            practice=practices[row["practice"]],
            person=people[row["person"]],
            role=row["role"],
            started_on=row["from"],
            ended_on=row["until"],
        )
        for row in region["staff"]
    )
    created_sessions = Session.objects.bulk_create(
        Session(reference=row["session"], kind=row["kind"], title="", held_on=row["date"])
        for row in region["sessions"]
    )
    sessions = {session.reference: session for session in created_sessions}
    Attendance.objects.bulk_create(
        Attendance(
            session=sessions[row["session"]],
            person=people[row["person"]],
            present=row["attended"],
        )
        for row in region["attendance"]
    )


def _region_records(region: dict[str, list[dict]], practices: dict[str, Practice]) -> None:
    Visit.objects.bulk_create(
        Visit(
            practice=practices[row["practice"]],
            held_on=row["date"],
            time_out_discussed=row["time_out_discussed"],
        )
        for row in region["visits"]
    )
    QuestionnaireAnswer.objects.bulk_create(
        QuestionnaireAnswer(
            practice=practices[row["practice"]],
            programme_year=row["programme_year"],
            answered_on=row["answered_on"],
            plans_made=False,
            lasting_habit=False,
            flexible_in_use=False,
        )
        for row in region["questionnaires"]
    )
    Exemption.objects.bulk_create(
        Exemption(
            practice=practices[row["practice"]],
            intervention=row["intervention"],
            programme_year=row["programme_year"],
            recorded_on=row["recorded_on"],
            reason="verbouwing",
        )
        for row in region["exemptions"]
    )
    ConsultationSchedule.objects.bulk_create(
        ConsultationSchedule(
            practice=practices[row["practice"]],
            pattern=row["pattern"],
            in_use_from=row["in_use_from"],
        )
        for row in region["schedules"]
    )


def _extracts(
    region: dict[str, list[dict]], practices: dict[str, Practice]
) -> dict[tuple[str, date], Extract]:
    created = Extract.objects.bulk_create(
        Extract(
            practice=practices[row["practice"]],
            period_start=row["period_start"],
            period_end=row["period_end"],
            source="region",
            threshold=30,
            patients=2000,
            contacts=9000,
            high_users=20,
        )
        for row in region["extracts"]
    )
    codes = [row["practice"] for row in region["extracts"]]
    return {
        (code, extract.period_end): extract for code, extract in zip(codes, created, strict=True)
    }


def store_patients(
    region: dict[str, list[dict]],
    code: str,
    practice: Practice,
    extracts: dict[tuple[str, date], Extract],
) -> None:
    plans = [row for row in region["plans"] if row["practice"] == code]
    patients = sorted({row["patient"] for row in plans})
    created = HighUser.objects.bulk_create(
        HighUser(practice=practice, patient_key=_key(patient), number=number)
        for number, patient in enumerate(patients, start=1)
    )
    high_users = dict(zip(patients, created, strict=True))
    PatientPlan.objects.bulk_create(
        PatientPlan(
            practice=practice,
            high_user=high_users[row["patient"]],
            drafted_on=row["drafted_on"],
            contacts_before=row["contacts_before"],
        )
        for row in plans
    )
    PatientTotal.objects.bulk_create(
        PatientTotal(
            extract=extracts[code, row["period_end"]],
            practice=practice,
            patient_key=_key(row["patient"]),
            contacts=row["contacts"],
        )
        for row in region.get("totals", ())
        if row["practice"] == code
    )


def _key(patient: str) -> bytes:
    return hashlib.sha256(patient.encode()).digest()
