"""What is held here on a person: visits, and questionnaires filled in."""

from typing import Any

from django.db.models import Q

from monitoring.models import (
    Announcement,
    AnnouncementRead,
    AppointmentMail,
    BlockText,
    Newsletter,
    QuestionnaireAnswer,
    QuestionnaireDraft,
    QuestionnaireReminder,
    QuestionnaireVersion,
    RegionUpload,
    Report,
    ReportBlock,
    ReportBuild,
    ReportQuote,
    ReportReading,
    Visit,
    VisitAppointment,
    YearMeeting,
)
from practices.models import Person, User
from practices.rights.people import rows


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    mailed = AppointmentMail.objects.filter(person=person) if person else None
    about_visits = ("appointment__practice__name", "kind", "sent_at")
    held = {} if mailed is None else {"mail_about_visits": rows(mailed, *about_visits)}
    return held if account is None else held | _of_account(account) | _of_reports(account)


def _of_account(account: User) -> dict[str, Any]:
    of_questionnaire = ("practice__name", "programme_year")
    return {
        "appointments_for_visits": rows(
            VisitAppointment.objects.filter(consultant=account), "practice__name", "held_on"
        ),
        "appointments_answered": rows(
            VisitAppointment.objects.filter(replied_by=account), "practice__name", "replied_at"
        ),
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
        "questionnaire_reminders_sent": rows(
            QuestionnaireReminder.objects.filter(sent_by=account), *of_questionnaire, "sent_on"
        ),
        "questionnaire_versions": rows(
            QuestionnaireVersion.objects.filter(Q(made_by=account) | Q(published_by=account)),
            *("number", "made_at", "published_at"),
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


def _of_reports(account: User) -> dict[str, Any]:
    of_report = ("year", "insurer__name")
    return {
        "report_blocks_owned": rows(
            ReportBlock.objects.filter(owner=account), "year", "kind", "due_on"
        ),
        "report_texts_written": rows(
            BlockText.objects.filter(written_by=account), "block__year", "block__kind", "written_at"
        ),
        "report_quotes_asked": rows(
            ReportQuote.objects.filter(proposed_by=account), "practice__name", "year", "proposed_at"
        ),
        "report_quotes_answered": rows(
            ReportQuote.objects.filter(answered_by=account), "practice__name", "year", "answered_at"
        ),
        "reports_read": rows(
            ReportReading.objects.filter(reader=account),
            *("report__year", "report__insurer__name", "what", "at"),
        ),
        "reports_asked_for": rows(
            ReportBuild.objects.filter(created_by=account), *of_report, "created_at"
        ),
        "reports_made_final": rows(
            Report.objects.filter(final_by=account), *of_report, "version", "final_at"
        ),
        "reports_published": rows(
            Report.objects.filter(published_by=account), *of_report, "version", "published_at"
        ),
        "minutes_closed": rows(YearMeeting.objects.filter(closed_by=account), "year", "closed_at"),
    }
