"""How long the region's records of the programme are kept."""

import shutil
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from monitoring.models import (
    Announcement,
    AppointmentMail,
    Newsletter,
    QuestionnaireDraft,
    RegionUpload,
    ReportBuild,
    ReportQuote,
)
from monitoring.report.states import QuoteState
from monitoring.states import BuildState, ReportState
from practices.retention import Rule, Whose

BUILD_DAYS = 365
DRAFT_DAYS = 730
QUOTE_DAYS = 365
UPLOAD_DAYS = 30
NEWS_DAYS = 730
VISIT_MAIL_DAYS = 365
PROGRAMME = "as long as the region accounts for the programme"
NAMELESS = "nameless once the account is"


def delete_builds(today: date) -> int:
    """With their files: drafts that were made anew, at once, and what is old. The newest files of
    a final report stay: an insurer may ask for them as long as there is a report."""
    from monitoring.report.making import folder_of

    limit = timezone.make_aware(datetime.combine(today - timedelta(days=BUILD_DAYS), time.min))
    done = ReportBuild.objects.filter(state=BuildState.DONE, report=OuterRef("report"))
    newest = Subquery(done.order_by("-created_at").values("pk")[:1])
    of_final = Q(pk=newest, report__state=ReportState.FINAL)
    made_anew = Q(state=BuildState.DONE) & ~Q(pk=newest)
    due = ReportBuild.objects.filter(made_anew | Q(created_at__lt=limit) & ~of_final)
    codes = list(due.values_list("code", flat=True))
    for code in codes:
        transaction.on_commit(partial(shutil.rmtree, folder_of(code), ignore_errors=True))
    return int(ReportBuild.objects.filter(code__in=codes).delete()[0])


def delete_quotes(today: date) -> int:
    """To which no practice consents: declined, taken back, or never answered."""
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=QUOTE_DAYS), time.min))
    unused = ReportQuote.objects.exclude(state=QuoteState.CONSENTED)
    due = unused.filter(Q(answered_at__lt=limit) | Q(answered_at=None, proposed_at__lt=limit))
    return int(due.delete()[0])


def delete_drafts(today: date) -> int:
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=DRAFT_DAYS), time.min))
    return int(QuestionnaireDraft.objects.filter(saved_at__lt=limit).delete()[0])


def delete_uploads(today: date) -> int:
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=UPLOAD_DAYS), time.min))
    return int(RegionUpload.objects.filter(created_at__lt=limit).delete()[0])


def delete_visit_mails(today: date) -> int:
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=VISIT_MAIL_DAYS), time.min))
    return int(AppointmentMail.objects.filter(created_at__lt=limit).delete()[0])


def delete_announcements(today: date) -> int:
    due = Announcement.objects.filter(shown_until__lt=today - timedelta(days=NEWS_DAYS))
    return due.delete()[1].get("monitoring.Announcement", 0)


def delete_newsletters(today: date) -> int:
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=NEWS_DAYS), time.min))
    due = Newsletter.objects.filter(made_at__lt=limit)
    return due.delete()[1].get("monitoring.Newsletter", 0)


RULES = (
    Rule(
        "monitoring.Visit",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("consultant", "begun_by"),
        harmless=("code",),
    ),
    Rule(
        "monitoring.VisitAnswer",
        Whose.STAFF,
        f"with its visit; {NAMELESS}",
        personal=("written_by", "text"),
        harmless=("key", "asked", "choice", "version"),
    ),
    Rule("monitoring.VisitChange", Whose.NOBODY, "with its visit", harmless=("change", "field")),
    Rule(
        "monitoring.VisitAgreement",
        Whose.STAFF,
        f"with its visit; {NAMELESS}",
        personal=("what", "person", "account", "owner", "done_by", "written_by"),
        harmless=("field", "version", "subject"),
    ),
    Rule(
        "monitoring.VisitReport",
        Whose.STAFF,
        f"with its visit; {NAMELESS}",
        personal=("contents", "changed", "sent_by", "confirmed_by"),
    ),
    Rule(
        "monitoring.VisitComment",
        Whose.STAFF,
        f"with its visit; {NAMELESS}",
        personal=("text", "written_by"),
    ),
    Rule(
        "monitoring.VisitAppointment",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("consultant", "replied_by"),
        harmless=("uid", "code", "place", "online_url", "reply", "cancel_reason"),
    ),
    Rule(
        "monitoring.AppointmentMail",
        Whose.STAFF,
        f"{VISIT_MAIL_DAYS} days",
        personal=("person",),
        delete=delete_visit_mails,
    ),
    Rule(
        "monitoring.QuestionnaireAnswer",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("handed_in_by", "reopened_by"),
        harmless=("answers", "asked", "reopen_reason"),
    ),
    Rule(
        "monitoring.QuestionnaireVersion",
        Whose.STAFF,
        f"{PROGRAMME}; {NAMELESS}",
        personal=("made_by", "published_by"),
    ),
    Rule(
        "monitoring.QuestionnaireQuestion",
        Whose.NOBODY,
        "with its version",
        harmless=("key", "text", "hint", "options"),
    ),
    Rule(
        "monitoring.QuestionnaireReminder",
        Whose.STAFF,
        f"{PROGRAMME}; {NAMELESS}",
        personal=("sent_by",),
    ),
    Rule(
        "monitoring.QuestionnaireDraft",
        Whose.STAFF,
        f"until it is handed in; {DRAFT_DAYS} days after it was last saved",
        personal=("saved_by",),
        harmless=("answers",),
        delete=delete_drafts,
    ),
    Rule(
        "monitoring.Announcement",
        Whose.STAFF,
        f"{NEWS_DAYS} days after its last day; nameless once the account is",
        personal=("written_by",),
        harmless=("title", "body"),
        delete=delete_announcements,
    ),
    Rule(
        "monitoring.AnnouncementRead",
        Whose.STAFF,
        "with its announcement; no longer than the account",
        personal=("user",),
    ),
    Rule(
        "monitoring.Newsletter",
        Whose.STAFF,
        f"{NEWS_DAYS} days; nameless once the account is",
        personal=("made_by",),
        harmless=("title", "opening"),
        delete=delete_newsletters,
    ),
    Rule("monitoring.PutForward", Whose.NOBODY, "with its time-out"),
    Rule("monitoring.Exemption", Whose.NOBODY, PROGRAMME, harmless=("reason",)),
    Rule(
        "monitoring.IndicatorDefinition",
        Whose.NOBODY,
        PROGRAMME,
        harmless=(
            *("code", "title", "why", "numerator", "denominator", "aim", "source", "period"),
            *("explanations", "question_team", "question_intervision", "action_text"),
        ),
    ),
    Rule("monitoring.IndicatorValue", Whose.NOBODY, PROGRAMME, harmless=("detail",)),
    Rule("monitoring.RegionalFeeListing", Whose.NOBODY, PROGRAMME),
    Rule(
        "monitoring.RegionUpload",
        Whose.STAFF,
        f"{UPLOAD_DAYS} days; the files an hour at most, encrypted, outside the database",
        personal=("created_by",),
        harmless=("code", "seen", "stored", "page"),
        delete=delete_uploads,
    ),
    Rule(
        "monitoring.Report",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("final_by", "published_by"),
        harmless=("reason", "value", "sha256"),
    ),
    Rule(
        "monitoring.ReportReading",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("reader",),
    ),
    Rule(
        "monitoring.ReportBlock",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("owner",),
    ),
    Rule(
        "monitoring.BlockText",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("written_by",),
        harmless=("text",),
    ),
    Rule(
        "monitoring.ReportQuote",
        Whose.STAFF,
        f"{PROGRAMME}; {QUOTE_DAYS} days without consent; nameless once the account is",
        personal=("proposed_by", "answered_by"),
        harmless=("proposed", "text"),
        delete=delete_quotes,
    ),
    Rule(
        "monitoring.YearMeeting",
        Whose.STAFF,
        PROGRAMME,
        personal=("insurers", "delegation", "region", "signed_off_by", "closed_by"),
        harmless=("discussed", "adjustments"),
    ),
    Rule(
        "monitoring.MeetingAgreement",
        Whose.STAFF,
        "with its meeting",
        personal=("owner",),
        harmless=("text", "outcome"),
    ),
    Rule(
        "monitoring.ReportBuild",
        Whose.STAFF,
        f"with its files: a draft until it is made anew, else {BUILD_DAYS} days; "
        "the newest of a final report as long as the report",
        personal=("created_by",),
        harmless=("code", "step", "error"),
        delete=delete_builds,
    ),
)
