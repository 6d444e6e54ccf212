"""The one way in which a step says that a whole file cannot be taken."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A file, or what was asked of it, cannot be taken; ``message`` is for the reader.

    The message names headers and sizes, never the contents of a cell.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
