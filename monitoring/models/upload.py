"""The region's spreadsheets on their way in."""

from django.db import models

from practices.models import HeldUpload


class RegionUpload(HeldUpload):
    """Spreadsheets that the coordinator sent; files, remarks and figures are in
    `monitoring.region_import.holding`.

    `seen` says which figures the person saw when confirming, `stored` what storing did: rows that
    are new, changed and as they were."""

    seen = models.CharField(max_length=64, blank=True)
    stored = models.JSONField(default=dict)
