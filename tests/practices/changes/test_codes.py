"""Files go on naming a practice by the code it had."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from highusers.models import HighUser
from practices.changes.services import change_code
from practices.isolation import practice_scope
from practices.models import Practice
from practices.states import RegionRoleName
from tests import factories
from tests.monitoring.region_import.region_files import basis, load

pytestmark = pytest.mark.django_db

PLANS = """
practice,drafted_on,patient,contacts_before
{code},2024-05-01,V-01,41
"""
VISITS = """
practice,date,time_out_discussed
{code},2024-03-02,yes
"""


def test_a_former_code_is_the_practice_with_a_warning_and_the_same_patient() -> None:
    basis()
    load(plans=PLANS.format(code="01000001"))
    linde = Practice.objects.get(code="01000001")
    change_code(
        practice=linde,
        code="01000077",
        day=date(2025, 5, 1),
        actor=factories.region_user(RegionRoleName.COORDINATOR),
    )
    for code, warnings in (("01000001", {"former_code"}), ("01000077", set())):
        draft = load(plans=PLANS.format(code=code), visits=VISITS.format(code=code))
        assert draft.errors == []
        assert {warning.code for warning in draft.warnings} == warnings
    assert linde.visits.count() == 1
    with practice_scope(linde):
        assert HighUser.objects.count() == 1, "one patient under either code"
    assert Practice.objects.count() == 2


def test_a_code_that_nobody_had_is_refused_as_before() -> None:
    basis()
    draft = load(visits=VISITS.format(code="01000055"))
    assert [(error.row, error.column) for error in draft.errors] == [(2, "practice")]


def test_an_extract_with_the_former_code_is_the_practices(tmp_path, capsys) -> None:
    practice = factories.practice(code="01000001")
    actor = factories.region_user(RegionRoleName.COORDINATOR)
    change_code(practice=practice, code="01000077", day=date(2025, 5, 1), actor=actor)
    file = tmp_path / "uitdraai.csv"
    file.write_text("Patnr;Contacten\n1042;41\n1043;12\n")
    period = ["--from", "2024-01-01", "--to", "2024-12-31"]
    call_command("import_extract", "--practice", "01000001", *period, "--json", str(file))
    said = capsys.readouterr()
    assert json.loads(said.out)["patients"] == 2
    assert "01000077" in said.err
    assert practice.extracts.count() == 1
