from interventions.models.schedule import ConsultationSchedule

__all__ = ["ConsultationSchedule"]
