"""The command's outside shape: arguments, JSON, exit codes."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from highusers.models import Extract
from practices.models import AuditEvent, Practice
from tests import factories
from tests.highusers.imports.files import csv_of

pytestmark = pytest.mark.django_db
PERIOD = ["--from", "2023-04-01", "--to", "2024-03-31"]


@pytest.fixture
def practice() -> Practice:
    return factories.practice()


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    rows = [["Patnr", "Naam", "Contacten"], ["1", "Voorbeeld", "30"], ["2", "Voorbeeld", "geheim"]]
    path = tmp_path / "uitdraai.csv"
    path.write_bytes(csv_of([*rows, ["Totaal", "", "30"]]))
    return path


def run(*arguments: object) -> tuple[int, str]:
    """Exit code and what was printed."""
    out = io.StringIO()
    try:
        call_command("import_extract", *map(str, arguments), stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


def test_the_answer(practice: Practice, extract: Path) -> None:
    code, printed = run("--practice", practice.code, *PERIOD, "--json", extract)
    answer = json.loads(printed)
    assert code == 0
    assert list(answer) == [
        "practice", "period", "shape", "encoding", "delimiter", "mapping", "dropped_columns",
        "definition", "rows", "rejected_rows", "patients", "contacts", "threshold", "high_users",
        "warnings", "errors",
    ]  # fmt: skip
    assert answer["practice"] == practice.code
    assert answer["period"] == ["2023-04-01", "2024-03-31"]
    assert answer["mapping"] == {"patient": "Patnr", "total": "Contacten"}
    assert answer["dropped_columns"] == ["Naam"]
    assert [(e["row"], e["column"], sorted(e)) for e in answer["errors"]] == [
        (3, "Contacten", ["column", "message", "row"])
    ]
    assert "total_line" in {warning["code"] for warning in answer["warnings"]}
    figures = ("rows", "rejected_rows", "patients", "contacts", "threshold", "high_users")
    assert [answer[name] for name in figures] == [2, 1, 1, 30, 30, 1]
    assert "geheim" not in printed
    assert Extract.objects.get().patients == 1


def test_for_people(practice: Practice, extract: Path) -> None:
    code, printed = run("--practice", practice.code, *PERIOD, extract)
    assert code == 0
    assert "Naam" in printed
    assert "geheim" not in printed


def test_a_chosen_column_and_definition(practice: Practice, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(csv_of([["Kol 1", "Kol 2"], ["1", "30"]]))
    chosen = ["--map", "patient=Kol 1", "--map", "total=kol 2", "--definition", "Regioprestatie"]
    code, printed = run("--practice", practice.code, *PERIOD, *chosen, "--json", path)
    assert code == 0
    assert json.loads(printed)["mapping"] == {"patient": "Kol 1", "total": "Kol 2"}
    assert json.loads(printed)["definition"] == "Regioprestatie"


def test_a_file_that_is_refused(practice: Practice, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(csv_of([["Patnr", "Plaats"], ["1", "Goirle"]]))
    code, printed = run("--practice", practice.code, *PERIOD, "--json", path)
    answer = json.loads(printed)
    assert code == 1
    assert list(answer) == ["practice", "period", "errors"]
    (error,) = answer["errors"]
    assert (error["row"], error["column"]) == (None, None)
    assert "Patnr, Plaats" in error["message"]
    assert "Goirle" not in printed
    assert not Extract.objects.exists()
    assert AuditEvent.objects.get().outcome == "refused"


def test_a_practice_that_does_not_exist(extract: Path) -> None:
    code, printed = run("--practice", "99999999", *PERIOD, "--json", extract)
    assert code == 1
    assert json.loads(printed)["errors"][0]["message"]
    assert AuditEvent.objects.get().outcome == "refused"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--practice", "1", "--from", "2023-02-30", "--to", "2024-03-31", "x.csv"],
        ["--practice", "1", *PERIOD, "--map", "patient", "x.csv"],
        ["--practice", "1", *PERIOD, "--map", "naam=Naam", "x.csv"],
        ["--practice", "1", *PERIOD, "--definition", "Eigen", "x.csv"],
        [*PERIOD, "x.csv"],
    ],
)
def test_wrong_usage_is_a_usage_error(arguments: list[Any]) -> None:
    with pytest.raises(CommandError):
        call_command("import_extract", *arguments)


def test_a_file_that_is_not_there(practice: Practice, tmp_path: Path) -> None:
    code, _printed = run("--practice", practice.code, *PERIOD, tmp_path / "weg.csv")
    assert code == 2
