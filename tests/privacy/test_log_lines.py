"""No text of an error reaches the log: it may quote a patient's row."""

import logging
import sys

from celery.app.trace import LOG_FAILURE

from mtvp.privacy.log_lines import WithoutContents

SECRET = "Jansen;111222333"


def line(message: str, *args: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("worker", logging.ERROR, __file__, 1, message, args, info)
    record.exc_text = SECRET
    return WithoutContents("%(levelname)s %(message)s").format(record)


def raised() -> BaseException:
    try:
        try:
            int(SECRET)
        except ValueError as cause:
            raise RuntimeError(f"row {SECRET}") from cause
    except RuntimeError:
        return sys.exc_info()[1]


def test_an_error_is_told_by_kind_and_place():
    told = line("reading failed", error=raised())
    assert SECRET not in told
    assert told.startswith("ERROR reading failed\n")
    assert told.index("builtins.ValueError") < told.index("builtins.RuntimeError")
    assert "in raised" in told


def test_an_error_among_the_arguments_is_told_by_its_kind():
    assert line("went wrong: %s", ValueError(SECRET)) == "ERROR went wrong: builtins.ValueError"


def test_celerys_line_on_a_failed_task_keeps_name_and_number_only():
    context = {
        "name": "highusers.tasks.read_rows",
        "id": "7",
        "description": "raised unexpected",
        "exc": f"ValueError('{SECRET}')",
        "traceback": f"Traceback: {SECRET}",
    }
    told = line(LOG_FAILURE.strip(), context, error=raised())
    assert "highusers.tasks.read_rows[7] raised unexpected" in told
    assert SECRET not in told


def test_other_lines_stay_as_they_are():
    assert line("%s of %d", "one", 2) == "ERROR one of 2"


def test_every_handler_writes_such_lines(settings):
    handlers = logging.getLogger().handlers
    ours = [one for one in handlers if one.name in settings.LOGGING["handlers"]]
    assert ours
    assert all(isinstance(one.formatter, WithoutContents) for one in ours)


def test_a_worker_logs_as_the_web_does():
    from celery.signals import setup_logging

    import mtvp.celery as application

    assert application.app.log.already_setup is False
    told = setup_logging.send(sender=None)
    assert application.log_as_the_web_does in [receiver for receiver, _ in told]
