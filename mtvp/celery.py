"""The Celery application; tasks live in the apps' own `tasks.py`."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mtvp.settings")

app = Celery("mtvp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["monitoring.region_import", "monitoring.report"])


@worker_init.connect
def refuse_mighty_log_in(**_: Any) -> None:
    from practices.isolation import exit_unless_restricted

    exit_unless_restricted()
