"""Menu, sessions, who enrols and who was there."""

from training.models.attendance import Attendance
from training.models.enrolment import Enrolment, QueueChange
from training.models.feed import CalendarFeed
from training.models.mail import SessionMail
from training.models.menu import Course
from training.models.session import Series, Session

__all__ = [
    "Attendance",
    "CalendarFeed",
    "Course",
    "Enrolment",
    "QueueChange",
    "Series",
    "Session",
    "SessionMail",
]
