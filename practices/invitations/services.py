"""Inviting, accepting once, withdrawing."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.audit import record
from practices.mailing.message import mail_message
from practices.models import (
    Employment,
    Insurer,
    Invitation,
    Person,
    Practice,
    RegionRole,
    User,
)
from practices.states import AuditAction

VALID_FOR = timedelta(days=7)


class NotUsableError(Exception):
    """The link was used, withdrawn, replaced or is too old; says so in the reader's language."""


@dataclass(frozen=True, slots=True)
class ForPractice:
    """Work in a practice: a colleague who is on the team list already, or a new one."""

    practice: Practice
    staff_role: str
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class ForRegion:
    region_role: str
    insurer: Insurer | None = None


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    to: ForPractice | ForRegion,
    actor: User | None,
    site: str,
    role: str = "",
) -> Invitation:
    """Send a link that works once, within seven days; an earlier open one for the same stops.

    `site` is the address of the product (https://…), for the link in the mail.
    """
    email = email.strip().lower()
    fields = (
        {"practice": to.practice, "staff_role": to.staff_role, "person": to.person}
        if isinstance(to, ForPractice)
        else {"region_role": to.region_role, "insurer": to.insurer}
    )
    same = {key: value for key, value in fields.items() if key != "person"}
    _open().filter(email=email, **same).update(withdrawn_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        token_hash=_hashed(token),
        invited_by=actor,
        expires_at=timezone.now() + VALID_FOR,
        **fields,
    )
    record(
        actor=actor,
        role=role,
        practice=invitation.practice,
        action=AuditAction.CREATE,
        obj=invitation,
        given=invitation.staff_role or invitation.region_role,
    )
    link = site + reverse("invitation", args=[token])
    transaction.on_commit(lambda: _mail(invitation, link))
    return invitation


def usable(token: str, *, lock: bool = False) -> Invitation:
    """The invitation behind a link, or `NotUsableError` with what to do."""
    waiting = _open().select_related("practice", "person", "insurer")
    if lock:
        waiting = waiting.select_for_update(no_key=True, of=("self",))
    invitation = waiting.filter(token_hash=_hashed(token)).first()
    if invitation is None:
        raise NotUsableError(
            _(
                "This invitation has been used or is no longer valid. "
                "Ask the person who invited you for a new one."
            )
        )
    return invitation


@transaction.atomic
def accept(*, token: str, password: str = "", user: User | None = None) -> User:
    """Make or open the account behind a link and give it what it was invited to.

    Somebody with a working account passes as `user` (signed in, same address) and keeps the
    password; anybody else chooses one.
    """
    invitation = usable(token, lock=True)
    account = user or _opened_account(invitation, password)
    if account.email != invitation.email:
        raise NotUsableError(_("This invitation is for another e-mail address. Sign in with that."))
    if invitation.practice is not None:
        _start_work(invitation, invitation.practice, account)
    else:
        RegionRole.objects.get_or_create(
            user=account, role=invitation.region_role, insurer=invitation.insurer
        )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record(
        actor=account,
        practice=invitation.practice,
        action=AuditAction.MEMBERSHIP,
        obj=("membership", account.pk),
        given=invitation.staff_role or invitation.region_role,
        invitation=invitation.pk,
    )
    return account


@transaction.atomic
def withdraw(*, invitation: Invitation, actor: User, role: str = "") -> None:
    """Stop a link that was not used yet; a used one stays as it is."""
    if _open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        record(
            actor=actor,
            role=role,
            practice=invitation.practice,
            action=AuditAction.DELETE,
            obj=invitation,
        )


def has_working_account(invitation: Invitation) -> bool:
    return User.objects.filter(email=invitation.email, is_active=True).exists()


def _open() -> models.QuerySet[Invitation]:
    return Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _opened_account(invitation: Invitation, password: str) -> User:
    """The waiting account of this address or of this colleague, or a new one."""
    accounts = User.objects.select_for_update(no_key=True)
    account = accounts.filter(email=invitation.email).first()
    if account is None and invitation.person is not None:
        account = accounts.filter(person=invitation.person, is_active=False).first()
    if account is None:
        account = User(name=invitation.name)
    elif account.is_active:
        raise NotUsableError(_("You already have an account. Sign in first."))
    elif invitation.practice is not None and _was_closed(account, invitation.practice):
        raise NotUsableError(_("Your account was closed. Ask PrimaCura to open it again."))
    account.email = invitation.email
    account.is_active = True
    account.set_password(password)
    account.save()
    return account


def _was_closed(account: User, practice: Practice) -> bool:
    """Whether an account that was in use before would open more than this practice: whoever closed
    it decides, not one practice. An account that nobody used yet just waits."""
    if not account.has_usable_password():
        return False
    spells = Employment.objects.in_service(timezone.localdate()).filter(person=account.person_id)
    elsewhere = spells.exclude(practice=practice)
    return account.region_roles.exists() or elsewhere.exists()


def _start_work(invitation: Invitation, practice: Practice, account: User) -> None:
    """Tie the account to its person and, for a new colleague, begin the employment today."""
    if account.person is None:
        account.person = invitation.person or Person.objects.create(
            reference=f"account-{account.pk}", name=invitation.name, email=invitation.email
        )
        account.save(update_fields=["person"])
    today = timezone.localdate()
    service = Employment.objects.in_service(today).filter(
        person=account.person, practice=practice, role=invitation.staff_role
    )
    if not service.exists():
        Employment.objects.create(
            person=account.person,
            practice=practice,
            role=invitation.staff_role,
            started_on=today,
        )


def _mail(invitation: Invitation, link: str) -> None:
    text = render_to_string(
        "invitations/mail.txt", {"invitation": invitation, "link": link, "days": VALID_FOR.days}
    )
    subject = _("Your account for Meer tijd voor de patiënt")
    why = _("You get this once, because a colleague or the region made an account for you.")
    mail_message(to=invitation.email, subject=subject, text=text, why=why).send()
