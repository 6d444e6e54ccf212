from interventions.models.day_template import DayTemplate, SharedTemplate, TemplateBlock
from interventions.models.example import Example, ExampleDocument, ExampleThanks
from interventions.models.lengths import QuestionLength, StepDone
from interventions.models.practice_plan import (
    PlanSection,
    PlanVersion,
    PracticePlan,
    SectionComment,
    SectionText,
)
from interventions.models.schedule import ConsultationSchedule
from interventions.models.timeout import TimeOut

__all__ = [
    "ConsultationSchedule",
    "DayTemplate",
    "Example",
    "ExampleDocument",
    "ExampleThanks",
    "PlanSection",
    "PlanVersion",
    "PracticePlan",
    "QuestionLength",
    "SectionComment",
    "SectionText",
    "SharedTemplate",
    "StepDone",
    "TemplateBlock",
    "TimeOut",
]
