"""No page or file outside the practice shows numbers of patients past the guard of small numbers.

Read from the code itself, in three steps: whoever reads such numbers from the database hides the
small ones in the same module or is a named supplier; whoever takes them from a supplier hides
them; and nothing of the region opens rows of patients. Loading data writes and is left out.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from practices.permissions import BY_REGION_ROLE, OF_OWN_CONSULTANT, ON_BEHALF, Permission

GUARDS = {
    "mtvp.privacy.suppression",
    "monitoring.report.hiding",
    "monitoring.regional_fee.hiding",
    "highusers.overview.hiding",
    "highusers.overview.team",
    "monitoring.indicators.on_few_patients",
    "monitoring.specialisms.hidden_values",
    "practices.reference_site.shown_patients",
}
SUPPLIERS = {
    "monitoring.report.figures",
    "monitoring.regional_fee.facts",
    "highusers.overview.facts",
}
"""They hand numbers on to modules that hide; each of those is checked."""

NO_NUMBERS = {
    *("quarters", "quarter_of", "insurers_with_list"),
    *("tariffs_of", "tariff_per_quarter"),
}
"""What suppliers also offer: days, names and tariffs."""

COUNTS_OTHERS = {"monitoring.report.quality", "monitoring.report.comparing"}
"""They count practices, plans, meetings and definitions only."""

OF_THE_PRACTICE = {"monitoring.report.practice.document"}
"""What a practice reads of its own; the permission is of nobody else (see below)."""

COUNTED = {"Extract", "Panel", "IndicatorValue", "ComparedYear", "RegionEffect"}
ROWS = {"PatientTotal", "HighUser", "PatientPlan", "RemovedPatient", "practice_scope"}
WRITES = ("monitoring/demo/", "monitoring/region_import/", "monitoring/models/")
ROOMS_OF_THE_REGION = ("highusers/overview", "highusers/profiles")
"""Folders below the monitoring that serve the region only."""

SHARED_ROOMS = {"highusers/effect/views.py": "highusers/effect/region_page.py"}
"""Views for practices and region together, and the module that hides for the region."""

_NUMBER = re.compile(
    r"\b(patients|high_users|contacts|numerator|denominator|planned|compared)(_gone)?\b"
)
_TABLE = re.compile(
    r"\b(highusers_(extract|patienttotal|highuser|patientplan)|practices_panel"
    r"|monitoring_indicatorvalue)\b|\bhighusers_team_counts\b"
)


def imported(tree: ast.AST) -> set[str]:
    """Modules, and what is taken from them, by their full names."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def reads_numbers(tree: ast.AST) -> bool:
    """By a model of counts together with the name of a number, or in SQL."""
    models = {name.rsplit(".", 1)[-1] for name in imported(tree)} & COUNTED
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and models and _NUMBER.fullmatch(node.attr):
            return True
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if _TABLE.search(node.value) and _NUMBER.search(node.value):
                return True
            if models and _NUMBER.fullmatch(node.value.split("__")[-1]):
                return True
    return False


def supplied(tree: ast.AST) -> bool:
    """Whether numbers are taken from a supplier: the module as a whole, or a name of it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and {alias.name for alias in node.names} & SUPPLIERS:
            return True
        if isinstance(node, ast.ImportFrom):
            taken = {alias.name for alias in node.names}
            if {f"{node.module}.{one}" for one in taken} & SUPPLIERS:
                return True
            if node.module in SUPPLIERS and taken - NO_NUMBERS:
                return True
    return False


def problem(name: str, source: str) -> str | None:
    tree = ast.parse(source)
    names = imported(tree)
    if opened := {one.rsplit(".", 1)[-1] for one in names} & ROWS:
        return f"{name} opens rows of patients: {sorted(opened)}"
    guarded = bool(names & GUARDS) or name in GUARDS | COUNTS_OTHERS | OF_THE_PRACTICE
    if reads_numbers(tree) and name not in SUPPLIERS and not guarded:
        return f"{name} reads numbers of patients and hides none"
    if supplied(tree) and not guarded and name not in SUPPLIERS:
        return f"{name} takes numbers from a supplier and hides none"
    return None


def outside_the_practice() -> Iterator[tuple[str, str]]:
    base = Path(settings.BASE_DIR)
    paths = [*base.glob("monitoring/**/*.py"), *base.glob("*/admin.py")]
    paths += [path for room in ROOMS_OF_THE_REGION for path in base.glob(f"{room}/**/*.py")]
    paths += [base / name for name in SHARED_ROOMS.values()]
    for path in sorted(set(paths)):
        place = path.relative_to(base).as_posix()
        if "/migrations/" not in place and not place.startswith(WRITES):
            yield place.removesuffix(".py").replace("/", "."), path.read_text()


def test_every_number_of_patients_passes_the_guard():
    modules = dict(outside_the_practice())
    assert set(modules) >= SUPPLIERS | {"highusers.admin", "monitoring.matrix.exports"}
    assert set(modules) >= {"highusers.overview.views", "highusers.overview.choice"}
    found = [said for name, source in modules.items() if (said := problem(name, source))]
    assert found == []


def test_the_own_year_of_a_practice_opens_for_nobody_of_the_region():
    of_region = set().union(*BY_REGION_ROLE.values()) | OF_OWN_CONSULTANT | ON_BEHALF
    assert Permission.SEE_PRACTICE_REPORT not in of_region


def test_every_page_of_the_region_about_patients_is_looked_at():
    base = Path(settings.BASE_DIR)
    serving = {
        path.relative_to(base).as_posix()
        for path in base.glob("highusers/**/*.py")
        if "@region_page(" in path.read_text()
    }
    elsewhere = {name for name in serving if not name.startswith(ROOMS_OF_THE_REGION)}
    assert elsewhere == set(SHARED_ROOMS)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "from highusers.models import Extract\nn = Extract.objects.get().patients",
            "hides none",
        ),
        (
            "from highusers.models import Extract\nExtract.objects.values('high_users')",
            "hides none",
        ),
        (
            "from practices.models import Panel\nPanel.objects.values('practice__panel__patients')",
            "hides none",
        ),
        ("SQL = 'SELECT sum(patients) FROM highusers_extract'", "hides none"),
        (
            "from highusers.models import RegionEffect\nRegionEffect().figures['planned_gone']",
            "hides none",
        ),
        ("SQL = 'SELECT numerator FROM monitoring_indicatorvalue'", "hides none"),
        ("SQL = 'SELECT patients FROM highusers_team_counts()'", "hides none"),
        ("from highusers.overview import facts", "supplier"),
        ("from highusers.overview.facts import practice_years", "supplier"),
        ("from monitoring.report import figures", "supplier"),
        ("import monitoring.report.figures", "supplier"),
        ("from monitoring.regional_fee.facts import quarters, fee_rows", "supplier"),
        ("from monitoring.report.figures import extracts", "supplier"),
        ("from highusers.models import PatientTotal", "rows of patients"),
        ("from practices.isolation import practice_scope", "rows of patients"),
    ],
)
def test_a_page_past_the_guard_is_found(source, said):
    assert said in problem("monitoring.new.views", source)


@pytest.mark.parametrize(
    "source",
    [
        "from mtvp.privacy.suppression import hidden_cells\n"
        "from highusers.models import Extract\nn = Extract.objects.get().patients",
        "from monitoring.report import figures, hiding",
        "from monitoring.regional_fee.facts import quarters",
        "from highusers.overview import facts\nfrom highusers.overview.hiding import judged_years",
        "from highusers.facts import plans",
        "SQL = 'SELECT max(period_end) FROM highusers_extract'",
    ],
)
def test_a_page_behind_the_guard_or_without_numbers_is_left_alone(source):
    assert problem("monitoring.new.views", source) is None


def test_of_the_overview_only_its_guards_know_numbers_that_are_not_hidden():
    """The view passes them from the one to the other; all else gets what may be shown."""
    supplier = "highusers.overview.facts"
    takers = {
        name
        for name, source in outside_the_practice()
        if name.startswith("highusers.")
        and any(one.startswith(supplier) for one in imported(ast.parse(source)))
    }
    guards = {"highusers.overview.hiding", "highusers.overview.team"}
    assert takers - {supplier} == guards | {"highusers.overview.views"}


def test_pages_of_the_region_name_no_number_of_patients():
    """A template could reach through an object that its view hands on."""
    folders = ("templates/monitoring", "templates/highusers/overview")
    paths = [path for one in folders for path in Path(settings.BASE_DIR, one).rglob("*.html")]
    assert len(paths) > 10
    for path in paths:
        variables = re.findall(r"\{[{%].*?[%}]\}", path.read_text())
        shown = [one for one in variables if re.search(r"\.(patients|high_users|extracts)\b", one)]
        assert shown == [], path
