"""The yearly report to one insurer, as PDF, workbook and data file in a folder."""

import json
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from monitoring.report import services
from monitoring.report.build import build_report
from monitoring.report.files import names_in_files, write_files
from monitoring.report.value import Report, report_json
from mtvp.documents.canonical import canonical_json, sha256_of
from mtvp.documents.pdf import PdfNotPossibleError
from practices.audit import record
from practices.models import Insurer
from practices.states import AuditAction, AuditOutcome

FIRST_YEAR = 2000


class Command(BaseCommand):
    help = "Write the yearly report to one insurer: PDF, workbook and JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, required=True, metavar="YYYY")
        parser.add_argument("--insurer", required=True, metavar="NAME", help="CZ, VGZ, …")
        parser.add_argument("--output", type=Path, required=True, metavar="DIR")
        parser.add_argument(
            "--appendix", action="store_true", help="add the pages and rows per practice"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        year, insurer = options["year"], _insurer(options["insurer"])
        if insurer is None:
            self._refuse(options, _unknown_insurer(options["insurer"]))
        if not FIRST_YEAR <= year <= timezone.localdate().year:
            self._refuse(options, _("There is no report of this year yet, or any more."))
        appendix = options["appendix"]
        frozen = services.frozen_value(year, insurer, appendix=appendix)
        report = frozen or build_report(year=year, insurer=insurer, appendix=appendix)
        try:
            files = write_files(report, options["output"], insurer=insurer, draft=frozen is None)
        except PdfNotPossibleError as error:
            self._refuse(options, str(error))
        except OSError as error:
            message = _("The files could not be written (%(reason)s). Nothing was kept.")
            self._refuse(options, message % {"reason": error.strerror or type(error).__name__})
        _on_record(options, AuditOutcome.DONE)
        self._answer(options, report, files)

    def _answer(self, options: dict[str, Any], report: Report, files: list[Path]) -> None:
        data = report_json(report)
        if not options["json"]:
            self.stdout.writelines(f"{path}\n" for path in files)
            return
        about = {"files": [str(path) for path in files], "sha256": sha256_of(canonical_json(data))}
        self.stdout.write(json.dumps(data | about, ensure_ascii=False))

    def _refuse(self, options: dict[str, Any], message: str) -> NoReturn:
        _on_record(options, AuditOutcome.REFUSED)
        if options["json"]:
            answer = {
                "year": options["year"],
                "insurer": options["insurer"],
                "errors": [{"message": message}],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        raise CommandError(message)


def _insurer(name: str) -> Insurer | None:
    """By name, whatever the capitals, else by its name in files (`zilveren-kruis`).

    A slug that two insurers share names neither: the wrong one would get the report.
    """
    insurers, in_files = list(Insurer.objects.all()), names_in_files()
    wanted = slugify(name)
    named = [one for one in insurers if one.name.casefold() == name.strip().casefold()]
    found = named or [one for one in insurers if in_files[one.pk] == wanted]
    return found[0] if len(found) == 1 else None


def _unknown_insurer(name: str) -> str:
    known = ", ".join(Insurer.objects.values_list("name", flat=True))
    if not known:
        return _("There are no insurers yet: import the region first.")
    return _("There is no insurer %(name)s. Known are: %(known)s.") % {
        "name": name,
        "known": known,
    }


def _on_record(options: dict[str, Any], outcome: AuditOutcome) -> None:
    record(
        actor=None,
        action=AuditAction.EXPORT,
        obj=("annual_report", f"{options['year']}"),
        outcome=outcome,
        appendix=options["appendix"],
    )
