"""Reference data of practices and people. Patients are not here, and accounts are made by
invitation."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mtvp.privacy.suppression import MINIMUM
from practices.audit import record
from practices.models import (
    AuditEvent,
    Cohort,
    Employment,
    Insurer,
    Norm,
    Panel,
    Person,
    Practice,
    RegionRole,
    Tariff,
    User,
)
from practices.norms import SHIPPED
from practices.reference_site import ReferenceAdmin, shown_patients
from practices.states import AuditAction, RegionRoleName
from practices.tenancy import access_to_region


@admin.register(Cohort)
class CohortAdmin(ReferenceAdmin):
    list_display = (
        "number",
        "name",
        "information_meeting_on",
        "enrol_before",
        "request_before",
        "start_on",
    )
    list_display_links = ("number", "name")
    search_fields = ("name", "number")
    date_hierarchy = "start_on"


@admin.register(Practice)
class PracticeAdmin(ReferenceAdmin):
    """A practice is stopped, not deleted: patients hang on it."""

    may_delete = False
    list_display = ("name", "code", "city", "neighbourhood", "cohort", "consultant", "stopped_on")
    list_filter = (
        "cohort",
        "preferred_insurer",
        "city",
        ("stopped_on", admin.EmptyFieldListFilter),
    )
    list_select_related = ("cohort", "consultant__person")
    search_fields = ("name", "code", "city", "neighbourhood")
    autocomplete_fields = ("cohort", "preferred_insurer", "consultant")
    prepopulated_fields = {"slug": ("name",)}
    exclude = ("manager_sees_plans", "keyed_as")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """People share and print addresses, so a practice keeps its own. Another code is a change
        of practice: patients' keys are made with the first one."""
        return ("slug", "code") if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else super().get_prepopulated_fields(request, obj)


@admin.register(Insurer)
class InsurerAdmin(ReferenceAdmin):
    list_display = ("name",)
    search_fields = ("name",)


@admin.register(Panel)
class PanelAdmin(ReferenceAdmin):
    """A small number of patients is not shown, here neither; it is corrected by taking the row
    away and entering it anew."""

    list_display = ("practice", "quarter", "insurer", "size")
    list_filter = ("quarter", "insurer")
    list_select_related = ("practice", "insurer")
    search_fields = ("practice__name", "practice__code")
    autocomplete_fields = ("practice", "insurer")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        small = obj is not None and obj.patients < MINIMUM
        return ("practice", "quarter", "insurer", "size" if small else "patients")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("size",)

    @admin.display(description=_("patients"))
    def size(self, panel: Panel) -> str:
        return shown_patients(panel.patients)


@admin.register(Tariff)
class TariffAdmin(ReferenceAdmin):
    """To look at: they are recorded and withdrawn on a page of their own, with their history."""

    may_add = False
    may_change = False
    may_delete = False
    list_display = ("kind", "insurer", "valid_from", "valid_until", "amount", "withdrawn_at")
    list_filter = ("kind", "insurer")
    list_select_related = ("insurer",)
    search_fields = ("insurer__name",)
    autocomplete_fields = ("insurer",)
    date_hierarchy = "valid_from"


class NormForm(forms.ModelForm):  # type: ignore[type-arg]
    key = forms.ChoiceField(
        label=_("norm"),
        help_text=_("What the number means; it is printed where a figure is shown."),
        choices=lambda: [
            (norm.key, f"{gettext(norm.title)} ({gettext(norm.unit)})") for norm in SHIPPED
        ],
    )

    class Meta:
        model = Norm
        fields = ("key", "cohort", "valid_from", "value")
        help_texts = {
            "cohort": _("Leave empty for all cohorts. A norm of a cohort goes before one for all."),
            "valid_from": _("Holds for programme years that begin on this day or later."),
        }


@admin.register(Norm)
class NormAdmin(ReferenceAdmin):
    form = NormForm
    list_display = ("title", "cohort", "valid_from", "value", "unit")
    list_filter = ("key", "cohort")
    list_select_related = ("cohort",)
    search_fields = ("key",)
    autocomplete_fields = ("cohort",)
    date_hierarchy = "valid_from"

    @admin.display(description=_("norm"), ordering="key")
    def title(self, norm: Norm) -> str:
        return gettext(_SHIPPED[norm.key].title) if norm.key in _SHIPPED else norm.key

    @admin.display(description=_("unit"))
    def unit(self, norm: Norm) -> str:
        return gettext(_SHIPPED[norm.key].unit) if norm.key in _SHIPPED else ""


_SHIPPED = {norm.key: norm for norm in SHIPPED}


@admin.register(Person)
class PersonAdmin(ReferenceAdmin):
    list_display = ("name", "reference", "email", "registration")
    list_filter = ("employments__role",)
    search_fields = ("name", "reference", "email", "registration")


@admin.register(Employment)
class EmploymentAdmin(ReferenceAdmin):
    """Who is in service may sign in for the practice, so a change is a change of access."""

    trail_action = AuditAction.MEMBERSHIP
    list_display = ("person", "practice", "role", "started_on", "ended_on", "fte")
    list_filter = ("role", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("person", "practice")
    search_fields = ("person__name", "person__reference", "practice__name", "practice__code")
    autocomplete_fields = ("person", "practice")
    date_hierarchy = "started_on"


class RegionRoleInline(admin.TabularInline):  # type: ignore[type-arg]
    model = RegionRole
    extra = 0
    autocomplete_fields = ("insurer",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


@admin.register(User)
class UserAdmin(ReferenceAdmin):
    """Roles for the region, and closing an account. The address and the person behind it decide
    who can get in where: those change by invitation, not here."""

    may_add = False
    may_delete = False
    trail_action = AuditAction.MEMBERSHIP
    list_display = ("email", "name", "person", "is_active", "last_login")
    list_filter = ("is_active", "region_roles__role")
    list_select_related = ("person",)
    search_fields = ("email", "name", "person__name")
    fields = ("email", "name", "phone", "person", "is_active", "last_login")
    readonly_fields = ("email", "person", "last_login")
    inlines = (RegionRoleInline,)


@admin.register(AuditEvent)
class AuditEventAdmin(ReferenceAdmin):
    """What was done, for administrators; looking is itself an event. Events about one patient
    are for the practice and the privacy officer and are not shown here."""

    may_add = False
    may_change = False
    may_delete = False
    list_display = ("at", "actor", "role", "action", "object_type", "practice", "outcome")
    list_filter = ("action", "outcome", "object_type")
    list_select_related = ("actor__person", "practice")
    search_fields = ("actor__email", "practice__name", "practice__code", "object_type")
    fields = ("at", "actor", "role", "practice", "action", "object_type", "object_id", "outcome")
    date_hierarchy = "at"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not request.user.is_authenticated:
            return False
        return RegionRoleName.ADMIN in access_to_region(request.user).role.split(",")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        return (
            AuditEvent.objects.filter(patient_key=None)
            .exclude(object_type__startswith="highusers.")
            .order_by("-at", "-id")
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if self.has_view_permission(request):
            record(
                actor=request.user,  # type: ignore[arg-type]
                action=AuditAction.SEARCH,
                obj=(AuditEvent._meta.label_lower, ""),
            )
        return super().changelist_view(request, extra_context)
