from highusers.models.care import Conversation, Evaluation, NetworkPartner, PlanAction
from highusers.models.choosing import Judgement, TeamTalk
from highusers.models.effect import ComparedYear, RegionEffect
from highusers.models.extract import (
    Extract,
    ExtractImport,
    PatientTotal,
    ReplacedExtract,
    ReplacedTotal,
)
from highusers.models.patient import HighUser, PatientProfile
from highusers.models.plan import PatientPlan, PlanVersion
from highusers.models.removed import LastCode, RemovedPatient

__all__ = [
    "ComparedYear",
    "Conversation",
    "Evaluation",
    "Extract",
    "ExtractImport",
    "HighUser",
    "Judgement",
    "LastCode",
    "NetworkPartner",
    "PatientPlan",
    "PatientProfile",
    "PatientTotal",
    "PlanAction",
    "PlanVersion",
    "RegionEffect",
    "RemovedPatient",
    "ReplacedExtract",
    "ReplacedTotal",
    "TeamTalk",
]
