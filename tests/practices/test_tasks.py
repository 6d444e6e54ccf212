"""The jobs of the clock exist, and do what they are called for."""

import pytest
from django.conf import settings
from django.utils import timezone

from mtvp.celery import app
from practices.models import AuditEvent, TrailSeal, User
from practices.states import AuditAction
from practices.tasks import delete_what_is_due, open_trail_months, seal_trail
from practices.trail import partitions
from tests import factories


def test_every_job_of_the_clock_is_a_task():
    app.loader.import_default_modules()
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert asked - set(app.tasks) == set()


@pytest.mark.django_db
def test_the_trail_is_sealed():
    AuditEvent.objects.create(action=AuditAction.READ, object_type="page")
    seal_trail()
    assert TrailSeal.objects.get().count == 1


@pytest.mark.django_db
def test_months_are_opened():
    open_trail_months()
    assert f"practices_auditevent_{timezone.now():%Y_%m}" in partitions.parts(using="default")


@pytest.mark.django_db
def test_what_is_due_goes():
    factories.user(last_login=timezone.now() - timezone.timedelta(days=1000))
    delete_what_is_due()
    assert not User.objects.filter(is_active=True).exists()
