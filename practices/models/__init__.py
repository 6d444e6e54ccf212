from practices.models.agreement import ProcessingAgreement
from practices.models.audit import AuditEvent, TrailReview, TrailSeal
from practices.models.change import PracticeChange
from practices.models.invitation import Invitation
from practices.models.joining import Application, JoiningMail
from practices.models.mail import MailItem, MailOptOut, OutgoingMail, PersonalMail
from practices.models.people import Employment, Person, RegionRole, User
from practices.models.practice import Panel, Practice
from practices.models.reference import Cohort, Insurer, Norm, Tariff
from practices.models.text import RegionText
from practices.models.upload import HeldUpload

__all__ = [
    "Application",
    "AuditEvent",
    "Cohort",
    "Employment",
    "HeldUpload",
    "Insurer",
    "Invitation",
    "JoiningMail",
    "MailItem",
    "MailOptOut",
    "Norm",
    "OutgoingMail",
    "Panel",
    "Person",
    "PersonalMail",
    "Practice",
    "PracticeChange",
    "ProcessingAgreement",
    "RegionRole",
    "RegionText",
    "Tariff",
    "TrailReview",
    "TrailSeal",
    "User",
]
