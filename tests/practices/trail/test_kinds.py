"""What an event speaks of is told in words, in the reader's language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from practices.models.audit import OTHER_KINDS

APPS = ("practices", "interventions", "highusers", "training", "monitoring")
TABLES = [model for app in APPS for model in apps.get_app_config(app).get_models()]


def kinds() -> Iterator[str]:
    """Every (kind, key) that the code hands to the trail in so many words."""
    for app in APPS:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.keyword) and node.arg == "obj":
                    first = node.value.elts[0] if isinstance(node.value, ast.Tuple) else None
                    if isinstance(first, ast.Constant):
                        yield str(first.value)


def test_a_kind_that_is_no_table_has_words():
    found = set(kinds())
    assert {"page", "membership", "instruction"} <= found
    tables = {model._meta.label_lower for model in TABLES}
    assert found - set(OTHER_KINDS) - tables == set()


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_a_table_has_a_name_of_its_own(model):
    """Without one Django makes an English one out of the name of the class."""
    assert "verbose_name" in model._meta.original_attrs
