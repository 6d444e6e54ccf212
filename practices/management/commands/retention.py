"""How long what is kept, and deleting what is due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from practices.retention import delete_expired
from practices.retention_table import retention_page


class Command(BaseCommand):
    help = "Print how long each kind of data is kept; with --run delete what is due and say so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", action="store_true", help="delete what is due")

    def handle(self, *args: Any, run: bool, **options: Any) -> None:
        if not run:
            self.stdout.write(retention_page(), ending="")
            return
        total = 0
        for deleted in delete_expired(today=timezone.localdate()):
            where = f" of {deleted.practice.code}" if deleted.practice else ""
            self.stdout.write(f"{deleted.model}{where}: {deleted.rows}")
            total += deleted.rows
        self.stdout.write(f"{total} rows deleted or made nameless.")
