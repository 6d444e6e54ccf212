"""What import-linter cannot say: which parts of Django a pure module may know."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

KNOWS_NO_REQUEST = ["mtvp/charts", "mtvp/documents", "mtvp/privacy", "mtvp/embedded"]
PURE = [*KNOWS_NO_REQUEST, "highusers/imports"]
FORBIDDEN = ("django.http", "django.views", "django.shortcuts", "django.db")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("folder", PURE)
def test_a_pure_folder_knows_no_request_and_no_database(folder):
    files = sorted(Path(settings.BASE_DIR, folder).rglob("*.py"))
    assert files
    found = {
        (path.name, name) for path in files for name in imported(path) if name.startswith(FORBIDDEN)
    }
    assert found == set()
