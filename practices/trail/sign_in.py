"""Sign-in, sign-out and changes of its means, as the sign-in library announces them.

An address that belongs to nobody is not stored: people type passwords into that field.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.dispatch import Signal

from practices.audit import record
from practices.models import User
from practices.states import AuditAction, AuditOutcome

_PASSWORD, _FACTOR, _ADDRESS = "password", "second factor", "address"

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
    address = str(credentials.get("email") or "")
    known = User.objects.filter(email__iexact=address).first() if address else None
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


def _changed(means: str, what: str) -> Any:
    def receive(*, user: User, **_: Any) -> None:
        record(actor=user, action=AuditAction.CHANGE, obj=user, means=means, what=what)

    return receive
