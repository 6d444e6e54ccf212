"""The mail about the questionnaire, announced."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from monitoring.questionnaires import reminding
from monitoring.questionnaires.mails import (
    ASKED_TEXT,
    LATE_TEXT,
    REMINDER_TEXT,
    REOPENED_TEXT,
)
from practices.mailing.registry import Item, Kind
from practices.permissions import Permission


def _by_hand_only(today: date) -> Iterator[Item]:
    return iter(())


KINDS = (
    Kind(
        REMINDER_TEXT,
        _("A questionnaire that is still open: a month, a week and a day before its last day"),
        reminding.due,
        reminding.may_answer,
        _("You get this because you may answer for the practice. It ends when you hand in."),
        dated=True,
        still=reminding.still_open,
        permission=Permission.ANSWER_QUESTIONNAIRE,
    ),
    Kind(
        ASKED_TEXT,
        _("A questionnaire that PrimaCura asks for"),
        _by_hand_only,
        reminding.may_answer,
        _("You get this because PrimaCura misses an answer of your practice."),
        dated=True,
        still=reminding.still_open,
        permission=Permission.ANSWER_QUESTIONNAIRE,
    ),
    Kind(
        REOPENED_TEXT,
        _("A questionnaire that you may change after it was handed in"),
        _by_hand_only,
        reminding.may_answer,
        _("You get this because you may answer for the practice."),
        dated=True,
        still=reminding.still_reopened,
        permission=Permission.ANSWER_QUESTIONNAIRE,
    ),
    Kind(
        LATE_TEXT,
        _("Questionnaires of practices that are late"),
        reminding.late,
        reminding.hears_who_is_late,
        _("You get this because you are the consultant of these practices, or the coordinator."),
        dated=True,
        still=reminding.still_late,
    ),
)
