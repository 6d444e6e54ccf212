"""What every figure function returns: the picture, its words and the same data as a table."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, ParamSpec

NARROW = 300
"""Width of the rendering for a phone: there the text of a wider one would shrink below 13 px."""

Args = ParamSpec("Args")


@dataclass(frozen=True)
class Chart:
    """A figure for page and PDF alike.

    `conclusion` is a sentence drawn from the data. `headers` and `rows` hold what the picture
    shows, formatted in the language that was active when the figure was made; the first column
    names the row. `narrow` draws the same for a narrow column; paper never asks for it.
    """

    title: str
    conclusion: str
    svg: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    narrow: Callable[[], str] | None = field(default=None, compare=False, repr=False)


def also_narrow(draw: Callable[Args, Chart]) -> Callable[Args, Chart]:
    """Give the chart of a function that takes a `width` its rendering for a narrow column."""

    @wraps(draw)
    def both(*args: Args.args, **kwargs: Args.kwargs) -> Chart:
        narrower: Any = {**kwargs, "width": NARROW}
        return replace(draw(*args, **kwargs), narrow=lambda: draw(*args, **narrower).svg)

    return both
