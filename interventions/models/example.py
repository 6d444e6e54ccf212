"""What practices learn from one another: short texts in which no patient can be known."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interventions import querysets
from interventions.examples.states import DocumentState, ExampleKind, ExampleState
from practices.fields import EncryptedBytesField
from practices.models import Practice
from practices.states import FileKind
from practices.texts.rendering import running_text


class Example(models.Model):
    """Offered by a practice, or written by the region (no `practice`). `intervention` is 1 to 6 or
    empty for all; `profile` is the number of one of the region's six. `search` is made by the
    database from the Dutch words of title and text."""

    kind = models.CharField(_("kind"), max_length=16, choices=ExampleKind)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), max_length=6000)
    intervention = models.PositiveSmallIntegerField(_("intervention"), null=True, blank=True)
    profile = models.PositiveSmallIntegerField(_("patient profile"), null=True, blank=True)
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="examples",
        verbose_name=_("practice"),
    )
    practice_named = models.BooleanField(_("the practice may be named"), default=False)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("offered by")
    )
    offered_at = models.DateTimeField(_("offered at"), default=timezone.now)
    state = models.CharField(
        _("status"), max_length=12, choices=ExampleState, default=ExampleState.OFFERED
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="dutch")
        + SearchVector("body", weight="B", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = querysets.ExampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("example")
        verbose_name_plural = _("examples")
        ordering = ["-offered_at"]
        indexes = [GinIndex(fields=["search"], name="example_search")]
        constraints = [
            models.CheckConstraint(
                condition=Q(intervention__isnull=True) | Q(intervention__range=(1, 6)),
                name="example_intervention",
            ),
            models.CheckConstraint(
                condition=Q(profile__isnull=True) | Q(profile__range=(1, 6)),
                name="example_profile",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def excerpt(self) -> str:
        """On one line, to be cut short."""
        return running_text(self.body)


class ExampleDocument(models.Model):
    """The file with an example, in a table of its own so that lists never load it: as it was handed
    in while a worker has to look at it, then a harmless copy, or nothing when it was refused.
    Another file is another row, so a worker cannot put the copy of an earlier one in its place."""

    example = models.OneToOneField(
        Example, models.CASCADE, related_name="document", verbose_name=_("example")
    )
    kind = models.CharField(_("kind"), max_length=4, choices=FileKind)
    content = EncryptedBytesField(_("content"))
    size = models.PositiveIntegerField(_("size"))
    kept_at = models.DateTimeField(_("kept at"), default=timezone.now)
    state = models.CharField(
        _("status"), max_length=12, choices=DocumentState, default=DocumentState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    heard_at = models.DateTimeField(_("last heard of"), default=timezone.now)

    objects = querysets.ExampleDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document with an example")
        verbose_name_plural = _("documents with examples")

    def __str__(self) -> str:
        return f"{self.example_id}: {self.kind}"

    @property
    def is_ready(self) -> bool:
        return self.state == DocumentState.READY

    @property
    def is_waiting(self) -> bool:
        return self.state == DocumentState.WAITING


class ExampleThanks(models.Model):
    """Somebody found an example useful."""

    example = models.ForeignKey(
        Example, models.CASCADE, related_name="thanks", verbose_name=_("example")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("thanks for an example")
        verbose_name_plural = _("thanks for examples")
        constraints = [
            models.UniqueConstraint(fields=["example", "user"], name="example_thanked_once")
        ]

    def __str__(self) -> str:
        return f"{self.example_id}: {self.user_id}"
