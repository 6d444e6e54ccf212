from monitoring.models.intervision import PutForward
from monitoring.models.news import Announcement, AnnouncementRead, Newsletter
from monitoring.models.obligations import Exemption, Visit
from monitoring.models.questionnaire import QuestionnaireAnswer, QuestionnaireDraft
from monitoring.models.region import IndicatorDefinition, IndicatorValue, RegionalFeeListing
from monitoring.models.report import Report, ReportBuild
from monitoring.models.upload import RegionUpload

__all__ = [
    "Announcement",
    "AnnouncementRead",
    "Exemption",
    "IndicatorDefinition",
    "IndicatorValue",
    "Newsletter",
    "PutForward",
    "QuestionnaireAnswer",
    "QuestionnaireDraft",
    "RegionUpload",
    "RegionalFeeListing",
    "Report",
    "ReportBuild",
    "Visit",
]
