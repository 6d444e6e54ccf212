"""Words of a practice in the yearly report: never without its consent, never with its name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.report.states import QUOTED_IN, BlockKind, QuoteSource, QuoteState
from practices.fields import EncryptedTextField
from practices.models import Practice

QUOTE_LENGTH = 600


class ReportQuote(models.Model):
    """`proposed` is what the region asked for, `text` what the practice agrees to: None without
    its consent."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="quotes", verbose_name=_("practice")
    )
    year = models.PositiveSmallIntegerField(_("year of the report"))
    block = models.CharField(
        _("block"), max_length=24, choices=BlockKind, default=BlockKind.EXPERIENCES
    )
    source = models.CharField(
        _("source"), max_length=14, choices=QuoteSource, default=QuoteSource.TYPED
    )
    proposed = EncryptedTextField(_("proposed text"))
    text = EncryptedTextField(_("agreed text"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=QuoteState, default=QuoteState.ASKED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("quote for the yearly report")
        verbose_name_plural = _("quotes for the yearly report")
        ordering = ["-year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(block__in=[str(one) for one in QUOTED_IN]),
                name="report_quote_in_its_block",
            ),
            models.CheckConstraint(
                condition=Q(state=QuoteState.CONSENTED, text__isnull=False)
                | Q(text__isnull=True) & ~Q(state=QuoteState.CONSENTED),
                name="report_quote_only_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(state=QuoteState.ASKED, answered_at__isnull=True)
                | ~Q(state=QuoteState.ASKED) & Q(answered_at__isnull=False),
                name="report_quote_answered_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.year}"
