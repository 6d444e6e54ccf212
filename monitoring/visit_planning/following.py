"""What becomes of an appointment when its practice gets another consultant, or stops."""

from datetime import date

from monitoring.visit_planning import services
from practices.models import Practice, User


def go_along(practice: Practice, actor: User) -> None:
    services.hand_over(practice=practice, actor=actor)


def call_off(practice: Practice, day: date, actor: User) -> None:
    services.call_off(practice=practice, day=day, actor=actor)
