"""The command: the contract's JSON, words for people, and its exit codes."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from monitoring.management.commands.compliance import Command
from tests import factories

pytestmark = pytest.mark.django_db


def answer(*arguments: str) -> dict:
    out = StringIO()
    call_command("compliance", "--json", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_the_shape_of_the_contract() -> None:
    practice = factories.practice(code="01000001", start_on=date(2024, 2, 29))
    factories.employment(practice=practice)
    found = answer("--as-of", "2024-12-01")
    obligations = found["practices"][0].pop("obligations")
    assert found == {
        "as_of": "2024-12-01",
        "practices": [{"code": "01000001", "programme_year": 1, "year_ends": "2025-02-27"}],
    }
    assert len(obligations) == 8
    assert obligations[5] == {
        "intervention": 5,
        "programme_year": 1,
        "status": "at_risk",
        "deadline": "2025-02-27",
        "parts": [{"name": "professionals", "achieved": 0, "required": 1, "status": "at_risk"}],
    }


def test_before_the_start_the_year_is_null() -> None:
    factories.practice(code="01000001", start_on=date(2024, 2, 29))
    [found] = answer("--as-of", "2024-02-28")["practices"]
    assert (found["programme_year"], found["year_ends"]) == (None, None)


def test_one_practice_and_today() -> None:
    factories.practice(code="01000001")
    factories.practice(code="01000002")
    found = answer("--practice", "01000002")
    assert found["as_of"] == timezone.localdate().isoformat()
    assert [one["code"] for one in found["practices"]] == ["01000002"]


def test_a_region_without_practices() -> None:
    assert answer("--as-of", "2024-02-28") == {"as_of": "2024-02-28", "practices": []}


def test_an_unknown_practice_is_named_as_an_error() -> None:
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command(
            "compliance", "--json", "--practice", "99999999", "--as-of", "2024-02-28", stdout=out
        )
    assert refusal.value.returncode == 1
    assert json.loads(out.getvalue()) == {
        "as_of": "2024-02-28",
        "errors": [{"message": str(refusal.value)}],
    }


@pytest.mark.parametrize(
    "day", ["2024-02-30", "30-01-2024", "morgen", "", "9999-12-31", "0001-01-01"]
)
def test_a_date_that_is_none_is_wrong_usage(day: str, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as leaving:
        Command().run_from_argv(["manage.py", "compliance", "--as-of", day])
    assert leaving.value.code == 2
    assert "--as-of" in capsys.readouterr().err


def test_words_for_people() -> None:
    practice = factories.practice(code="01000001", start_on=date(2023, 4, 1))
    factories.employment(practice=practice)
    out = StringIO()
    with translation.override("en"):
        call_command("compliance", "--as-of", "2023-12-01", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "01000001 · Year 1, up to and including March 31, 2024"
    assert lines[6] == (
        "  The other conversation, year 1 · Not started yet · 0 of 1 GPs and POHs done"
        " · 1 more GP or POH needed"
    )
    assert len(lines) == 9
