"""The named sets of the yearly report: its blocks, what people write, quotes, the meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BlockKind(models.TextChoices):
    """The blocks in the order in which a report has them."""

    SUMMARY = "samenvatting", _("Summary")
    AGREEMENTS = "afspraken", _("Agreements of the last meeting")
    PARTICIPATION = "deelname", _("Participation")
    ROLL_OUT = "uitrol", _("Roll-out of the interventions")
    HIGH_USERS = "veelgebruikers", _("High users and contacts")
    TRAINING = "scholing", _("Training and intervision")
    TIME_OUTS = "time-outs-en-bezoeken", _("Time-outs and visits")
    QUESTIONNAIRES = "vragenlijsten", _("Questionnaires")
    EXPERIENCES = "ervaringen", _("Experiences")
    ADDED_VALUE = "meerwaarde", _("Added value")
    BOTTLENECKS = "knelpunten", _("Bottlenecks")
    INDICATORS = "indicatoren", _("Indicators and goals")
    REGIONAL_FEE = "regioprestatie", _("Regional fee (regioprestatie)")
    REQUESTS = "verzoeken", _("Requests to the insurers")


QUOTED_IN = (BlockKind.EXPERIENCES, BlockKind.ADDED_VALUE, BlockKind.BOTTLENECKS)
"""Where the words of practices stand."""

ONLY_WORDS = frozenset({BlockKind.EXPERIENCES, BlockKind.ADDED_VALUE, BlockKind.REQUESTS})
"""Blocks without figures: one of which nobody wrote is empty."""


class BlockState(models.TextChoices):
    TO_WRITE = "to_write", _("To be written")
    WRITING = "writing", _("Being written")
    READY = "ready", _("Ready")


class QuoteState(models.TextChoices):
    """Only a consented one stands in a report; the last two are ends that a practice chose."""

    ASKED = "asked", _("Waits for the practice")
    CONSENTED = "consented", _("The practice consents")
    DECLINED = "declined", _("The practice declines")
    WITHDRAWN = "withdrawn", _("Consent withdrawn")


class QuoteSource(models.TextChoices):
    VISIT = "visit", _("said at a visit")
    QUESTIONNAIRE = "questionnaire", _("written in a questionnaire")
    TYPED = "typed", _("told to the region")


class AgreementState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    NOT_DONE = "not_done", _("Not done")


class ReadingKind(models.TextChoices):
    """What a reader at an insurer opened or took along."""

    PAGE = "page", _("read on the page")
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"
    SLIDES = "slides", _("slides (PDF)")
