"""Django admin as the place for reference data: who gets in, what is there, and its trail."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from mtvp.privacy.suppression import MINIMUM
from practices.audit import record
from practices.models import Practice
from practices.permissions import Permission
from practices.states import AuditAction, AuditOutcome
from practices.tenancy import access_to_region

NOT_SHOWN = _("not shown (privacy)")


class ReferenceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A table of reference data. The site decides who gets in; each change stands in the trail,
    by the names of its fields, and not in Django's own log."""

    may_add = True
    may_change = True
    may_delete = True
    trail_action: AuditAction | None = None
    save_on_top = True
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the list offers to filter by. Django would take any column of the table from
        the address, and whoever may ask `patients__lt` or `password__startswith` learns both."""
        offered = [
            one[0] if isinstance(one, (list, tuple)) else str(one) for one in self.list_filter
        ] + [self.date_hierarchy or ""]
        asked = any(lookup == name or lookup.startswith(f"{name}__") for name in offered if name)
        return asked and super().lookup_allowed(lookup, value, request)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._record(request, AuditAction.CREATE, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._record(request, AuditAction.CHANGE, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Model]) -> Any:
        for obj in queryset:
            self._record(request, AuditAction.DELETE, obj, ())

    def _record(self, request: HttpRequest, action: AuditAction, obj: Model, message: Any) -> None:
        practice = obj if isinstance(obj, Practice) else getattr(obj, "practice", None)
        detail: dict[str, Any] = {"fields": _changed_fields(message)}
        if self.trail_action:
            detail["event"] = action
        record(
            actor=request.user,  # type: ignore[arg-type]  # the site lets nobody else in
            action=self.trail_action or action,
            obj=obj,
            practice=practice,
            **detail,
        )


class ReferenceSite(admin.AdminSite):
    site_header = _("Administration")
    site_title = _("Administration")
    index_title = _("Reference data")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only what was made for this site: other apps would bring the secrets of accounts."""
        if admin_class is not None and issubclass(admin_class, ReferenceAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        if not user.is_authenticated or not user.is_active:
            return False
        return Permission.MANAGE_REFERENCE_DATA in access_to_region(user)

    @method_decorator(login_not_required)
    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The product's own sign-in; whoever is signed in and comes here may not enter."""
        if not request.user.is_authenticated:
            wanted = request.GET.get("next") or request.get_full_path()
            return redirect_to_login(wanted, settings.LOGIN_URL)
        record(
            actor=request.user,
            action=AuditAction.DENIED,
            obj=("page", Permission.MANAGE_REFERENCE_DATA),
            outcome=AuditOutcome.REFUSED,
        )
        raise PermissionDenied


def shown_patients(patients: int) -> str:
    """A number of patients as administrators may see it."""
    return str(patients if patients >= MINIMUM else NOT_SHOWN)


def _changed_fields(message: Any) -> list[str]:
    """The names in Django's description of a change, which is a list of what was done to what."""
    names: list[str] = []
    if not isinstance(message, (list, tuple)):
        return names
    for part in message:
        for done in part.values():
            names += [str(name) for name in done.get("fields", ())]
            if "name" in done:
                names.append(str(done["name"]))
    return names
