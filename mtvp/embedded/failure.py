"""The one error of this package."""


class EmbeddedServerError(RuntimeError):
    """A server cannot start, in one line that says what to do about it."""
