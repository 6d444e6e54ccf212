"""The command: its exit codes, its JSON, and what it never prints."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from practices.models import Practice
from tests.monitoring.region_import.region_files import COHORTS, PRACTICES, STAFF

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "regio"
    place.mkdir()
    for name, text in (("cohorts", COHORTS), ("practices", PRACTICES), ("staff", STAFF)):
        (place / f"{name}.csv").write_text(text.strip())
    return place


def run(folder: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_region", str(folder), *options, stdout=out)
    return out.getvalue()


def failing(folder: Path, *options: str) -> tuple[str, int]:
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_region", str(folder), *options, stdout=out)
    return out.getvalue(), refusal.value.returncode


def test_counts_and_warnings_as_one_json_object(folder: Path) -> None:
    (folder / "notities.csv").write_text("a,b\n1,2\n")
    answer = json.loads(run(folder, "--json"))
    assert answer["files"]["staff.csv"] == {"rows": 2, "new": 2, "changed": 0, "unchanged": 0}
    assert answer["made"] == {"insurers": 1, "people": 2, "accounts": 2}
    assert answer["errors"] == []
    (warning,) = answer["warnings"]
    assert {key: warning[key] for key in ("code", "file", "row", "column")} == {
        "code": "unknown_file",
        "file": "notities.csv",
        "row": None,
        "column": None,
    }


def test_errors_as_one_json_object_and_exit_code_1(folder: Path) -> None:
    (folder / "staff.csv").write_text(STAFF.strip().replace("gp_owner", "geheim"))
    out, code = failing(folder, "--json")
    answer = json.loads(out)
    assert code == 1
    assert list(answer) == ["errors"]
    (error,) = answer["errors"]
    message = error.pop("message")
    assert error == {"file": "staff.csv", "row": 2, "column": "role"}
    assert "gp_owner" in message
    assert "geheim" not in out
    assert Practice.objects.count() == 0


def test_wrong_usage_is_exit_code_2(folder: Path) -> None:
    assert failing(folder / "nergens") == ("", 2)
    assert failing(folder / "staff.csv") == ("", 2)
    with pytest.raises(CommandError, match="FOLDER"):
        call_command("import_region")


def test_people_read_lines(folder: Path) -> None:
    (folder / "panels.csv").write_text("practice,quarter,insurer,patients\n1000001,2024Q1,CZ,10\n")
    lines = run(folder).splitlines()
    assert lines[0].startswith("cohorts.csv: 1 ")
    assert lines[-1].startswith("panels.csv, ")
    assert "practice" in lines[-1]
    (folder / "panels.csv").write_text("practice,quarter,insurer,patients\n1000001,2024Q9,CZ,10\n")
    out, code = failing(folder)
    assert (code, len(out.splitlines())) == (1, 1)
    assert "2024Q9" not in out
