"""The Celery application; tasks live in the apps' own `tasks.py`."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mtvp.settings")

app = Celery("mtvp")
# Else only the thread that made it knows it, and a task sent from another goes nowhere.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(
    [
        "highusers.effect",
        "interventions.examples",
        "monitoring.region_import",
        "monitoring.report",
        "monitoring.visit_planning",
        "practices.joining",
        "practices.mailing",
        "training.mail",
    ]
)


@setup_logging.connect
def log_as_the_web_does(**_: Any) -> None:
    """Celery's own lines would hold the text of every error, and that text may quote a file."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
def refuse_mighty_log_in(**_: Any) -> None:
    from practices.isolation import exit_unless_restricted

    exit_unless_restricted()
