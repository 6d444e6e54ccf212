"""The region's spreadsheets on their way in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.models import HeldUpload


class RegionUpload(HeldUpload):
    """Spreadsheets that the coordinator sent; files, remarks and figures are in
    `monitoring.region_import.holding`.

    `seen` says which figures the person saw when confirming, `stored` what storing did: rows that
    are new, changed and as they were; `page` is the name of the address where it was begun."""

    seen = models.CharField(max_length=64, blank=True)
    stored = models.JSONField(default=dict)
    page = models.CharField(max_length=40, default="import_region")

    class Meta(HeldUpload.Meta):
        verbose_name = _("upload of spreadsheets of the region")
        verbose_name_plural = _("uploads of spreadsheets of the region")
