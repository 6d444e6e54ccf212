"""What is held here on a person: visits, and questionnaires filled in."""

from typing import Any

from monitoring.models import (
    Announcement,
    AnnouncementRead,
    Newsletter,
    QuestionnaireAnswer,
    QuestionnaireDraft,
    RegionUpload,
    Visit,
)
from practices.models import Person, User
from practices.rights.people import rows


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    if account is None:
        return {}
    of_questionnaire = ("practice__name", "programme_year")
    return {
        "visits": rows(Visit.objects.filter(consultant=account), "practice__name", "held_on"),
        "questionnaires": rows(
            QuestionnaireAnswer.objects.filter(handed_in_by=account),
            *(*of_questionnaire, "handed_in_at", "on_behalf"),
        ),
        "questionnaires_reopened": rows(
            QuestionnaireAnswer.objects.filter(reopened_by=account),
            *(*of_questionnaire, "reopened_at", "reopen_reason"),
        ),
        "questionnaires_begun": rows(
            QuestionnaireDraft.objects.filter(saved_by=account),
            *(*of_questionnaire, "saved_at", "on_behalf"),
        ),
        "announcements_written": rows(
            Announcement.objects.filter(written_by=account), "title", "written_at"
        ),
        "announcements_put_away": rows(
            AnnouncementRead.objects.filter(user=account), "announcement__title", "at"
        ),
        "newsletters_made": rows(
            Newsletter.objects.filter(made_by=account), "title", "made_at", "sent_at"
        ),
        "spreadsheets_read_in": rows(RegionUpload.objects.filter(created_by=account), "created_at"),
    }
