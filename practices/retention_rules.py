"""The retention of people, practices and accounts, and of what the libraries store."""

from datetime import date, datetime, time, timedelta

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from practices.models import Application, Invitation, JoiningMail, PersonalMail
from practices.retention import Rule, Whose
from practices.rights.erasure import erase_accounts_unused, erase_people_long_gone
from practices.trail.checking import KEPT_YEARS

INVITATION_DAYS = 30
ADMIN_LOG_DAYS = 365
CONFIRMATION_DAYS = 30
PERSONAL_MAIL_DAYS = 60
UNCONFIRMED_DAYS = 14
APPLICATION_DAYS = 365
JOINING_MAIL_DAYS = 365


def _before(today: date, days: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(today - timedelta(days=days), time.min))


def _sessions(today: date) -> int:
    return Session.objects.filter(expire_date__lt=_before(today)).delete()[0]


def _session_list(today: date) -> int:
    return int(UserSession.objects.filter(last_seen_at__lt=_before(today, 1)).delete()[0])


def _confirmations(today: date) -> int:
    due = EmailConfirmation.objects.filter(created__lt=_before(today, CONFIRMATION_DAYS))
    return int(due.delete()[0])


def _admin_log(today: date) -> int:
    return LogEntry.objects.filter(action_time__lt=_before(today, ADMIN_LOG_DAYS)).delete()[0]


def _invitations(today: date) -> int:
    limit = _before(today, INVITATION_DAYS)
    ended = Q(accepted_at__lt=limit) | Q(withdrawn_at__lt=limit) | Q(expires_at__lt=limit)
    return Invitation.objects.filter(ended).delete()[0]


def _personal_mails(today: date) -> int:
    due = PersonalMail.objects.filter(day__lt=today - timedelta(days=PERSONAL_MAIL_DAYS))
    return due.delete()[1].get("practices.PersonalMail", 0)


def _applications(today: date) -> int:
    never = Q(confirmed_at=None, sent_at__lt=_before(today, UNCONFIRMED_DAYS))
    long_ago = Q(decided_at__lt=_before(today, APPLICATION_DAYS))
    return Application.objects.filter(never | long_ago).delete()[1].get("practices.Application", 0)


def _joining_mails(today: date) -> int:
    due = JoiningMail.objects.filter(created_at__lt=_before(today, JOINING_MAIL_DAYS))
    return due.delete()[0]


WITH_ACCOUNT = "as long as the account"
REFERENCE = "as long as the region runs the programme; nothing about a person"
PROGRAMME = "as long as the region accounts for the programme; nothing about a person"

RULES = (
    Rule(
        "practices.Person",
        Whose.STAFF,
        "made nameless 5 years after the last day in service",
        personal=("reference", "name", "email", "registration"),
        delete=erase_people_long_gone,
    ),
    Rule(
        "practices.User",
        Whose.STAFF,
        "made nameless with the person; without a person or a role 2 years after the last sign-in",
        personal=("email", "name", "phone", "person", "password"),
        delete=erase_accounts_unused,
    ),
    Rule("practices.RegionRole", Whose.STAFF, WITH_ACCOUNT, personal=("user",)),
    Rule(
        "practices.Employment",
        Whose.STAFF,
        "as long as the region accounts for the programme; nameless once the person is",
        personal=("person",),
    ),
    Rule(
        "practices.Invitation",
        Whose.STAFF,
        f"{INVITATION_DAYS} days after it was accepted, withdrawn or expired",
        personal=("email", "name", "person", "invited_by"),
        harmless=("token_hash",),
        delete=_invitations,
    ),
    Rule(
        "practices.Application",
        Whose.STAFF,
        f"{UNCONFIRMED_DAYS} days when the address was never confirmed, a year after the decision",
        personal=("contact_name", "email", "phone", "remark", "decided_by"),
        harmless=("practice_name", "code", "city", "refusal"),
        delete=_applications,
    ),
    Rule(
        "practices.JoiningMail",
        Whose.STAFF,
        "a year; earlier with its application",
        personal=("email", "name"),
        delete=_joining_mails,
    ),
    Rule(
        "practices.Practice",
        Whose.STAFF,
        "as long as the region accounts for the programme",
        personal=("consultant",),
        harmless=("code", "keyed_as", "slug", "name", "city", "neighbourhood", "stop_reason"),
    ),
    Rule(
        "practices.PracticeChange",
        Whose.STAFF,
        "as long as the practice is known; nameless once the account is",
        personal=("former_consultant", "made_by", "before"),
        harmless=("former_code", "former_name"),
    ),
    Rule(
        "practices.ProcessingAgreement",
        Whose.STAFF,
        "as long as the practice is known, as proof; nameless once the account is",
        personal=("agreed_by",),
        harmless=("version",),
    ),
    Rule(
        "practices.AuditEvent",
        Whose.STAFF,
        f"{KEPT_YEARS} years at least (NEN 7513); then the owner drops the month: drop_old_trail",
        personal=("actor", "role", "client", "object_id", "patient_key", "detail"),
        harmless=("object_type",),
    ),
    Rule(
        "practices.TrailReview",
        Whose.STAFF,
        "as long as the event",
        personal=("reviewed_by",),
    ),
    Rule("practices.TrailSeal", Whose.NOBODY, "for good: a chain of hashes", harmless=("digest",)),
    Rule(
        "practices.RegionText",
        Whose.STAFF,
        "as long as the region runs the programme, with all versions; nameless once the account is",
        personal=("saved_by",),
        harmless=("key", "title", "body"),
    ),
    Rule("practices.MailOptOut", Whose.STAFF, WITH_ACCOUNT, personal=("user",), harmless=("kind",)),
    Rule(
        "practices.PersonalMail",
        Whose.STAFF,
        f"{PERSONAL_MAIL_DAYS} days",
        personal=("user",),
        harmless=("kind",),
        delete=_personal_mails,
    ),
    Rule(
        "practices.MailItem",
        Whose.STAFF,
        "with its mail",
        personal=("values",),
        harmless=("kind", "about"),
    ),
    Rule("practices.Cohort", Whose.NOBODY, REFERENCE, harmless=("name",)),
    Rule("practices.Insurer", Whose.NOBODY, REFERENCE, harmless=("name",)),
    Rule("practices.Tariff", Whose.NOBODY, REFERENCE),
    Rule("practices.Norm", Whose.NOBODY, REFERENCE, harmless=("key",)),
    Rule("practices.Panel", Whose.NOBODY, PROGRAMME, harmless=("quarter",)),
    Rule(
        "sessions.Session",
        Whose.STAFF,
        "30 minutes after the last request; the row a day later at most",
        personal=("session_data",),
        harmless=("session_key",),
        delete=_sessions,
    ),
    Rule(
        "usersessions.UserSession",
        Whose.STAFF,
        "a day after it was last seen",
        personal=("user", "ip", "user_agent", "data"),
        harmless=("session_key",),
        delete=_session_list,
    ),
    Rule("account.EmailAddress", Whose.STAFF, WITH_ACCOUNT, personal=("user", "email")),
    Rule(
        "account.EmailConfirmation",
        Whose.STAFF,
        f"{CONFIRMATION_DAYS} days",
        personal=("key",),
        delete=_confirmations,
    ),
    Rule("mfa.Authenticator", Whose.STAFF, WITH_ACCOUNT, personal=("user", "data")),
    Rule(
        "socialaccount.SocialAccount",
        Whose.STAFF,
        WITH_ACCOUNT,
        personal=("user", "uid", "extra_data"),
        harmless=("provider",),
    ),
    Rule(
        "socialaccount.SocialToken",
        Whose.STAFF,
        WITH_ACCOUNT,
        personal=("token", "token_secret"),
    ),
    Rule(
        "socialaccount.SocialApp",
        Whose.NOBODY,
        "not used: the sign-in service stands in the settings",
        harmless=("provider", "provider_id", "name", "client_id", "secret", "key", "settings"),
    ),
    Rule(
        "admin.LogEntry",
        Whose.STAFF,
        f"{ADMIN_LOG_DAYS} days; the trail keeps what must be kept longer",
        personal=("user", "object_id", "object_repr", "change_message"),
        delete=_admin_log,
    ),
    Rule("auth.Permission", Whose.NOBODY, "not used", harmless=("name", "codename")),
    Rule("auth.Group", Whose.NOBODY, "not used", harmless=("name",)),
    Rule(
        "contenttypes.ContentType",
        Whose.NOBODY,
        "a list of tables",
        harmless=("app_label", "model"),
    ),
)
