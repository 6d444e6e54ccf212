"""The region's patient profiles, and the headers of extracts: counts, never a patient."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from highusers.models import Extract, PatientProfile
from practices.reference_site import ReferenceAdmin


@admin.register(PatientProfile)
class PatientProfileAdmin(ReferenceAdmin):
    """There are six; they are filled in, not added."""

    may_add = False
    may_delete = False
    list_display = ("number", "name", "filled_in")
    list_display_links = ("number", "name")
    search_fields = ("name",)
    readonly_fields = ("number",)

    @admin.display(description=_("filled in"), boolean=True)
    def filled_in(self, profile: PatientProfile) -> bool:
        return bool(profile.name and profile.description)


@admin.register(Extract)
class ExtractAdmin(ReferenceAdmin):
    """Which extracts there are. Numbers of patients stand in the overview of the region, where
    what is hidden is judged over all practices: a list beside it would undo that."""

    may_add = False
    may_change = False
    may_delete = False
    list_display = (
        "practice",
        "period_start",
        "period_end",
        "source",
        "definition",
    )
    list_filter = ("source", "shape", "definition")
    list_select_related = ("practice",)
    search_fields = ("practice__name", "practice__code")
    date_hierarchy = "period_end"
    fields = (
        "practice",
        "period_start",
        "period_end",
        "source",
        "shape",
        "definition",
        "threshold",
        "stored_at",
    )
    readonly_fields = ("stored_at",)
