"""What an example is of, and how far it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExampleKind(models.TextChoices):
    STORY = "story", _("Story of a patient")
    PLAN = "plan", _("Plan for a patient")
    AGENDA = "agenda", _("Way to lay out the day")
    CONVERSATION = "conversation", _("Conversation that went well")
    SCRIPT = "script", _("What to say on the telephone")
    OTHER = "other", _("Something else")


class ExampleState(models.TextChoices):
    """Only what is published is read by others."""

    OFFERED = "offered", _("Waits for PrimaCura")
    PUBLISHED = "published", _("In the library")
    DECLINED = "declined", _("Not in the library")
    WITHDRAWN = "withdrawn", _("Taken back")


class DocumentState(models.TextChoices):
    """Of the document with an example. Nobody takes it out before it is ready; the last two say to
    who handed it in why it was refused."""

    WAITING = "waiting", _("We are looking at the document.")
    READY = "ready", _("with a document")
    ACTS = (
        "acts",
        _(
            "This PDF runs something or carries another file. Print it to a new PDF, and choose "
            "that one."
        ),
    )
    UNREADABLE = (
        "unreadable",
        _(
            "We cannot open this file: it is damaged, locked or very large. Save it anew and "
            "choose it again."
        ),
    )
