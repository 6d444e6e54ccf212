"""Drop months of the trail that are older than the retention term."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from practices.trail.checking import KEPT_YEARS
from practices.trail.dropping import drop_expired_months


class Command(BaseCommand):
    help = (
        f"Drop sealed months of the trail older than {KEPT_YEARS} years, as the owner of the "
        "database (DATABASE_OWNER_URL). Ends with 1 when a month that is due is not sealed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        gone, kept = drop_expired_months(today=timezone.localdate())
        for month in gone:
            self.stdout.write(f"{month:%Y-%m} dropped")
        for month in kept:
            self.stderr.write(f"{month:%Y-%m} kept: it holds events that are not sealed")
        if kept:
            raise SystemExit(1)
        if not gone:
            self.stdout.write("No month is due.")
