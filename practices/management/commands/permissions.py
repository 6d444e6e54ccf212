from typing import Any

from django.core.management.base import BaseCommand

from practices.permission_table import permission_page


class Command(BaseCommand):
    help = "Print the table of roles and permissions as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(permission_page(), ending="")
