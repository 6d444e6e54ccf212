"""Measure the product's speed: one JSON line per figure, each beside its floor."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Print one JSON line per figure, beside a hand-written floor of the same run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        from bench.run import LINES

        parser.add_argument("--only", action="append", choices=list(LINES), default=[])

    def handle(self, *args: Any, **options: Any) -> None:
        from bench.run import figures

        for figure in figures(options["only"]):
            self.stdout.write(figure.line())
            self.stdout.flush()
