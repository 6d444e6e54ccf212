"""What the region records about obligations, and figures from elsewhere."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from monitoring.indicators import on_few_patients
from monitoring.models import (
    Exemption,
    IndicatorDefinition,
    IndicatorValue,
    QuestionnaireAnswer,
    RegionalFeeListing,
    Visit,
)
from monitoring.visits.states import VisitState
from practices.reference_site import NOT_SHOWN, ReferenceAdmin


@admin.register(Visit)
class VisitAdmin(ReferenceAdmin):
    """Of a visit of which only the day is known. What was said at one stays with its practice."""

    fields = ("practice", "held_on", "consultant", "time_out_discussed")
    list_display = ("practice", "held_on", "consultant", "time_out_discussed")
    list_filter = ("time_out_discussed",)
    list_select_related = ("practice", "consultant__person")
    search_fields = ("practice__name", "practice__code")
    autocomplete_fields = ("practice", "consultant")
    date_hierarchy = "held_on"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or obj.state == VisitState.RECORDED

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or obj.state == VisitState.RECORDED


@admin.register(QuestionnaireAnswer)
class QuestionnaireAnswerAdmin(ReferenceAdmin):
    """Without what a practice wrote: that is for who follows the questionnaires."""

    exclude = ("answers", "asked")
    list_display = (
        "practice",
        "programme_year",
        "answered_on",
        "plans_made",
        "lasting_habit",
        "flexible_in_use",
    )
    list_filter = ("programme_year", "plans_made", "lasting_habit", "flexible_in_use")
    readonly_fields = (
        *("version", "handed_in_by", "handed_in_at", "on_behalf"),
        *("reopened_by", "reopened_at", "reopen_reason"),
    )
    list_select_related = ("practice",)
    search_fields = ("practice__name", "practice__code")
    autocomplete_fields = ("practice",)
    date_hierarchy = "answered_on"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What was handed in stays with its practice."""
        handed_in = obj is not None and obj.version_id is not None
        return (*self.readonly_fields, *(["practice"] if handed_in else []))


@admin.register(Exemption)
class ExemptionAdmin(ReferenceAdmin):
    list_display = ("practice", "intervention", "programme_year", "recorded_on")
    list_filter = ("intervention", "programme_year")
    list_select_related = ("practice",)
    search_fields = ("practice__name", "practice__code")
    autocomplete_fields = ("practice",)
    date_hierarchy = "recorded_on"


@admin.register(IndicatorDefinition)
class IndicatorDefinitionAdmin(ReferenceAdmin):
    """Every text may change; what the product counts itself it goes on counting."""

    list_display = ("title", "code", "direction", "comparison", "aim", "position")
    list_filter = ("direction", "comparison")
    search_fields = ("title", "code")
    readonly_fields = ("own",)


@admin.register(IndicatorValue)
class IndicatorValueAdmin(ReferenceAdmin):
    """Both numbers of a figure on few patients are kept back; such a row is entered anew."""

    list_display = (
        "definition",
        "detail",
        "year",
        "practice",
        "shown_numerator",
        "shown_denominator",
        "national",
    )
    list_filter = ("year", "definition", ("practice", admin.EmptyFieldListFilter))
    list_select_related = ("definition", "practice")
    search_fields = ("practice__name", "practice__code", "detail")
    autocomplete_fields = ("practice", "definition")
    readonly_fields = ("shown_numerator", "shown_denominator")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        few = obj is not None and _on_few_patients(obj)
        numbers = self.readonly_fields if few else ("numerator", "denominator")
        return ("practice", "year", "definition", "detail", *numbers, "national")

    @admin.display(description=_("numerator"))
    def shown_numerator(self, value: IndicatorValue) -> str:
        return str(NOT_SHOWN) if _on_few_patients(value) else str(value.numerator)

    @admin.display(description=_("denominator"))
    def shown_denominator(self, value: IndicatorValue) -> str:
        return str(NOT_SHOWN) if _on_few_patients(value) else str(value.denominator)


def _on_few_patients(value: IndicatorValue) -> bool:
    return on_few_patients(value.definition.code, value.numerator, value.denominator)


@admin.register(RegionalFeeListing)
class RegionalFeeListingAdmin(ReferenceAdmin):
    list_display = ("practice", "insurer", "from_on", "until_on")
    list_filter = ("insurer", ("until_on", admin.EmptyFieldListFilter))
    list_select_related = ("practice", "insurer")
    search_fields = ("practice__name", "practice__code")
    autocomplete_fields = ("practice", "insurer")
    date_hierarchy = "from_on"
