"""The figures of a file counted by plain loops, sharing no code with the product."""

from datetime import date, timedelta

COUNTS = {"Consult", "Visite", "Telefonisch consult", "E-consult", "12010", "Preventie", ""}


def key(text: str) -> str:
    text = text.strip()
    if text[-2:] in (",0", ".0"):
        text = text[:-2]
    text = text.replace(".", "")
    while text.isdigit() and len(text) > 1 and text[0] == "0":
        text = text[1:]
    return text


def number(text: str) -> int | None:
    text = text.strip()
    if text[-2:] in (",0", ".0"):
        text = text[:-2]
    if "." in text:
        first, *groups = text.split(".")
        if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
            return None
        text = first + "".join(groups)
    return int(text) if text.isascii() and text.isdigit() else None


def day(text: str) -> date | None:
    text = text.split(" ")[0]
    if text.isdigit():
        return date(1899, 12, 30) + timedelta(int(text)) if 36526 <= int(text) <= 55153 else None
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    if len(parts[2]) == 2:
        parts[2] = "20" + parts[2]
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None


def is_no_row(cells: list[str]) -> str:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return "blank"
    words = ("totaal", "subtotaal", "eindtotaal", "aantal", "einde")
    return "total" if len(filled) == 1 or filled[0].lower().startswith(words) else ""


def totals(rows: list[list[str]]) -> tuple[dict[str, int], list[int], int]:
    """Contacts per patient, rejected rows, number of rows; `rows` are patient, other, total."""
    found: dict[str, int] = {}
    rejected: list[int] = []
    count = 0
    for row, cells in enumerate(rows, start=2):
        if is_no_row(cells):
            continue
        count += 1
        patient, total = key(cells[0]), number(cells[2])
        if not patient or total is None or patient in found:
            rejected.append(row)
        else:
            found[patient] = total
    return found, rejected, count


def contacts(
    rows: list[list[str]], first: date, last: date
) -> tuple[dict[str, int], list[int], int, int]:
    """Contacts per patient, rejected rows, rows, rows outside; rows: number, patient, day, type."""
    found: dict[str, int] = {}
    rejected: list[int] = []
    seen: set[str] = set()
    count = outside = 0
    for row, cells in enumerate(rows, start=2):
        if is_no_row(cells):
            continue
        count += 1
        nr, patient, when = cells[0].strip(), key(cells[1]), day(cells[2])
        if not patient or when is None or (nr and nr in seen):
            rejected.append(row)
            continue
        seen.add(nr)
        if not first <= when <= last:
            outside += 1
        elif cells[3] in COUNTS:
            found[patient] = found.get(patient, 0) + 1
    return found, rejected, count, outside
