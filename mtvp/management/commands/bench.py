"""Measure the product's speed: one JSON line per figure, each beside its floor."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Print one JSON line per figure, beside a hand-written floor of the same run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        from bench.run import LINES

        parser.add_argument("--only", action="append", choices=list(LINES), default=[])

    def handle(self, *args: Any, **options: Any) -> None:
        from bench.measure import differing
        from bench.run import figures

        found = []
        for figure in figures(options["only"]):
            self.stdout.write(figure.line())
            self.stdout.flush()
            found.append(figure)
        if names := differing(found):
            raise CommandError(f"More practices take more queries: {', '.join(names)}")
