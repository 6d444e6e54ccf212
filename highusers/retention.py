"""How long rows of patients and what belongs to them are kept."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from highusers.models import (
    Extract,
    ExtractImport,
    HighUser,
    PatientPlan,
    PatientTotal,
    TeamTalk,
)
from practices.models import Practice
from practices.programme_year import add_years
from practices.retention import Rule, Whose

PATIENT_YEARS = 5
LATER_EXTRACTS = 2
"""How many later extracts a row below the threshold lives to see: they serve the effect figure."""

UPLOAD_DAYS = 30


def delete_totals(practice: Practice, today: date) -> int:
    """Rows below the threshold after the second later extract; all rows after five years."""
    extracts = list(
        Extract.objects.filter(practice=practice).order_by("-period_end", "period_start")
    )
    followed = [extract.pk for extract in extracts[LATER_EXTRACTS:]]
    totals = PatientTotal.objects.filter(practice=practice)
    below = totals.filter(extract__in=followed, contacts__lt=F("extract__threshold"))
    old = totals.filter(extract__period_end__lt=add_years(today, -PATIENT_YEARS))
    return int(below.delete()[0]) + int(old.delete()[0])


def delete_high_users(practice: Practice, today: date) -> int:
    """Patients without a row at or above the threshold and without a plan of the last years."""
    limit = add_years(today, -PATIENT_YEARS)
    high = PatientTotal.objects.filter(
        practice=practice,
        patient_key=OuterRef("patient_key"),
        contacts__gte=F("extract__threshold"),
    )
    start = timezone.make_aware(datetime.combine(limit, time.min))
    planned = PatientPlan.objects.filter(high_user=OuterRef("pk"))
    recent = planned.filter(changed_at__gte=start) | planned.filter(drafted_on__gte=limit)
    due = HighUser.objects.filter(practice=practice).exclude(Exists(high)).exclude(Exists(recent))
    return int(due.delete()[0])


def delete_talks(practice: Practice, today: date) -> int:
    limit = add_years(today, -PATIENT_YEARS)
    return int(TeamTalk.objects.filter(practice=practice, held_on__lt=limit).delete()[0])


def delete_uploads(today: date) -> int:
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=UPLOAD_DAYS), time.min))
    return int(ExtractImport.objects.filter(created_at__lt=limit).delete()[0])


RULES = (
    Rule(
        "highusers.PatientTotal",
        Whose.PATIENT,
        "below the threshold: until the second later extract; others: "
        f"{PATIENT_YEARS} years after the end of the extract",
        personal=("patient_key", "by_type", "by_month"),
        delete_in=delete_totals,
    ),
    Rule(
        "highusers.HighUser",
        Whose.PATIENT,
        f"{PATIENT_YEARS} years after the last extract or plan in which the patient stood",
        personal=("patient_key", "his_number"),
        delete_in=delete_high_users,
    ),
    Rule(
        "highusers.PatientPlan",
        Whose.PATIENT,
        "as long as the patient it is for",
        personal=(
            "reason",
            "who",
            "how",
            "moment",
            "goals",
            "instruction",
            "life_domains",
            "close_note",
            "created_by",
            "consent_by",
        ),
    ),
    Rule(
        "highusers.PlanVersion",
        Whose.PATIENT,
        "as long as the plan",
        personal=("content", "saved_by"),
    ),
    Rule(
        "highusers.PlanAction",
        Whose.PATIENT,
        "as long as the plan",
        personal=("what", "colleague"),
    ),
    Rule(
        "highusers.Conversation",
        Whose.PATIENT,
        "as long as the patient",
        personal=("colleague", "marks", "note"),
    ),
    Rule(
        "highusers.Evaluation",
        Whose.PATIENT,
        "as long as the plan",
        personal=("findings", "adjustment", "saved_by"),
    ),
    Rule(
        "highusers.Judgement",
        Whose.PATIENT,
        "as long as the patient",
        personal=("said_by", "reason", "changed_by"),
    ),
    Rule(
        "highusers.TeamTalk",
        Whose.PATIENT,
        f"{PATIENT_YEARS} years after the talk",
        personal=("present", "decided", "created_by"),
        delete_in=delete_talks,
    ),
    Rule(
        "highusers.NetworkPartner",
        Whose.NOBODY,
        "as long as the practice is known; organisations, not people",
        harmless=("name", "reach"),
    ),
    Rule(
        "highusers.RemovedPatient",
        Whose.PATIENT,
        "as long as the practice is known: it keeps the patient out of later extracts",
        personal=("patient_key", "removed_by"),
    ),
    Rule(
        "highusers.Extract",
        Whose.STAFF,
        "counts as long as the region accounts for the programme; nameless once the account is",
        personal=("stored_by",),
        harmless=("definition", "warnings"),
    ),
    Rule(
        "highusers.ExtractImport",
        Whose.STAFF,
        f"{UPLOAD_DAYS} days; the file itself an hour at most, encrypted, outside the database",
        personal=("created_by",),
        harmless=("code", "definition", "mapping", "result", "refusal"),
        delete=delete_uploads,
    ),
    Rule(
        "highusers.PatientProfile",
        Whose.NOBODY,
        "as long as the region runs the programme; nothing about a person",
        harmless=("name", "description"),
    ),
)
