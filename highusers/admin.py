"""The region's patient profiles, and the headers of extracts: counts, never a patient."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from highusers.models import Extract, PatientProfile
from mtvp.privacy.suppression import MINIMUM
from practices.reference_site import ReferenceAdmin, shown_patients


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
    """Outside the practice no figure on fewer than ten patients is shown."""

    may_add = False
    may_change = False
    may_delete = False
    list_display = (
        "practice",
        "period_start",
        "period_end",
        "source",
        "size",
        "number_of_high_users",
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
        "size",
        "number_of_high_users",
        "stored_at",
    )
    readonly_fields = ("size", "number_of_high_users", "stored_at")

    @admin.display(description=_("patients"))
    def size(self, extract: Extract) -> str:
        return shown_patients(extract.patients)

    @admin.display(description=_("high users"))
    def number_of_high_users(self, extract: Extract) -> str:
        others = extract.patients - extract.high_users
        # A few patients below the threshold would follow from the difference.
        return shown_patients(extract.high_users if others >= MINIMUM or not others else 0)
