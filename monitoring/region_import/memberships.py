"""What an import changes about who gets in where: one event per practice, and one per account."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from monitoring.region_import.draft import Draft
from monitoring.region_import.naturals import ids_of
from monitoring.region_import.people import Account, Accounts
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction

Changes = Mapping[str, Counter[str]]
"""Counts by what changed, by the code of the practice."""

MEMBERSHIP = "membership"


def changes_of(draft: Draft) -> Changes:
    """To be asked before anything is stored: spells of work and the consultant, by practice."""
    changes: dict[str, Counter[str]] = defaultdict(Counter)
    if staff := draft.comparisons.get("staff"):
        for row in staff.new:
            changes[row.values["practice"]]["new"] += 1
        for _pk, row in staff.changed:
            changes[row.values["practice"]]["changed"] += 1
    if practices := draft.comparisons.get("practices"):
        stored = dict(
            Practice.objects.filter(pk__in=[pk for pk, _row in practices.changed])
            .order_by()
            .values_list("pk", "consultant__email")
        )
        new = [(None, row) for row in practices.new]
        for pk, row in [*new, *practices.changed]:
            before = stored.get(pk) if pk else None
            if (before or "").lower() != (row.values["consultant_email"] or ""):
                changes[row.values["code"]]["consultant"] += 1
    return changes


def record_memberships(
    changes: Changes, accounts: Accounts, *, actor: User | None, role: str
) -> None:
    """Once everything is stored: without names, which stand in the rows themselves."""
    practices = Practice.objects.in_bulk(ids_of("practice", changes).values())
    for practice in practices.values():
        counts: dict[str, Any] = dict(changes[practice.code])
        record(
            actor=actor,
            role=role,
            action=AuditAction.MEMBERSHIP,
            obj=(MEMBERSHIP, ""),
            practice=practice,
            **counts,
        )
    done: list[tuple[Account, dict[str, Any]]]
    done = [(account, {"given": given}) for account, given in accounts.new_roles]
    done += [(account, {"what": "linked to a person"}) for account in accounts.linked]
    done += [(account, {"what": "address"}) for account in accounts.readdressed]
    for account, detail in done:
        record(
            actor=actor,
            role=role,
            action=AuditAction.MEMBERSHIP,
            obj=(MEMBERSHIP, account.pk),
            **detail,
        )
