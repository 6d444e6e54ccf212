"""Words for where the making of a report stands."""

from django.utils.translation import gettext as _


def step_words(step: str) -> str:
    return {
        "": _("Waiting for its turn"),
        "figures": _("Counting the figures"),
        "pdf": _("Writing the PDF"),
        "xlsx": _("Writing the workbook"),
        "json": _("Writing the data file"),
        "store": _("Storing the report"),
    }[step]


def error_words(error: str) -> str:
    """What went wrong and what to do."""
    return {
        "storage": _(
            "The files could not be stored. Nothing was kept. Check whether the disk is full and "
            "try again."
        ),
        "pdf": _(
            "The PDF could not be made: a part of the installation is missing. Nothing was kept. "
            "Ask the administrator to run: make install"
        ),
        "interrupted": _(
            "The making of the report was interrupted several times. Nothing was kept. Try again."
        ),
    }.get(error, _("Something went wrong on our side. Nothing was kept. Try again."))
