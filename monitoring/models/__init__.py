from monitoring.models.obligations import Exemption, Visit
from monitoring.models.questionnaire import QuestionnaireAnswer, QuestionnaireDraft
from monitoring.models.region import IndicatorDefinition, IndicatorValue, RegionalFeeListing
from monitoring.models.report import Report, ReportBuild

__all__ = [
    "Exemption",
    "IndicatorDefinition",
    "IndicatorValue",
    "QuestionnaireAnswer",
    "QuestionnaireDraft",
    "RegionalFeeListing",
    "Report",
    "ReportBuild",
    "Visit",
]
