"""Check the trail against its seals."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from practices.models import AuditEvent, TrailSeal
from practices.trail.checking import breaks
from practices.trail.sealing import sealed_up_to


class Command(BaseCommand):
    help = (
        "Check the trail against its seals. Ends with 1 and names each seal that does not hold. "
        "Note the last seal outside the database, and give it back with --noted next time: that "
        "shows when the newest seals were taken away together with their events."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--noted", metavar="NUMBER:HASH", help="a seal noted earlier")

    def handle(self, *args: Any, noted: str | None, **options: Any) -> None:
        problems = [*breaks(), *_problem_of_noted(noted)]
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise SystemExit(1)
        last = TrailSeal.objects.order_by("-number").first()
        waiting = AuditEvent.objects.filter(id__gt=sealed_up_to()).count()
        seal = f"last seal {last.number}:{last.digest}" if last else "no seal yet"
        self.stdout.write(f"The trail holds; {seal}; {waiting} events wait for the next seal.")


def _problem_of_noted(noted: str | None) -> list[str]:
    if noted is None:
        return []
    number, _, digest = noted.partition(":")
    known = number.isdecimal() and TrailSeal.objects.filter(number=number, digest=digest).exists()
    return [] if known else [f"seal {number}: not the one that was noted"]
