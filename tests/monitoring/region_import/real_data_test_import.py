"""The region folder with real dates: twice the same, and then as an independent computation."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db

DAYS = ("2023-03-01", "2024-04-01", "2025-03-31", "2026-11-01")


def run(*arguments: str) -> Any:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_folder_twice_changes_nothing_and_compliance_is_as_computed_apart(
    real_data: Path,
) -> None:
    folder = real_data / "region-small"
    first = run("import_region", str(folder))
    assert all(counts["new"] == counts["rows"] for counts in first["files"].values())
    assert (first["files"]["practices.csv"]["rows"], first["files"]["plans.csv"]["rows"]) == (8, 94)

    again = run("import_region", str(folder))
    assert all(counts["unchanged"] == counts["rows"] for counts in again["files"].values())
    assert again["made"] == {"insurers": 0, "people": 0, "accounts": 0}
    assert again["warnings"] == first["warnings"]

    for day in DAYS:
        expected = json.loads((folder / f"compliance-{day}.json").read_text())
        assert run("compliance", "--as-of", day) == expected
