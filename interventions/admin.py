"""Consultation schedules of practices."""

from django.contrib import admin

from interventions.models import ConsultationSchedule
from practices.reference_site import ReferenceAdmin


@admin.register(ConsultationSchedule)
class ConsultationScheduleAdmin(ReferenceAdmin):
    list_display = ("practice", "pattern", "in_use_from", "in_use_until", "on_behalf")
    readonly_fields = ("said_by", "said_at", "on_behalf")
    list_filter = (("in_use_from", admin.EmptyFieldListFilter),)
    list_select_related = ("practice",)
    search_fields = ("practice__name", "practice__code", "pattern")
    autocomplete_fields = ("practice",)
    date_hierarchy = "in_use_from"
