"""How long the region's records of the programme are kept."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from monitoring.models import ReportBuild
from practices.retention import Rule, Whose

BUILD_DAYS = 365
PROGRAMME = "as long as the region accounts for the programme"


def delete_builds(today: date) -> int:
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=BUILD_DAYS), time.min))
    return int(ReportBuild.objects.filter(created_at__lt=limit).delete()[0])


RULES = (
    Rule(
        "monitoring.Visit",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("consultant",),
    ),
    Rule("monitoring.QuestionnaireAnswer", Whose.NOBODY, PROGRAMME),
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
