"""Fill an installation with a region that does not exist, with accounts to look around with."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.demo.accounts import open_accounts
from monitoring.demo.load import load_demo
from monitoring.demo.national import NATIONAL_PRACTICES, load_national
from practices.models import Practice

PRACTICES = 40
SEED = 2_026


class Command(BaseCommand):
    help = "Load a made-up region of any size, or a country's worth of practices."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--practices", type=int, default=PRACTICES, metavar="N")
        parser.add_argument("--seed", type=int, default=SEED, metavar="S")
        parser.add_argument(
            "--national",
            action="store_true",
            help=f"{NATIONAL_PRACTICES} practices by bulk loaders, to measure with",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["practices"] < 1:
            raise CommandError(_("Give a number of practices of 1 or more."), returncode=2)
        if Practice.objects.exists():
            raise CommandError(_("There are practices already; the demo needs an empty start."))
        began = time.monotonic()
        today = timezone.localdate()
        if options["national"]:
            load_national(practices=NATIONAL_PRACTICES, seed=options["seed"], today=today)
            open_accounts()
        else:
            load_demo(
                practices=options["practices"],
                seed=options["seed"],
                today=today,
                say=self._say if options["verbosity"] else lambda _line: None,
            )
        if options["verbosity"]:
            self._say(f"{time.monotonic() - began:.1f} s")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
