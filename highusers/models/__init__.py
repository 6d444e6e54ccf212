from highusers.models.extract import Extract, ExtractImport, PatientTotal
from highusers.models.plan import HighUser, PatientPlan, PatientProfile
from highusers.models.removed import RemovedPatient

__all__ = [
    "Extract",
    "ExtractImport",
    "HighUser",
    "PatientPlan",
    "PatientProfile",
    "PatientTotal",
    "RemovedPatient",
]
