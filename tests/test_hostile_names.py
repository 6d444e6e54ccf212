"""Names come from spreadsheets and forms of others: on no page do they become part of it."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from interventions.models import ConsultationSchedule
from practices.isolation import practice_scope
from tests.region_story import build_region
from tests.test_urls import (
    ANONYMOUS,
    COORDINATOR,
    FACILITATOR,
    OVERSEER,
    OWNER,
    PAGES,
    POSTED,
    READER,
    address,
    people,
    signed_in,
    undone,
)

pytestmark = pytest.mark.django_db

EVIL = "<x-evil>"
OURS = ("practices", "interventions", "highusers", "training", "monitoring")
WHO = (OWNER, COORDINATOR, READER, OVERSEER, FACILITATOR, ANONYMOUS)
TYPED = {
    *("name", "title", "city", "neighbourhood", "place", "registration", "stop_reason"),
    *("pattern", "reason", "capacity_reason", "description", "note", "topic", "provider"),
    *("text", "hint", "reopen_reason"),
    *("who", "how", "moment", "goals", "instruction", "what"),
}
"""Fields of any table that hold what people type."""


def texts() -> Iterator[tuple[type[models.Model], str, int | None]]:
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            for field in model._meta.concrete_fields:
                if field.name in TYPED and isinstance(field, models.CharField | models.TextField):
                    yield model, field.name, getattr(field, "max_length", None)


def poison(model: type[models.Model], name: str, longest: int | None) -> None:
    """Begin the text of each row with a tag, where the table takes it."""
    for row in model._base_manager.all():
        try:
            with transaction.atomic():
                setattr(row, name, f"{EVIL}{row.pk}"[: longest or None])
                row.save(update_fields=[name])
        except IntegrityError:
            continue


def test_no_name_becomes_part_of_a_page(monkeypatch):
    monkeypatch.setattr("monitoring.health.checks.PATIENCE_SECONDS", 0.01)
    region = build_region()
    everyone = {role: signed_in(user) for role, user in people(region).items() if role in WHO}
    ConsultationSchedule.objects.update(said_by=region.doctor, said_at=timezone.now())
    with practice_scope(region.linde):
        for text in texts():
            poison(*text)
    shown, broken = set(), {}
    for name, expected in PAGES.items():
        role = next((one for one in WHO if expected[one] == 200), None)
        if role is None or name in POSTED:
            continue
        with undone():
            answer = everyone[role].get(address(name, region))
            if answer.streaming or "html" not in answer.get("Content-Type", ""):
                continue
            if b"<x-evil" in answer.content:
                broken[name] = answer.content[answer.content.index(b"<x-evil") - 60 :][:120]
            if b"&lt;x-evil" in answer.content:
                shown.add(name)
    assert broken == {}
    assert {"practice_start", "practice_team", "region", "schedules", "reports"} <= shown
