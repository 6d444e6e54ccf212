"""How long rows of patients and what belongs to them are kept."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from highusers.codes import keep_last_number
from highusers.effect.services import keep_years
from highusers.models import (
    ComparedYear,
    Conversation,
    Extract,
    ExtractImport,
    HighUser,
    Judgement,
    PatientPlan,
    PatientTotal,
    RegionEffect,
    ReplacedExtract,
    ReplacedTotal,
    TeamTalk,
)
from highusers.states import EffectState
from practices.models import Practice
from practices.programme_year import add_years
from practices.retention import Rule, Whose

PATIENT_YEARS = 5
LATER_EXTRACTS = 2
"""How many later extracts a row below the threshold lives to see: they serve the effect figure."""

UPLOAD_DAYS = 30
EFFECT_DAYS = 90
UNDO_DAYS = 14
"""How long storing an extract can be undone, and the version before is kept for it."""


def delete_totals(practice: Practice, today: date) -> int:
    """Rows below the threshold after the second later extract; all rows after five years.

    The course of patients with a plan is followed from the first measurement on, so their rows
    stay as long as those above the threshold."""
    extracts = list(
        Extract.objects.filter(practice=practice).order_by("-period_end", "period_start")
    )
    followed = [extract.pk for extract in extracts[LATER_EXTRACTS:]]
    totals = PatientTotal.objects.filter(practice=practice)
    with_plan = PatientPlan.objects.filter(
        practice=practice, high_user__patient_key=OuterRef("patient_key")
    )
    below = totals.filter(extract__in=followed, contacts__lt=F("extract__threshold"))
    below = below.exclude(Exists(with_plan))
    if below.exists():
        keep_years(practice, followed)
    old = totals.filter(extract__period_end__lt=add_years(today, -PATIENT_YEARS))
    return int(below.delete()[0]) + int(old.delete()[0])


def delete_high_users(practice: Practice, today: date) -> int:
    """Patients without a row at or above the threshold and without anything the team wrote in the
    last years. Rows of a version that may still come back count as rows."""
    limit = add_years(today, -PATIENT_YEARS)
    high = PatientTotal.objects.filter(
        practice=practice,
        patient_key=OuterRef("patient_key"),
        contacts__gte=F("extract__threshold"),
    )
    start = timezone.make_aware(datetime.combine(limit, time.min))
    planned = PatientPlan.objects.filter(high_user=OuterRef("pk"))
    recent = planned.filter(changed_at__gte=start) | planned.filter(drafted_on__gte=limit)
    aside = ReplacedTotal.objects.filter(practice=practice, patient_key=OuterRef("patient_key"))
    due = HighUser.objects.filter(practice=practice).exclude(Exists(high)).exclude(Exists(recent))
    due = due.exclude(Exists(aside))
    for model in (Judgement, Conversation):
        written = model.objects.filter(high_user=OuterRef("pk"), changed_at__gte=start)
        due = due.exclude(Exists(written))
    if not due.exists():
        return 0
    keep_last_number(practice)
    return int(due.delete()[0])


def delete_replaced(practice: Practice, today: date) -> int:
    """Versions of extracts that can no longer come back, with their rows."""
    over = timezone.make_aware(datetime.combine(today, time.min))
    return int(ReplacedExtract.objects.filter(practice=practice, kept_until__lt=over).delete()[0])


def delete_talks(practice: Practice, today: date) -> int:
    limit = add_years(today, -PATIENT_YEARS)
    return int(TeamTalk.objects.filter(practice=practice, held_on__lt=limit).delete()[0])


def delete_compared_years(practice: Practice, today: date) -> int:
    limit = add_years(today, -PATIENT_YEARS)
    old = ComparedYear.objects.filter(practice=practice, period_end__lt=limit)
    return int(old.delete()[0])


def delete_region_effects(today: date) -> int:
    """Old computations for the region; the newest that is done stays."""
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=EFFECT_DAYS), time.min))
    newest = RegionEffect.objects.filter(state=EffectState.DONE).values("pk")[:1]
    old = RegionEffect.objects.filter(requested_at__lt=limit).exclude(pk__in=newest)
    return int(old.delete()[0])


def delete_uploads(today: date) -> int:
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=UPLOAD_DAYS), time.min))
    return int(ExtractImport.objects.filter(created_at__lt=limit).delete()[0])


RULES = (
    Rule(
        "highusers.PatientTotal",
        Whose.PATIENT,
        "below the threshold without a plan: until the second later extract; others: "
        f"{PATIENT_YEARS} years after the end of the extract",
        personal=("patient_key", "by_type", "by_month"),
        delete_in=delete_totals,
    ),
    Rule(
        "highusers.ReplacedTotal",
        Whose.PATIENT,
        f"as long as the replaced version of an extract may come back: {UNDO_DAYS} days",
        personal=("patient_key", "by_type", "by_month"),
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
        "highusers.ComparedYear",
        Whose.PATIENT,
        f"{PATIENT_YEARS} years after the end of the extract",
        personal=("figures",),
        delete_in=delete_compared_years,
    ),
    Rule(
        "highusers.RegionEffect",
        Whose.STAFF,
        f"{EFFECT_DAYS} days; the newest until there is a newer one. No patient or practice in it",
        personal=("requested_by",),
        harmless=("figures",),
        delete=delete_region_effects,
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
        harmless=("definition", "mapping", "by_type", "warnings", "compared"),
    ),
    Rule(
        "highusers.ReplacedExtract",
        Whose.STAFF,
        f"{UNDO_DAYS} days, in which the extract that replaced it may be undone",
        personal=("stored_by",),
        harmless=("figures",),
        delete_in=delete_replaced,
    ),
    Rule(
        "highusers.LastCode",
        Whose.NOBODY,
        "as long as the practice is known: a number, so that no V-code is given out twice",
    ),
    Rule(
        "highusers.ExtractImport",
        Whose.STAFF,
        f"{UPLOAD_DAYS} days; the file itself an hour at most, encrypted, outside the database",
        personal=("created_by",),
        harmless=("code", "definition", "mapping", "replaces"),
        delete=delete_uploads,
    ),
    Rule(
        "highusers.PatientProfile",
        Whose.NOBODY,
        "as long as the region runs the programme; nothing about a person",
        harmless=("name", "description"),
    ),
)
