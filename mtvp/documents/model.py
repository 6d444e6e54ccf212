"""What a document is made of: frozen values, no layout."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Literal

from mtvp.charts.chart import Chart


class Kind(StrEnum):
    """What a column holds. `PERCENT` takes a share of one: 0.725 is shown as 73%."""

    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    MONEY = "money"


class Mark(Enum):
    """Words in place of a figure, the same in every format."""

    HIDDEN = "hidden"
    """Too few patients, or needed to keep such a figure from being worked out."""
    NO_FIGURE = "no figure"
    """There is nothing to count; never shown as nought."""


@dataclass(frozen=True)
class Typed:
    """A number written in its own way, in a column whose rows differ."""

    value: int | float | Decimal
    kind: Kind
    decimals: int = 0


Value = str | int | float | Decimal | date | Mark | Typed


@dataclass(frozen=True)
class Column:
    """`decimals` counts for DECIMAL and PERCENT."""

    title: str
    kind: Kind = Kind.TEXT
    decimals: int = 0


@dataclass(frozen=True)
class Table:
    """Rows of values in the order of the columns; the first column names the row.

    `sheet` is the name in a workbook (the title when blank). `total` marks the last row as sum.
    The rows of a `tall` one leave room on paper for a signature.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    sheet: str = ""
    total: bool = False
    tall: bool = False

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"A row of {self.title!r} has another number of cells than columns.")


@dataclass(frozen=True)
class Heading:
    """Level 2 opens a section, level 3 a part of it; the title of the document is level 1.

    `anchor` is the address of the heading inside the document, when others are to point at it.
    """

    text: str
    level: Literal[2, 3] = 2
    new_page: bool = False
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """`lead` is a conclusion, `note` a definition or a caution in small type."""

    text: str
    style: Literal["plain", "lead", "note"] = "plain"


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class KeyFigure:
    """A figure to see at a glance, with what it counts."""

    label: str
    value: Value
    kind: Kind = Kind.INT
    decimals: int = 0
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    title: str
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Figure:
    """A chart and the typed table it was drawn from; the picture's own table when None."""

    chart: Chart
    table: Table | None = None


@dataclass(frozen=True)
class WriteOn:
    """Empty lines to write on by pen, below what to write there."""

    label: str
    lines: int = 3


Block = Heading | Paragraph | Bullets | KeyFigures | Figure | Table | WriteOn


@dataclass(frozen=True)
class Document:
    """`details` stand on the cover; `footer` on every page, beside the page number.

    A `sheet` is short: its title stands on the first page, without a cover or contents.
    `created_on` is the moment of the content, not of the rendering: equal content, equal files.
    """

    title: str
    subtitle: str
    language: str
    author: str
    created_on: date
    details: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    footer: str
    draft: bool = False
    sheet: bool = False

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Every typed table with the heading of its section, in order."""
        section = self.title
        for block in self.blocks:
            match block:
                case Heading(level=2):
                    section = block.text
                case Table():
                    yield section, block
                case Figure(table=Table() as table):
                    yield section, table
                case _:
                    pass
