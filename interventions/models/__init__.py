from interventions.models.schedule import ConsultationSchedule
from interventions.models.timeout import TimeOut

__all__ = ["ConsultationSchedule", "TimeOut"]
