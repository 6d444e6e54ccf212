"""Where the practices stand with the six interventions, as JSON or in words."""

import json
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring import words
from monitoring.compliance import Obligation, PracticeStanding
from monitoring.standing import standing
from practices.models import Practice

# Norms reach a few years beyond a date; the calendar ends in 9999.
YEARS = range(1900, 9000)


def iso_day(text: str) -> date:
    """A day as yyyy-mm-dd, of a year that programmes can have; anything else is wrong usage."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("give the date as yyyy-mm-dd")) from error
    if day.year not in YEARS:
        raise ArgumentTypeError(_("this date is too far away; look at the year"))
    return day


class Command(BaseCommand):
    help = "Print the status of every obligation of years 1 and 2, for all practices or one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--practice", metavar="CODE", help="only the practice with this code")
        parser.add_argument("--as-of", type=iso_day, metavar="DATE", help="yyyy-mm-dd, else today")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = options["as_of"] or timezone.localdate()
        practices = None
        if options["practice"] is not None:
            practices = list(
                Practice.objects.filter(code=options["practice"]).values_list("pk", flat=True)
            )
            if not practices:
                self._refuse(as_of, _("There is no practice with this code."), options["json"])
        standings = standing(as_of, practices)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(as_of, standings)))
        else:
            self.stdout.writelines(f"{line}\n" for line in as_text(standings))

    def _refuse(self, as_of: date, message: str, in_json: bool) -> None:
        if in_json:
            answer = {"as_of": as_of.isoformat(), "errors": [{"message": message}]}
            self.stdout.write(json.dumps(answer))
        raise CommandError(message)


def as_json(as_of: date, standings: list[PracticeStanding]) -> dict[str, Any]:
    """The answer in the shape that outsiders rely on."""
    return {"as_of": as_of.isoformat(), "practices": [_practice(one) for one in standings]}


def _practice(one: PracticeStanding) -> dict[str, Any]:
    return {
        "code": one.participant.code,
        "programme_year": one.programme_year,
        "year_ends": one.year_ends and one.year_ends.isoformat(),
        "obligations": [_obligation(obligation) for obligation in one.obligations],
    }


def _obligation(obligation: Obligation) -> dict[str, Any]:
    return {
        "intervention": obligation.intervention,
        "programme_year": obligation.programme_year,
        "status": obligation.status,
        "deadline": obligation.deadline.isoformat(),
        "parts": [
            {
                "name": part.name,
                "achieved": part.achieved,
                "required": part.required,
                "status": part.status,
            }
            for part in obligation.parts
        ],
    }


def as_text(standings: list[PracticeStanding]) -> Iterator[str]:
    """A heading per practice and a line per obligation."""
    for one in standings:
        yield f"{one.participant.code} · {words.current_year(one)}"
        for obligation in one.obligations:
            yield "  " + " · ".join(
                [
                    _("%(name)s, year %(year)s")
                    % {
                        "name": words.intervention_name(obligation.intervention),
                        "year": obligation.programme_year,
                    },
                    words.obligation_word(obligation),
                    *words.obligation_phrases(obligation),
                ]
            )
