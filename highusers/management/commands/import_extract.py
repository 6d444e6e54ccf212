"""Store the extract of a practice, as the upload page does."""

import json
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from highusers.imports.definitions import (
    DEFAULT_DEFINITION,
    DEFINITIONS,
    ContactDefinition,
    definition_named,
)
from highusers.imports.refusal import Refused
from highusers.imports.result import Parsed
from highusers.imports.synonyms import Field
from highusers.services import import_extract, record_refusal
from practices.changes.codes import practice_with_code
from practices.models import Practice

WRONG_USAGE = 2


def iso_day(text: str) -> date:
    """A day as yyyy-mm-dd; anything else is wrong usage."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("give the date as yyyy-mm-dd")) from error


def known_definition(text: str) -> ContactDefinition:
    found = definition_named(text)
    if found is None:
        names = ", ".join(one.name for one in DEFINITIONS)
        raise ArgumentTypeError(_("the contact definitions are: %(names)s") % {"names": names})
    return found


def chosen_column(text: str) -> tuple[Field, str]:
    """FIELD=HEADER; an empty header leaves the field out."""
    name, sign, header = text.partition("=")
    if not sign or name not in set(Field):
        fields = ", ".join(Field)
        raise ArgumentTypeError(
            _("give FIELD=HEADER; the fields are: %(fields)s") % {"fields": fields}
        )
    return Field(name), header


class Command(BaseCommand):
    help = "Read an extract (csv or xlsx) of a practice's GP system and store it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--practice", required=True, metavar="CODE", help="AGB code")
        parser.add_argument("--from", required=True, type=iso_day, metavar="DATE", dest="first_day")
        parser.add_argument("--to", required=True, type=iso_day, metavar="DATE", dest="last_day")
        parser.add_argument(
            "--definition", type=known_definition, default=DEFAULT_DEFINITION, metavar="NAME"
        )
        parser.add_argument(
            "--map",
            action="append",
            type=chosen_column,
            default=[],
            metavar="FIELD=HEADER",
            dest="choices",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        data = _content(options["file"])
        period = (options["first_day"], options["last_day"])
        try:
            parsed = import_extract(
                practice=self._practice(options["practice"], period),
                data=data,
                period=period,
                actor=None,
                definition=options["definition"],
                choices=dict(options["choices"]),
            )
        except Refused as refused:
            self._refuse(options["practice"], period, refused.message, options["json"])
        else:
            self._answer(options["practice"], period, parsed, options["json"])

    def _practice(self, code: str, period: tuple[date, date]) -> Practice:
        practice = practice_with_code(code)
        if practice is None:
            record_refusal(practice=None, period=period, actor=None)
            raise Refused(_("There is no practice with this code."))
        if practice.code != code:
            self.stderr.write(_("This practice has another code now: %s.") % practice.code)
        return practice

    def _answer(self, code: str, period: tuple[date, date], parsed: Parsed, in_json: bool) -> None:
        if in_json:
            answer = {"practice": code, "period": _iso(period), **parsed.summary()}
            self.stdout.write(json.dumps(answer))
        else:
            self.stdout.writelines(f"{line}\n" for line in as_text(parsed))

    def _refuse(self, code: str, period: tuple[date, date], message: str, in_json: bool) -> None:
        if in_json:
            error = {"row": None, "column": None, "message": message}
            answer = {"practice": code, "period": _iso(period), "errors": [error]}
            self.stdout.write(json.dumps(answer))
        raise CommandError(message)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(_("This file cannot be read."), returncode=WRONG_USAGE) from error


def _iso(period: tuple[date, date]) -> list[str]:
    return [day.isoformat() for day in period]


def as_text(parsed: Parsed) -> Iterator[str]:
    """The outcome in lines for people: figures, columns, warnings and rejected rows."""
    yield _("%(patients)s patients, %(contacts)s contacts, %(high)s with %(threshold)s or more") % {
        "patients": parsed.number_of_patients,
        "contacts": parsed.number_of_contacts,
        "high": parsed.high_users,
        "threshold": parsed.threshold,
    }
    yield _("%(rows)s rows, of which %(rejected)s rejected") % {
        "rows": parsed.rows,
        "rejected": parsed.rejected_rows,
    }
    columns = ", ".join(f"{field} = {header}" for field, header in parsed.mapping.items())
    yield _("Columns: %(columns)s") % {"columns": columns}
    if parsed.dropped_columns:
        yield _("Not kept: %(columns)s") % {"columns": ", ".join(parsed.dropped_columns)}
    for notice in parsed.warnings:
        yield f"! {notice.message}"
    for error in parsed.errors:
        place = _("Row %(row)s, %(column)s") % {"row": error.row, "column": error.column}
        yield f"- {place}: {error.message}"
