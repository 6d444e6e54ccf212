"""Which column is what: the header row, the shape of the file, and a column per field.

Nothing is guessed between equals: two headers that fit a field equally well are an error that
names both, and a choice from outside (``--map``, the page) overrules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from highusers.imports.definitions import Kind
from highusers.imports.headers import LOOSE, Header, read_headers, same_header
from highusers.imports.refusal import Refused
from highusers.imports.synonyms import Field
from highusers.imports.values import calendar_day, whole_number

Choice = str | int
"""A column chosen from outside: its header, its place from 0, or '' for no column at all."""

LAST_HEADER_ROW = 100
FEWEST_COLUMNS = 2


class Shape(StrEnum):
    """One row per patient, or one row per contact."""

    TOTALS = "totals"
    CONTACTS = "contacts"


FIELDS_OF_SHAPE: Mapping[Shape, tuple[Field, ...]] = {
    Shape.TOTALS: (Field.PATIENT, Field.TOTAL, Field.BIRTH_YEAR, Field.SEX),
    Shape.CONTACTS: (
        Field.PATIENT, Field.DATE, Field.TYPE, Field.NUMBER, Field.BIRTH_YEAR, Field.SEX,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """The chosen columns by field; ``parts`` are the totals per kind of contact."""

    shape: Shape
    fields: Mapping[Field, Header]
    parts: Mapping[Kind, Header]

    @property
    def by_name(self) -> dict[str, str]:
        """Field or kind → header text, as it is shown and stored."""
        chosen = {field.value: header.label for field, header in self.fields.items()}
        return chosen | {kind.value: header.label for kind, header in self.parts.items()}


def find_header_row(head: Sequence[Sequence[str]], choices: Mapping[Field, Choice]) -> int | None:
    """The first row that names a patient and a contact column; else the first that names any.

    A row that names them to the letter goes before one that does so in passing: a title such as
    "Aantal contacten per patient" may be spread over cells. A row with a number or a date in it is
    data unless it names both, so that a message about the headers can never show a patient.
    """
    usable = recognised = None
    for place, row in enumerate(head[:LAST_HEADER_ROW]):
        if len(row) < FEWEST_COLUMNS:
            continue
        headers = read_headers(row)
        if _is_usable(headers, choices):
            if _is_usable(headers, choices, worst_rank=LOOSE - 1):
                return place
            usable = place if usable is None else usable
        if recognised is None and _is_recognised(headers):
            recognised = place
    return recognised if usable is None else usable


def header_score(head: Sequence[Sequence[str]], choices: Mapping[Field, Choice]) -> int:
    """How much of a header row is recognised, to choose between delimiters and sheets."""
    place = find_header_row(head, choices)
    if place is None:
        return 0
    headers = read_headers(head[place])
    known = sum(1 for header in headers if header.ranks or header.part or header.forbidden)
    return known + (1000 if _is_usable(headers, choices) else 0)


def _is_usable(
    headers: list[Header], choices: Mapping[Field, Choice], *, worst_rank: int = 2 * LOOSE
) -> bool:
    named = {field: choice for field, choice in choices.items() if choice != ""}
    found = {field for field, choice in named.items() if chosen_headers(headers, choice)}
    if found != set(named):
        return False
    found |= {
        field for header in headers for field, rank in header.ranks.items() if rank <= worst_rank
    }
    counts = found & {Field.TOTAL, Field.DATE} or any(header.part for header in headers)
    return Field.PATIENT in found and bool(counts)


def _is_recognised(headers: list[Header]) -> bool:
    filled = [header.text for header in headers if header.text]
    if any(whole_number(text) is not None or calendar_day(text) for text in filled):
        return False
    telling = set(Field) - {Field.SEX, Field.BIRTH_YEAR}
    return len(filled) > 1 and any(telling & set(header.ranks) for header in headers)


def choose_columns(
    headers: Sequence[Header], choices: Mapping[Field, Choice], barred: AbstractSet[int]
) -> Columns:
    """A column for each field of the file's shape.

    ``barred`` are columns that may not be used for what they hold. Raises ``Refused`` with a
    message that names headers: a tie, an unknown or forbidden choice, no patient or contacts.
    """
    forced = _forced(headers, choices, barred)
    candidates = _candidates(headers, forced, barred)
    if Field.PATIENT not in candidates:
        raise Refused(_no_patient(headers, barred))
    parts = _parts(headers, forced, barred)
    shape = _shape(candidates, parts, forced)
    if shape is None:
        raise Refused(
            gettext("No column with contacts was found. The columns are: %(headers)s.")
            % {"headers": header_list(headers)}
        )
    fields = {
        field: _only(field, candidates[field])
        for field in FIELDS_OF_SHAPE[shape]
        if field in candidates
    }
    return Columns(shape, fields, parts if shape is Shape.TOTALS else {})


def suggest_columns(
    headers: Sequence[Header], choices: Mapping[Field, Choice], barred: AbstractSet[int]
) -> dict[Field, int]:
    """The fields for which one column stands out, whatever the others lack."""
    known = {
        field: choice
        for field, choice in choices.items()
        if choice == "" or chosen_headers(headers, choice)
    }
    forced = {
        field: None if choice == "" else chosen_headers(headers, choice)[0]
        for field, choice in known.items()
    }
    candidates = _candidates(headers, forced, barred)
    return {field: found[0].index for field, found in candidates.items() if len(found) == 1}


def header_list(headers: Sequence[Header]) -> str:
    """The headers in the order of the file, for a message."""
    return ", ".join(header.text for header in headers if header.text)


def chosen_headers(headers: Sequence[Header], choice: Choice) -> list[Header]:
    """The columns that a choice from outside can mean; more than one is a tie."""
    if isinstance(choice, int):
        return [header for header in headers if header.index == choice]
    literal = [header for header in headers if header.text == choice.strip()]
    return literal or [
        header for header in headers if header.text and same_header(header.text, choice)
    ]


def _forced(
    headers: Sequence[Header], choices: Mapping[Field, Choice], barred: AbstractSet[int]
) -> dict[Field, Header | None]:
    forced: dict[Field, Header | None] = {}
    for field, choice in choices.items():
        if choice == "":
            forced[field] = None
            continue
        found = chosen_headers(headers, choice)
        if not found:
            raise Refused(
                gettext("The file has no column “%(wanted)s”. The columns are: %(headers)s.")
                % {"wanted": choice, "headers": header_list(headers)}
            )
        forced[field] = _only(field, found)
        if found[0].forbidden and not (field is Field.BIRTH_YEAR and found[0].birth_date):
            raise Refused(_forbidden_choice(found[0]))
        if found[0].index in barred:
            raise Refused(_no_patient(headers, barred))
    _refuse_shared(forced)
    return forced


def _refuse_shared(forced: Mapping[Field, Header | None]) -> None:
    used: set[int] = set()
    for header in forced.values():
        if header and header.index in used:
            raise Refused(
                gettext("The column “%(header)s” was chosen twice. Choose a column once.")
                % {"header": header.label}
            )
        used |= {header.index} if header else set()


def _forbidden_choice(header: Header) -> str:
    return gettext(
        "The column “%(header)s” may hold personal data that is never kept. Choose another column."
    ) % {"header": header.label}


def _no_patient(headers: Sequence[Header], barred: AbstractSet[int]) -> str:
    bsn = [header.label for header in headers if header.index in barred]
    if bsn:
        return gettext(
            "The column “%(header)s” holds citizen service numbers (BSN). These are never kept."
            " Make an extract with the patient number of your GP system."
        ) % {"header": bsn[0]}
    return gettext("No column with patient numbers was found. The columns are: %(headers)s.") % {
        "headers": header_list(headers)
    }


def _candidates(
    headers: Sequence[Header],
    forced: Mapping[Field, Header | None],
    barred: AbstractSet[int],
) -> dict[Field, list[Header]]:
    taken = {header.index for header in forced.values() if header}
    free = [header for header in headers if header.index not in taken | barred]
    found: dict[Field, list[Header]] = {}
    for field in Field:
        if field in forced:
            header = forced[field]
            if header:
                found[field] = [header]
            continue
        fitting = [header for header in free if field in header.ranks and _may_be(field, header)]
        if fitting:
            best = min(header.ranks[field] for header in fitting)
            found[field] = [header for header in fitting if header.ranks[field] == best]
    return found


def _may_be(field: Field, header: Header) -> bool:
    return not header.forbidden or (field is Field.BIRTH_YEAR and header.birth_date)


def _parts(
    headers: Sequence[Header], forced: Mapping[Field, Header | None], barred: AbstractSet[int]
) -> dict[Kind, Header]:
    """The column of each kind; a kind that two headers name is left out as unclear."""
    taken = {header.index for header in forced.values() if header} | barred
    found: dict[Kind, list[Header]] = {}
    for header in headers:
        if header.part and header.index not in taken:
            found.setdefault(header.part, []).append(header)
    return {kind: fitting[0] for kind, fitting in found.items() if len(fitting) == 1}


def _shape(
    candidates: Mapping[Field, list[Header]],
    parts: Mapping[Kind, Header],
    forced: Mapping[Field, Header | None],
) -> Shape | None:
    """Totals, unless the rows are clearly contacts: a contact date beside a type or number.

    Parts make a total only with the consultations among them: visits alone would pass for all.
    """
    if Field.DATE not in candidates:
        whole = Field.TOTAL in candidates or Kind.CONSULTATION in parts
        return Shape.TOTALS if whole else None
    if Field.TOTAL not in candidates or forced.get(Field.DATE):
        return Shape.TOTALS if forced.get(Field.TOTAL) else Shape.CONTACTS
    if forced.get(Field.TOTAL):
        return Shape.TOTALS
    plain_total = candidates[Field.TOTAL][0].ranks[Field.TOTAL] % 10 < 2
    plain_date = candidates[Field.DATE][0].ranks[Field.DATE] % 10 == 0
    is_contact = Field.TYPE in candidates or Field.NUMBER in candidates
    if not plain_total or (plain_date and is_contact):
        return Shape.CONTACTS
    return Shape.TOTALS


def _only(field: Field, fitting: list[Header]) -> Header:
    if len(fitting) == 1:
        return fitting[0]
    names = [header.text for header in fitting]
    twice = len(set(names)) < len(names)
    shown = [header.label_with_letter if twice else header.label for header in fitting]
    raise Refused(
        gettext("More than one column can be %(field)s: %(candidates)s. Choose which one it is.")
        % {"field": field_label(field), "candidates": ", ".join(shown)}
    )


def field_label(field: Field) -> str:
    """What people call a field."""
    labels = {
        Field.PATIENT: gettext("the patient number"),
        Field.TOTAL: gettext("the number of contacts"),
        Field.DATE: gettext("the date of the contact"),
        Field.TYPE: gettext("the type of contact"),
        Field.NUMBER: gettext("the number of the contact"),
        Field.BIRTH_YEAR: gettext("the year of birth"),
        Field.SEX: gettext("the sex"),
    }
    return labels[field]
