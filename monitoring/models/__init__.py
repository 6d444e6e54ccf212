from monitoring.models.appointment import AppointmentMail, VisitAppointment
from monitoring.models.bottleneck import (
    Bottleneck,
    BottleneckStep,
    StructuralBottleneck,
    StructuralStep,
)
from monitoring.models.indicator import IndicatorDefinition, IndicatorValue
from monitoring.models.intervision import PutForward
from monitoring.models.kitchen import (
    KitchenAsk,
    KitchenOffer,
    SpeedDateGuest,
    SpeedDates,
    SpeedDateSeat,
)
from monitoring.models.news import Announcement, AnnouncementRead, Newsletter
from monitoring.models.obligations import Exemption
from monitoring.models.questionnaire import (
    QuestionnaireAnswer,
    QuestionnaireDraft,
    QuestionnaireQuestion,
    QuestionnaireReminder,
    QuestionnaireVersion,
)
from monitoring.models.region import RegionalFeeListing
from monitoring.models.report import Report, ReportBuild, ReportReading
from monitoring.models.report_meeting import MeetingAgreement, YearMeeting
from monitoring.models.report_quote import ReportQuote
from monitoring.models.report_text import BlockText, ReportBlock
from monitoring.models.upload import RegionUpload
from monitoring.models.visit import (
    Visit,
    VisitAgreement,
    VisitAnswer,
    VisitChange,
    VisitComment,
    VisitReport,
)

__all__ = [
    "Announcement",
    "AnnouncementRead",
    "AppointmentMail",
    "BlockText",
    "Bottleneck",
    "BottleneckStep",
    "Exemption",
    "IndicatorDefinition",
    "IndicatorValue",
    "KitchenAsk",
    "KitchenOffer",
    "MeetingAgreement",
    "Newsletter",
    "PutForward",
    "QuestionnaireAnswer",
    "QuestionnaireDraft",
    "QuestionnaireQuestion",
    "QuestionnaireReminder",
    "QuestionnaireVersion",
    "RegionUpload",
    "RegionalFeeListing",
    "Report",
    "ReportBlock",
    "ReportBuild",
    "ReportQuote",
    "ReportReading",
    "SpeedDateGuest",
    "SpeedDateSeat",
    "SpeedDates",
    "StructuralBottleneck",
    "StructuralStep",
    "Visit",
    "VisitAgreement",
    "VisitAnswer",
    "VisitAppointment",
    "VisitChange",
    "VisitComment",
    "VisitReport",
    "YearMeeting",
]
