"""Log lines on errors: which kind, and where in the code; never the text of an error.

The database and the readers of files quote in their errors the row or cell that they stumbled
over, and that may be a patient's.
"""

import copy
import logging
import traceback
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutContents(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        bare = copy.copy(record)
        bare.exc_text = None
        bare.args = _without_texts(record.args)
        return super().format(bare)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802  (logging's name)
        error = ei[1]
        return "" if error is None else "".join(_places(error)).rstrip()


def _without_texts(args: Any) -> Any:
    """Errors among the arguments by their kind. Celery passes a mapping with the error as text."""
    if isinstance(args, Mapping):
        left_out = {name: "(text left out)" for name in ("exc", "traceback") if name in args}
        return {name: _kind(value) for name, value in args.items()} | left_out
    if isinstance(args, tuple):
        return tuple(_kind(value) for value in args)
    return args


def _kind(value: object) -> object:
    return _name(value) if isinstance(value, BaseException) else value


def _places(error: BaseException) -> Iterator[str]:
    """The error's frames and kind, after those of what caused it."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from _places(earlier)
    yield from traceback.format_tb(error.__traceback__)
    yield f"{_name(error)}\n"


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"
