"""The command answers as an independent computation did for the region folder with real dates."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

DAYS = ("2023-03-01", "2024-04-01", "2025-03-31", "2026-11-01")


pytestmark = pytest.mark.django_db


@pytest.fixture
def region(real_data: Path) -> Path:
    folder = real_data / "region-small"
    call_command("import_region", str(folder), stdout=StringIO())
    return folder


def test_compliance_answers_as_computed_apart(region: Path) -> None:
    for day in DAYS:
        expected = json.loads((region / f"compliance-{day}.json").read_text())
        assert compliance(day) == expected


def compliance(day: str) -> dict:
    out = StringIO()
    call_command("compliance", "--as-of", day, "--json", stdout=out)
    return json.loads(out.getvalue())
