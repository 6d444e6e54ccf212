from highusers.models.care import Conversation, Evaluation, NetworkPartner, PlanAction
from highusers.models.choosing import Judgement, TeamTalk
from highusers.models.extract import Extract, ExtractImport, PatientTotal
from highusers.models.patient import HighUser, PatientProfile
from highusers.models.plan import PatientPlan, PlanVersion
from highusers.models.removed import RemovedPatient

__all__ = [
    "Conversation",
    "Evaluation",
    "Extract",
    "ExtractImport",
    "HighUser",
    "Judgement",
    "NetworkPartner",
    "PatientPlan",
    "PatientProfile",
    "PatientTotal",
    "PlanAction",
    "PlanVersion",
    "RemovedPatient",
    "TeamTalk",
]
