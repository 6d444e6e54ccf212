"""Makes our own site the default of Django admin; loaded before any model."""

from django.contrib.admin.apps import AdminConfig


class ReferenceAdminConfig(AdminConfig):
    default_site = "practices.reference_site.ReferenceSite"
