"""WSGI entry point; refuses to serve under a log-in that row-level security does not bind."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mtvp.settings")

application = get_wsgi_application()

from practices.isolation import exit_unless_restricted  # noqa: E402  (needs the loaded apps)

exit_unless_restricted()

resolve("/")  # loads all views, so that nobody waits for them
gc.collect()
gc.freeze()  # what is loaded stays: the collector need not go through it at every turn
