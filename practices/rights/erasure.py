"""Taking the name off: the counts a person stands in stay, who it was does not."""

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from practices.audit import record
from practices.models import (
    Application,
    Employment,
    Invitation,
    JoiningMail,
    MailOptOut,
    Person,
    PersonalMail,
    RegionRole,
    User,
)
from practices.programme_year import add_years
from practices.states import AuditAction

STAFF_YEARS = 5
ACCOUNT_YEARS = 2
NAMELESS = "removed-"
_GOES_WITH_ACCOUNT: tuple[Any, ...] = (
    *(UserSession, EmailAddress, Authenticator, SocialAccount),
    *(RegionRole, LogEntry, PersonalMail, MailOptOut),
)
_BY_ADDRESS = (Invitation, Application, JoiningMail)


class StillInServiceError(Exception):
    """Who is in service, or plays a part for the region, cannot be made nameless."""


@transaction.atomic
def erase_person(*, person: Person, actor: User | None) -> None:
    """Name, addresses, number and account go; employment and attendance stay, without a name.

    Raises `StillInServiceError` while an employment lasts.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if Employment.objects.of(person).in_service(timezone.localdate()).exists():
        raise StillInServiceError
    account = User.objects.filter(person=person).first()
    if account is not None:
        erase_account(account=account, actor=actor)
    Invitation.objects.filter(person=person).delete()
    _forget_address(person.email)
    person.reference = f"{NAMELESS}{person.pk}"
    person.name, person.email, person.registration = "-", "", ""
    person.save()
    record(actor=actor, action=AuditAction.DELETE, obj=person, what="person")


@transaction.atomic
def erase_account(*, account: User, actor: User | None) -> None:
    """Nobody can sign in to it and nobody can tell whose it was; its events stay in the trail."""
    account = User.objects.select_for_update(no_key=True).get(pk=account.pk)
    _forget_address(account.email)
    keys = UserSession.objects.filter(user=account).values_list("session_key", flat=True)
    Session.objects.filter(pk__in=list(keys)).delete()
    for model in _GOES_WITH_ACCOUNT:
        model._default_manager.filter(user=account).delete()
    account.email = f"{NAMELESS}{account.pk}@invalid"
    account.name = account.phone = ""
    account.is_active = account.is_staff = account.is_superuser = False
    account.person = None
    account.set_unusable_password()
    account.save()
    record(actor=actor, action=AuditAction.DELETE, obj=account, what="account")


def _forget_address(email: str) -> None:
    if email:
        for model in _BY_ADDRESS:
            model._default_manager.filter(email__iexact=email).delete()


def erase_people_long_gone(today: date) -> int:
    """Those whose last day in service lies more than five years back."""
    limit = add_years(today, -STAFF_YEARS)
    last_day = Employment.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=limit))
    due = Person.objects.filter(employments__isnull=False).exclude(pk__in=last_day.values("person"))
    people = list(due.exclude(reference__startswith=NAMELESS).distinct())
    for person in people:
        erase_person(person=person, actor=None)
    return len(people)


def erase_accounts_unused(today: date) -> int:
    """Accounts of nobody on a team, without a part for the region, that are no longer used."""
    limit = add_years(today, -ACCOUNT_YEARS)
    unused = User.objects.alias(seen=Coalesce("last_login", "date_joined")).filter(
        seen__date__lt=limit, person=None, region_roles=None, practices_visited=None
    )
    accounts = list(unused.exclude(email__startswith=NAMELESS))
    for account in accounts:
        erase_account(account=account, actor=None)
    return len(accounts)
