from monitoring.models.obligations import Exemption, QuestionnaireAnswer, Visit
from monitoring.models.region import IndicatorDefinition, IndicatorValue, RegionalFeeListing
from monitoring.models.report import Report, ReportBuild

__all__ = [
    "Exemption",
    "IndicatorDefinition",
    "IndicatorValue",
    "QuestionnaireAnswer",
    "RegionalFeeListing",
    "Report",
    "ReportBuild",
    "Visit",
]
