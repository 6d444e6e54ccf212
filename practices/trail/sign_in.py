"""Sign-in, sign-out and changes of its means, as the sign-in library announces them.

An address that belongs to nobody is not stored: people type passwords into that field.
"""

import hashlib
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.core.cache import cache
from django.dispatch import Signal
from django.http import HttpRequest

from practices.audit import record
from practices.models import User
from practices.states import AuditAction, AuditOutcome
from practices.trail import origin

_PASSWORD, _FACTOR, _ADDRESS, _LIMIT = "password", "second factor", "address", "too many attempts"
LIMITED_ONCE_IN = 60

CHANGES: tuple[tuple[Signal, str, str], ...] = (
    (account.password_set, _PASSWORD, "set"),
    (account.password_changed, _PASSWORD, "changed"),
    (account.password_reset, _PASSWORD, "reset"),
    (account.email_changed, _ADDRESS, "changed"),
    (mfa.authenticator_added, _FACTOR, "added"),
    (mfa.authenticator_removed, _FACTOR, "removed"),
    (mfa.authenticator_reset, _FACTOR, "reset"),
)


def listen() -> None:
    auth.user_logged_in.connect(_signed_in, dispatch_uid="trail")
    auth.user_logged_out.connect(_signed_out, dispatch_uid="trail")
    auth.user_login_failed.connect(_failed, dispatch_uid="trail")
    mfa.authentication_failed.connect(_second_factor_failed, dispatch_uid="trail")
    for signal, means, what in CHANGES:
        signal.connect(_changed(means, what), dispatch_uid=f"trail {means} {what}", weak=False)


def _signed_in(*, user: User, **_: Any) -> None:
    record(actor=user, action=AuditAction.SIGN_IN, obj=user)


def _signed_out(*, user: User | None, **_: Any) -> None:
    if user is not None:
        record(actor=user, action=AuditAction.SIGN_OUT, obj=user)


def _failed(*, credentials: dict[str, Any], **_: Any) -> None:
    known = _known(str(credentials.get("email") or ""))
    record(
        actor=known,
        action=AuditAction.SIGN_IN,
        obj=known or ("practices.user", ""),
        outcome=AuditOutcome.REFUSED,
        means=_PASSWORD,
    )


def _second_factor_failed(*, user: User, **_: Any) -> None:
    record(
        actor=user,
        action=AuditAction.SIGN_IN,
        obj=user,
        outcome=AuditOutcome.REFUSED,
        means=_FACTOR,
    )


def record_limited(request: HttpRequest) -> None:
    """Somebody who tries too often is turned away before a password or code is looked at; once a
    minute per account and client, so that a flood does not fill the trail."""
    account = _who_tries(request)
    told = f"trail limited {account.pk if account else ''} {origin.client()}"
    digest = hashlib.sha256(told.encode()).hexdigest()
    if cache.add(f"trail-limited-{digest}", True, LIMITED_ONCE_IN):
        record(
            actor=account,
            action=AuditAction.SIGN_IN,
            obj=account or ("practices.user", ""),
            outcome=AuditOutcome.REFUSED,
            means=_LIMIT,
        )


def _who_tries(request: HttpRequest) -> User | None:
    if isinstance(request.user, User):
        return request.user
    half_way = get_pending_stage(request)
    if half_way is not None and isinstance(half_way.login.user, User):
        return half_way.login.user
    return _known(request.POST.get("login", ""))


def _known(address: str) -> User | None:
    return User.objects.filter(email__iexact=address).first() if address else None


def _changed(means: str, what: str) -> Any:
    def receive(*, user: User, **_: Any) -> None:
        record(actor=user, action=AuditAction.CHANGE, obj=user, means=means, what=what)

    return receive
