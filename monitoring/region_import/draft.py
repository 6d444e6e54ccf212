"""An import up to the moment of storing: everything read, checked and compared, nothing written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from highusers.imports.table import Progress
from highusers.models import Extract
from highusers.states import ExtractSource
from monitoring.models import IndicatorDefinition
from monitoring.region_import.attendance import warn_of_odd_attendance
from monitoring.region_import.bindings import BINDINGS, PEOPLE
from monitoring.region_import.checks import Known, check, first_spellings
from monitoring.region_import.codes import read_former_codes
from monitoring.region_import.comparison import Comparison, compare, warn_of_cleared
from monitoring.region_import.findings import Finding, Findings, in_order
from monitoring.region_import.naturals import ids_of
from monitoring.region_import.parsing import Row, Sheet, parse
from monitoring.region_import.patient_plans import PracticePlans, compare_plans
from monitoring.region_import.people import Accounts, accounts_for, people_of, unknown_attendees
from monitoring.region_import.read import NamedFile, read_tables
from practices.changes.codes import codes_behind_keys
from practices.models import Cohort, Insurer, Practice
from practices.vault import hash_secret
from training.models import Attendance, Session


@dataclass(frozen=True, slots=True)
class Reading:
    """Files as rows of values, with what is wrong with the files as such."""

    sheets: dict[str, Sheet]
    findings: Findings


@dataclass(frozen=True, slots=True)
class FileCounts:
    """The rows of one file by what storing them does."""

    file: str
    rows: int
    new: int
    changed: int
    unchanged: int


@dataclass(slots=True)
class Draft:
    """`insurers` are the new names; with errors nothing behind `findings` is filled."""

    sheets: dict[str, Sheet]
    findings: Findings
    insurers: list[str] = field(default_factory=list)
    people: Comparison = field(default_factory=Comparison)
    accounts: Accounts = field(default_factory=Accounts)
    comparisons: dict[str, Comparison] = field(default_factory=dict)
    plans: list[PracticePlans] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        return in_order(self.findings.errors)

    @property
    def warnings(self) -> list[Finding]:
        return in_order(self.findings.warnings)

    def counts(self) -> list[FileCounts]:
        return [_counts(sheet, self) for sheet in self.sheets.values()]

    def made(self) -> dict[str, int]:
        return {
            "insurers": len(self.insurers),
            "people": len(self.people.new),
            "accounts": len(self.accounts.made),
        }


def read_sheets(
    files: Iterable[NamedFile], progress: Progress = lambda done, total: None
) -> Reading:
    """What is in the files; of the database only with which code patients are keyed."""
    raw_tables, findings = read_tables(files)
    keyed_as = codes_behind_keys()
    done, total = 0, sum(len(raw.rows) for raw in raw_tables)
    sheets = {}
    for raw in raw_tables:
        progress(done, total)
        sheets[raw.table.name] = parse(raw, secret=hash_secret(), keyed_as=keyed_as)
        done += len(raw.rows)
    progress(done, total)
    return Reading(sheets, findings)


def prepare(reading: Reading, *, today: date) -> Draft:
    """Check and compare; everything that is wrong is found in one go."""
    sheets, findings = reading.sheets, reading.findings
    draft = Draft(sheets, findings)
    read_former_codes(sheets)
    known = _known(sheets, findings)
    draft.insurers = first_spellings(sheets, known)
    check(sheets, known, today)
    if not sheets and not findings.errors:
        message = _("There is no table of the region in here.")
        findings.warnings.append(Finding(None, None, None, message, "nothing_to_read"))
    if not findings.errors and not any(sheet.findings.errors for sheet in sheets.values()):
        _compare(draft, known)
    for sheet in sheets.values():
        findings.add(sheet.findings)
    return draft


def _known(sheets: Mapping[str, Sheet], findings: Findings) -> Known:
    named = {
        row.values["session"]
        for table in ("sessions", "attendance")
        if table in sheets
        for row in sheets[table].rows
        if row.has("session")
    }
    unreadable = {name for name, sheet in sheets.items() if not sheet.readable}
    unread = {PurePosixPath(error.file).stem.lower() for error in findings.errors if error.file}
    sessions = Session.objects.filter(reference__in=named).order_by()
    found = {
        pk: (reference, day)
        for pk, reference, day in sessions.values_list("pk", "reference", "held_on")
    }
    listed = Attendance.objects.filter(session__in=found).order_by()
    return Known(
        practices=frozenset(Practice.objects.values_list("code", flat=True).order_by()),
        cohorts=frozenset(Cohort.objects.values_list("number", flat=True).order_by()),
        indicators=frozenset(
            IndicatorDefinition.objects.filter(own=False).values_list("code", flat=True).order_by()
        ),
        sessions=dict(found.values()),
        insurers={name.casefold(): name for name in Insurer.objects.values_list("name", flat=True)},
        attended=frozenset(
            found[pk][0] for pk in listed.values_list("session_id", flat=True).distinct()
        ),
        unread=frozenset(unreadable | unread),
    )


def _compare(draft: Draft, known: Known) -> None:
    sheets = draft.sheets
    people = people_of(sheets)
    absent = sheets["staff"].absent if "staff" in sheets else frozenset()
    draft.people = compare(PEOPLE, people, absent)
    if "staff" in sheets:
        warn_of_cleared(sheets["staff"], draft.people)
    draft.people.new += unknown_attendees(sheets)
    draft.accounts = accounts_for(sheets, people)
    for name, sheet in sheets.items():
        if name in BINDINGS:
            rows = _without_uploaded(sheet) if name == "extracts" else _split(sheet)
            comparison = compare(BINDINGS[name], rows, sheet.absent)
            comparison.unchanged += len(sheet.rows) - len(rows)
            warn_of_cleared(sheet, comparison)
            draft.comparisons[name] = comparison
    if "plans" in sheets:
        draft.plans = compare_plans(sheets["plans"])
    warn_of_odd_attendance(sheets, known)


def _split(sheet: Sheet) -> list[Row]:
    """An indicator is kept as its definition and what it is about."""
    if sheet.table.name == "indicators":
        for row in sheet.rows:
            row.values["definition"], row.values["detail"] = row.values["indicator"]
    return sheet.rows


def _without_uploaded(sheet: Sheet) -> list[Row]:
    """What a practice uploaded itself stays."""
    ids = ids_of("practice", {row.values["practice"] for row in sheet.rows})
    uploaded = set(
        Extract.objects.filter(source=ExtractSource.UPLOAD, practice__in=ids.values())
        .values_list("practice_id", "period_start", "period_end")
        .order_by()
    )
    rows = []
    for row in sheet.rows:
        period = (row.values["period_start"], row.values["period_end"])
        if (ids.get(row.values["practice"]), *period) in uploaded:
            message = _("The practice uploaded an extract of this period itself; that one stays.")
            sheet.warn(row, "period_end", message, "upload_stays")
        else:
            rows.append(row)
    return rows


def _counts(sheet: Sheet, draft: Draft) -> FileCounts:
    name = sheet.table.name
    new = changed = unchanged = 0
    if name == "plans":
        new = sum(len(plans.new) for plans in draft.plans)
        changed = sum(len(plans.changed) for plans in draft.plans)
        unchanged = sum(plans.unchanged for plans in draft.plans)
    elif name in draft.comparisons:
        comparison = draft.comparisons[name]
        new, changed = len(comparison.new), len(comparison.changed)
        unchanged = comparison.unchanged
        if name == "staff":
            also = _only_person_changed(sheet, draft)
            changed, unchanged = changed + also, unchanged - also
    return FileCounts(sheet.file, len(sheet.rows), new, changed, unchanged)


def _only_person_changed(sheet: Sheet, draft: Draft) -> int:
    """Rows whose spell of work is as it was, but not what they say of the person."""
    persons = {row.values["person"] for _pk, row in draft.people.changed}
    persons |= {row.values["person"] for row in draft.people.new}
    spells = draft.comparisons["staff"]
    touched = {row.number for row in spells.new} | {row.number for _pk, row in spells.changed}
    return sum(row.values["person"] in persons and row.number not in touched for row in sheet.rows)
