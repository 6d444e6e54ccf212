import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from monitoring.models import Report
from monitoring.report import services
from monitoring.report.making import folder_of, make
from practices.models import AuditEvent
from practices.states import AuditAction, AuditOutcome, RegionRoleName
from tests import factories
from tests.monitoring.report.region import random_region, stored, with_list

pytestmark = pytest.mark.django_db


def run(*args: str) -> dict[str, Any]:
    """What the command prints with --json, on success and on refusal."""
    target = StringIO()
    try:
        call_command("annual_report", *args, "--json", stdout=target)
    except CommandError as error:
        assert error.returncode == 1
    answer: dict[str, Any] = json.loads(target.getvalue())
    return answer


def test_three_files_with_the_names_outsiders_use(tmp_path: Path) -> None:
    stored(with_list(random_region(5)))
    answer = run("--year", "2023", "--insurer", "vgz", "--output", str(tmp_path / "new folder"))

    names = ["mtvp-2023-vgz.pdf", "mtvp-2023-vgz.xlsx", "mtvp-2023-vgz.json"]
    assert answer["files"] == [str(tmp_path / "new folder" / name) for name in names]
    assert sorted(path.name for path in (tmp_path / "new folder").iterdir()) == sorted(names)
    data = json.loads(Path(answer["files"][2]).read_bytes())
    assert {name: answer[name] for name in data} == data
    assert (data["year"], data["insurer"], data["as_of"]) == (2023, "VGZ", "2023-12-31")
    assert data["appendix"] is None
    assert set(data["extracts"]) >= {"number", "practices", "patients", "high_users"}
    assert [one["quarter"] for one in data["regional_fee"]] == [
        "2023Q1", "2023Q2", "2023Q3", "2023Q4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Zorg-Zuid", "Zorg-Zuid"),
        ("zorg zuid", "Zorg Zuid"),
        ("Zilveren-Kruis", "Zilveren Kruis"),
    ],
)
def test_an_insurer_is_found_by_its_own_name_first(
    asked: str, answered: str, tmp_path: Path
) -> None:
    for name in ("Zorg Zuid", "Zorg-Zuid", "Zilveren Kruis"):
        factories.insurer(name=name)
    answer = run("--year", "2024", "--insurer", asked, "--output", str(tmp_path))
    assert answer["insurer"] == answered


def test_a_name_in_files_of_two_insurers_names_neither(tmp_path: Path) -> None:
    for name in ("Zorg Zuid", "Zorg-Zuid"):
        factories.insurer(name=name)
    answer = run("--year", "2024", "--insurer", "zorg--zuid", "--output", str(tmp_path))
    assert (len(answer["errors"]), list(tmp_path.iterdir())) == (1, [])


def written(folder: Path, insurer: str) -> str:
    """The beginning that the three files of an insurer share."""
    (stem,) = {Path(path).stem for path in run_for(folder, insurer)["files"]}
    return stem


def run_for(folder: Path, insurer: str) -> dict[str, Any]:
    return run("--year", "2024", "--insurer", insurer, "--output", str(folder))


def test_insurers_whose_slug_is_no_name_of_their_own_get_their_id_behind_it(
    tmp_path: Path,
) -> None:
    ids = {name: factories.insurer(name).pk for name in ("Zorg Zuid", "Zorg-Zuid", "!!!", "CZ")}
    taken = f"Zorg Zuid {ids['Zorg-Zuid']}"
    ids[taken] = factories.insurer(taken).pk

    assert {name: written(tmp_path, name) for name in ids} == {
        "Zorg Zuid": f"mtvp-2024-zorg-zuid-{ids['Zorg Zuid']}",
        "Zorg-Zuid": f"mtvp-2024-zorg-zuid-{ids['Zorg-Zuid']}",
        "!!!": f"mtvp-2024-insurer-{ids['!!!']}",
        "CZ": "mtvp-2024-cz",
        taken: f"mtvp-2024-zorg-zuid-{ids['Zorg-Zuid']}-{ids[taken]}",
    }
    assert len(list(tmp_path.iterdir())) == 3 * len(ids)


def test_an_insurer_is_found_by_its_name_in_files(tmp_path: Path) -> None:
    factories.insurer("Zorg Zuid")
    second = factories.insurer("Zorg-Zuid")
    unnamed = factories.insurer("!!!")
    assert run_for(tmp_path, f"zorg-zuid-{second.pk}")["insurer"] == "Zorg-Zuid"
    assert run_for(tmp_path, f"insurer-{unnamed.pk}")["insurer"] == "!!!"


def test_the_appendix_only_when_chosen_and_on_record(tmp_path: Path) -> None:
    stored(with_list(random_region(5)))
    answer = run("--year", "2023", "--insurer", "VGZ", "--output", str(tmp_path), "--appendix")
    assert len(answer["appendix"]) == answer["practices"]
    event = AuditEvent.objects.get(action=AuditAction.EXPORT)
    assert (event.actor, event.outcome, event.detail["appendix"]) == (
        None, AuditOutcome.DONE, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("year", "insurer"), [("2023", "Onbekend"), ("2023", ""), ("1999", "CZ"), ("9999", "CZ")]
)
def test_what_cannot_be_reported_is_refused_with_a_line(
    tmp_path: Path, year: str, insurer: str
) -> None:
    factories.insurer("CZ")
    answer = run("--year", year, "--insurer", insurer, "--output", str(tmp_path))
    assert len(answer["errors"]) == 1
    assert answer["errors"][0]["message"]
    assert list(tmp_path.iterdir()) == []
    assert AuditEvent.objects.get().outcome == AuditOutcome.REFUSED


def test_this_year_can_be_asked_and_next_year_not(tmp_path: Path) -> None:
    factories.insurer("CZ")
    year = timezone.localdate().year
    assert "errors" not in run("--year", str(year), "--insurer", "CZ", "--output", str(tmp_path))
    assert "errors" in run("--year", str(year + 1), "--insurer", "CZ", "--output", str(tmp_path))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    factories.insurer("CZ")
    (tmp_path / "file").write_text("in the way")
    answer = run("--year", "2023", "--insurer", "CZ", "--output", str(tmp_path / "file" / "x"))
    assert "errors" in answer


def test_nothing_is_stored_and_a_final_report_stays_frozen(tmp_path: Path) -> None:
    stored(with_list(random_region(5)))
    first = run("--year", "2023", "--insurer", "VGZ", "--output", str(tmp_path / "1"))
    assert not Report.objects.exists()
    actor = factories.region_user(RegionRoleName.COORDINATOR)
    insurer = factories.insurer("VGZ")
    build = services.request_build(year=2023, insurer=insurer, appendix=False, actor=actor)
    make(build.code)
    services.make_final(report=Report.objects.get(), actor=actor)
    factories.practice()

    second = run("--year", "2023", "--insurer", "VGZ", "--output", str(tmp_path / "2"))
    third = run("--year", "2023", "--insurer", "VGZ", "--output", str(tmp_path / "3"))
    assert second["practices"] == first["practices"]
    for kind in ("json", "xlsx", "pdf"):
        one, other = (tmp_path / folder / f"mtvp-2023-vgz.{kind}" for folder in ("2", "3"))
        assert one.read_bytes() == other.read_bytes(), kind
    assert third["sha256"] == second["sha256"] == Report.objects.get().sha256
    frozen = (folder_of(build.code) / "mtvp-2023-vgz.json").read_bytes()
    assert (tmp_path / "3" / "mtvp-2023-vgz.json").read_bytes() == frozen
