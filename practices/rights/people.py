"""What is held on somebody who works here, for that person (GDPR article 15)."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import models, transaction
from django.db.models import Count, Max, Min, Q

from practices.audit import record
from practices.models import (
    Application,
    AuditEvent,
    Employment,
    Invitation,
    JoiningMail,
    MailItem,
    MailOptOut,
    Person,
    PracticeChange,
    ProcessingAgreement,
    RegionRole,
    RegionText,
    User,
)
from practices.rights.registry import person_records
from practices.states import AuditAction

Rows = list[dict[str, Any]]


@transaction.atomic
def export_person(
    *, person: Person | None, account: User | None, actor: User | None
) -> dict[str, Any]:
    """Everything under the person, the account or both; secrets are named, not shown."""
    held = _of_person(person) | _of_account(account) | _of_both(person, account)
    for records in person_records:
        held |= records.held_on_person(person, account)
    record(actor=actor, action=AuditAction.EXPORT, obj=person or account or ("person", ""))
    return held


def rows(found: "models.QuerySet[Any]", *fields: str) -> Rows:
    """Rows as plain values; keys as in the database."""
    return list(found.order_by("pk").values(*fields))


def _of_person(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {}
    employments = Employment.objects.of(person)
    return {
        "person": rows(
            Person.objects.filter(pk=person.pk), "reference", "name", "email", "registration"
        ),
        "employments": rows(employments, "practice__name", "role", "started_on", "ended_on", "fte"),
    }


def _of_account(account: User | None) -> dict[str, Any]:
    if account is None:
        return {}
    mine = {"user": account}
    return {
        "account": rows(
            User.objects.filter(pk=account.pk),
            *("email", "name", "phone", "date_joined", "last_login"),
        ),
        "roles": rows(RegionRole.objects.filter(**mine), "role", "insurer__name"),
        "addresses": rows(EmailAddress.objects.filter(**mine), "email", "verified", "primary"),
        "second_steps": rows(
            Authenticator.objects.filter(**mine), "type", "created_at", "last_used_at"
        ),
        "sign_in_services": rows(SocialAccount.objects.filter(**mine), "provider", "uid"),
        "sessions": rows(
            UserSession.objects.filter(**mine), "created_at", "last_seen_at", "ip", "user_agent"
        ),
        "mail_not_wanted": rows(MailOptOut.objects.filter(**mine), "kind", "since"),
        "mails_told": rows(
            MailItem.objects.filter(mail__user=account), "mail__sent_at", "kind", "values"
        ),
        **_done_by(account),
    }


def _done_by(account: User) -> dict[str, Any]:
    events = AuditEvent.objects.filter(actor=account).order_by().values("action")
    return {
        "agreements": rows(
            ProcessingAgreement.objects.filter(agreed_by=account),
            "practice__name",
            "version",
            "agreed_at",
        ),
        "changes_of_practices": rows(
            PracticeChange.objects.filter(made_by=account),
            "practice__name",
            "kind",
            "day",
            "made_at",
        ),
        "consultant_until": rows(
            PracticeChange.objects.standing().filter(former_consultant=account),
            "practice__name",
            "day",
        ),
        "texts": rows(RegionText.objects.filter(saved_by=account), "key", "version", "saved_at"),
        "trail": list(
            events.annotate(events=Count("id"), first=Min("at"), last=Max("at")).order_by("action")
        ),
    }


def _of_both(person: Person | None, account: User | None) -> dict[str, Any]:
    by_address = Q(pk=None)
    for address in {getattr(person, "email", ""), getattr(account, "email", "")} - {""}:
        by_address |= Q(email__iexact=address)
    concerns = by_address
    if person is not None:
        concerns |= Q(person=person)
    if account is not None:
        concerns |= Q(invited_by=account)
    found = Invitation.objects.filter(concerns)
    applied = Application.objects.filter(by_address)
    mailed = JoiningMail.objects.filter(by_address)
    return {
        "invitations": rows(found, "email", "name", "practice__name", "invited_at"),
        "applications": rows(
            applied, "practice_name", "contact_name", "email", "phone", "remark", "sent_at"
        ),
        "mail_about_joining": rows(mailed, "kind", "email", "name", "sent_at"),
    }
