"""Encrypt everything anew with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from practices.audit import record
from practices.rekeying import rekey_everything
from practices.states import AuditAction, AuditOutcome


class Command(BaseCommand):
    help = (
        "Encrypt everything anew with the first key of MTVP_ENCRYPTION_KEYS. May be broken off "
        "and run again. Ends with 1 and names by table and id what none of the keys opens. "
        "Take the old key away no sooner than an hour later: uploads under way still need it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = rekey_everything()
        record(
            actor=None,
            action=AuditAction.CHANGE,
            obj=("encryption keys", ""),
            outcome=AuditOutcome.FAILED if done.lost else AuditOutcome.DONE,
            rows=done.rows,
            lost=len(done.lost),
        )
        self.stdout.write(f"{done.rows} rows encrypted anew.")
        for table, pk in done.lost:
            self.stderr.write(f"{table} {pk}: no key opens it")
        if done.lost:
            raise SystemExit(1)
