"""How long the region's records of the programme are kept."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from monitoring.models import QuestionnaireDraft, RegionUpload, ReportBuild
from practices.retention import Rule, Whose

BUILD_DAYS = 365
DRAFT_DAYS = 730
UPLOAD_DAYS = 30
PROGRAMME = "as long as the region accounts for the programme"


def delete_builds(today: date) -> int:
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=BUILD_DAYS), time.min))
    return int(ReportBuild.objects.filter(created_at__lt=limit).delete()[0])


def delete_drafts(today: date) -> int:
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=DRAFT_DAYS), time.min))
    return int(QuestionnaireDraft.objects.filter(saved_at__lt=limit).delete()[0])


def delete_uploads(today: date) -> int:
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=UPLOAD_DAYS), time.min))
    return int(RegionUpload.objects.filter(created_at__lt=limit).delete()[0])


RULES = (
    Rule(
        "monitoring.Visit",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("consultant",),
    ),
    Rule(
        "monitoring.QuestionnaireAnswer",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("handed_in_by", "reopened_by"),
        harmless=("experiences", "added_value", "bottlenecks", "asked", "reopen_reason"),
    ),
    Rule(
        "monitoring.QuestionnaireDraft",
        Whose.STAFF,
        f"until it is handed in; {DRAFT_DAYS} days after it was last saved",
        personal=("saved_by",),
        harmless=("answers",),
        delete=delete_drafts,
    ),
    Rule("monitoring.Exemption", Whose.NOBODY, PROGRAMME, harmless=("reason",)),
    Rule(
        "monitoring.IndicatorDefinition",
        Whose.NOBODY,
        PROGRAMME,
        harmless=("code", "title", "why", "numerator", "denominator", "aim", "source"),
    ),
    Rule("monitoring.IndicatorValue", Whose.NOBODY, PROGRAMME, harmless=("detail",)),
    Rule("monitoring.RegionalFeeListing", Whose.NOBODY, PROGRAMME),
    Rule(
        "monitoring.RegionUpload",
        Whose.STAFF,
        f"{UPLOAD_DAYS} days; the files an hour at most, encrypted, outside the database",
        personal=("created_by",),
        harmless=("code", "seen", "stored"),
        delete=delete_uploads,
    ),
    Rule(
        "monitoring.Report",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("final_by",),
        harmless=("value", "sha256"),
    ),
    Rule(
        "monitoring.ReportBuild",
        Whose.STAFF,
        f"{BUILD_DAYS} days",
        personal=("created_by",),
        harmless=("code", "step", "error"),
        delete=delete_builds,
    ),
)
