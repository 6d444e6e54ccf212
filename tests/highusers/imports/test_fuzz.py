"""Whatever the file: an outcome or a refusal, and no word of it where it does not belong."""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings

from highusers import tasks
from highusers.imports.pipeline import parse, suggest
from highusers.imports.refusal import Refused
from highusers.models import Extract, HighUser, PatientTotal
from highusers.services import import_extract
from highusers.uploads import holding, services
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice
from practices.states import ImportState
from tests import factories
from tests.highusers.imports.broken_files import GOOD, SECRETS, broken_files
from tests.highusers.imports.files import YEAR

# Always the same files, so that a red test stays red; a fixture may serve all of them.
fuzz = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def undone(test: Callable[..., None]) -> Callable[..., None]:
    """Each file meets an empty database, and its own log."""

    @wraps(test)
    def alone(data: bytes, caplog: pytest.LogCaptureFixture) -> None:
        caplog.clear()
        caplog.set_level(logging.DEBUG)
        with transaction.atomic():
            test(data, caplog)
            transaction.set_rollback(True)

    return alone


def assert_no_secret(text: str) -> None:
    assert not [secret for secret in SECRETS if secret in text]


@settings(fuzz, max_examples=150)
@given(data=broken_files)
def test_reading_gives_an_outcome_or_a_refusal_without_a_cell(data: bytes) -> None:
    told: list[Any] = []
    try:
        told.append(parse(data, period=YEAR).summary())
    except Refused as refused:
        told.append(refused.message)
    try:
        suggestion = suggest(data)
        headers = [header.label for header in suggestion.headers]
        told += [headers, suggestion.forbidden, suggestion.problem]
    except Refused as refused:
        told.append(refused.message)
    assert_no_secret(json.dumps(told, ensure_ascii=False))


@pytest.mark.django_db
@settings(fuzz, max_examples=30)
@given(data=broken_files)
@undone
def test_an_import_is_whole_or_nothing(data: bytes, caplog: pytest.LogCaptureFixture) -> None:
    practice = factories.practice()
    try:
        parsed = import_extract(practice=practice, data=data, period=YEAR, actor=None)
    except Refused:
        assert not Extract.objects.filter(practice=practice).exists()
        assert counted(practice) == (0, 0)
    else:
        extract = Extract.objects.get(practice=practice)
        assert counted(practice) == (extract.patients, extract.high_users)
        assert extract.patients == parsed.number_of_patients > 0
    assert AuditEvent.objects.filter(practice=practice).count() == 1
    assert_no_secret(caplog.text)
    assert_no_secret(whole_database())


@pytest.mark.django_db
@settings(fuzz, max_examples=25)
@given(data=broken_files)
@undone
def test_an_upload_ends_in_a_state_that_a_person_can_act_on(
    data: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    practice = factories.practice()
    colleague = factories.staff_user(practice)
    upload = services.start_upload(practice=practice, actor=colleague, data=data, period=YEAR)
    tasks.look_at_columns(upload.pk, "nl")
    upload.refresh_from_db()
    if upload.state == ImportState.COLUMNS:
        chosen = holding.kept_cells(upload.code)["chosen"]
        services.choose_columns(upload=upload, choices=services.fields_of(chosen))
        tasks.read_rows(upload.pk, "nl")
    upload.refresh_from_db()
    assert upload.state in (ImportState.ROWS, ImportState.REFUSED)
    shown = holding.kept_cells(upload.code)
    assert upload.state == ImportState.ROWS or shown["refusal"]
    if upload.state == ImportState.ROWS and shown["summary"]["patients"]:
        services.confirm(upload=upload, replaces="")
        tasks.store_upload(upload.pk, "nl")
        upload.refresh_from_db()
        assert upload.state == ImportState.STORED
    told = [shown.get(name) for name in ("headers", "forbidden", "problem", "refusal", "summary")]
    assert_no_secret(json.dumps(told, ensure_ascii=False))
    assert_no_secret(caplog.text)
    assert_no_secret(whole_database())
    holding.let_go(upload.code)


@pytest.mark.django_db
def test_the_secrets_are_in_the_files_and_the_search_would_find_them() -> None:
    """The oracle itself: without it an empty search would pass for a clean one."""
    assert all(parse(data, period=YEAR).number_of_patients in (3, 12) for data in GOOD)
    assert any(secret.encode() in GOOD[0] for secret in SECRETS)
    practice = factories.practice(name=SECRETS[0])
    with pytest.raises(AssertionError):
        assert_no_secret(whole_database())
    assert Practice.objects.get().pk == practice.pk


def counted(practice: Practice) -> tuple[int, int]:
    with practice_scope(practice):
        return PatientTotal.objects.count(), HighUser.objects.count()


def whole_database() -> str:
    """Every row of every table of the application, as the practices themselves see them."""
    found = []
    for practice in Practice.objects.all():
        with practice_scope(practice), connection.cursor() as cursor:
            for model in apps.get_models():
                if model._meta.app_label in ("highusers", "practices"):
                    cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                    found += cursor.fetchall()
    return str([bytes(x) if isinstance(x, memoryview) else x for row in found for x in row])
