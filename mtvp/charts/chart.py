"""What every figure function returns: the picture, its words and the same data as a table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chart:
    """A figure for page and PDF alike.

    `conclusion` is a sentence drawn from the data. `headers` and `rows` hold what the picture
    shows, formatted in the language that was active when the figure was made; the first column
    names the row.
    """

    title: str
    conclusion: str
    svg: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
