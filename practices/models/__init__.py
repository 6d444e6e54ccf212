from practices.models.audit import AuditEvent
from practices.models.people import Employment, Person, RegionRole, User
from practices.models.practice import Panel, Practice
from practices.models.reference import Cohort, Insurer, Norm, Tariff

__all__ = [
    "AuditEvent",
    "Cohort",
    "Employment",
    "Insurer",
    "Norm",
    "Panel",
    "Person",
    "Practice",
    "RegionRole",
    "Tariff",
    "User",
]
