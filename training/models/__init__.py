"""Menu, sessions, who enrols, who was there, and what follows."""

from training.models.afterwards import Certificate, Evaluation, EvaluationDone, TeamSharing
from training.models.attendance import Attendance, AttendanceMark, WalkIn
from training.models.claim import ClaimProof, ClaimStep, TrainingClaim
from training.models.coaching import CoachingRequest
from training.models.enrolment import Enrolment, QueueChange
from training.models.feed import CalendarFeed
from training.models.mail import SessionMail
from training.models.menu import Course, CoursePrice
from training.models.script import Case, DiscussionQuestion, LearningPoint, Script
from training.models.session import Series, Session

__all__ = [
    "Attendance",
    "AttendanceMark",
    "CalendarFeed",
    "Case",
    "Certificate",
    "ClaimProof",
    "ClaimStep",
    "CoachingRequest",
    "Course",
    "CoursePrice",
    "DiscussionQuestion",
    "Enrolment",
    "Evaluation",
    "EvaluationDone",
    "LearningPoint",
    "QueueChange",
    "Script",
    "Series",
    "Session",
    "SessionMail",
    "TeamSharing",
    "TrainingClaim",
    "WalkIn",
]
