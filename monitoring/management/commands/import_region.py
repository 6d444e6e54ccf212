"""Load the spreadsheets that a region keeps."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.region_import.draft import Draft
from monitoring.region_import.findings import Finding, error_as_json, warning_as_json
from monitoring.region_import.read import files_of_folder
from monitoring.region_import.services import import_region

WRONG_USAGE = 2


class Command(BaseCommand):
    help = "Store the tables (csv or xlsx) of a region's folder: all of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(_("This folder does not exist."), returncode=WRONG_USAGE)
        try:
            draft = import_region(files=files_of_folder(folder), actor=None)
        except OSError as error:
            message = _("This folder cannot be read.")
            raise CommandError(message, returncode=WRONG_USAGE) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_json(draft)))
        else:
            self.stdout.writelines(f"{line}\n" for line in as_text(draft))
        if draft.errors:
            raise CommandError(_("Nothing was stored."))


def as_json(draft: Draft) -> dict[str, Any]:
    """Counts per file and warnings, or all the errors."""
    if draft.errors:
        return {"errors": [error_as_json(error) for error in draft.errors]}
    return {
        "files": {
            counts.file: {
                "rows": counts.rows,
                "new": counts.new,
                "changed": counts.changed,
                "unchanged": counts.unchanged,
            }
            for counts in draft.counts()
        },
        "made": draft.made(),
        "warnings": [warning_as_json(warning) for warning in draft.warnings],
        "errors": [],
    }


def as_text(draft: Draft) -> Iterator[str]:
    if draft.errors:
        yield from (_line(error) for error in draft.errors)
        return
    for counts in draft.counts():
        text = _("%(file)s: %(new)s new, %(changed)s changed, %(unchanged)s unchanged")
        yield text % {
            "file": counts.file,
            "new": counts.new,
            "changed": counts.changed,
            "unchanged": counts.unchanged,
        }
    if draft.warnings:
        number = len(draft.warnings)
        text = ngettext("%(number)s warning:", "%(number)s warnings:", number)
        yield text % {"number": number}
        yield from (_line(warning) for warning in draft.warnings)


def _line(finding: Finding) -> str:
    place = [finding.file or ""]
    if finding.row:
        place.append(_("row %(row)s") % {"row": finding.row})
    if finding.column:
        place.append(finding.column)
    return f"{', '.join(part for part in place if part)}: {finding.message}"
