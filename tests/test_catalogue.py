"""The message catalogues: what is found in the sources, and what is said of a translation."""

from pathlib import Path

import polib
import pytest

from mtvp.catalogue import Text, compile_changed, problems, texts_of_project, update

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, npgettext
PLAIN = _("Plain")
LAZY = gettext_lazy("In two " "pieces")
def many(n): return ngettext("%(n)s plan", "%(n)s plans", n)
def formal(n): return npgettext("letter", "one", "more", n)
NOT = print("Not a text")
VARIABLE = _(PLAIN)
"""
TEMPLATE = """{% load i18n %}<p title="{% translate "A title" %}">
{% blocktranslate trimmed count n=plans %}
  {{ n }} plan
{% plural %}
  {{ n }} plans (open)
{% endblocktranslate %}
{% translate "May" context "month" %}{# _("never") #}</p>"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "practices").mkdir()
    (tmp_path / "practices" / "views.py").write_text(PYTHON)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    folder = tmp_path / "locale" / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    polib.POFile().save(str(folder / "django.po"))
    return tmp_path


def po_file(project: Path) -> Path:
    return project / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def test_finds_every_spelling_in_python_and_templates(project: Path) -> None:
    assert set(texts_of_project(project)) == {
        Text("", "Plain", ""),
        Text("", "In two pieces", ""),
        Text("", "%(n)s plan", "%(n)s plans"),
        Text("letter", "one", "more"),
        Text("", "A title", ""),
        Text("", "%(n)s plan", "%(n)s plans (open)"),
        Text("month", "May", ""),
    }


def test_update_adds_all_and_check_then_wants_translations(project: Path) -> None:
    texts = texts_of_project(project)
    assert len(problems(po_file(project), texts)) == 7
    update(po_file(project), texts)
    found = problems(po_file(project), texts)
    assert sorted({problem.split(":")[0] for problem in found}) == ["not translated"]
    update(po_file(project), texts)
    assert len(polib.pofile(str(po_file(project)))) == 7


def entry(project: Path, **values: object) -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="%(n)s plan", msgid_plural="%(n)s plans", **values))
    catalogue.save(str(po_file(project)))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"msgstr_plural": {0: "%(n)s plan", 1: "%(n)s plannen"}}, []),
        ({"msgstr_plural": {0: "%(n)s plan", 1: "plannen"}}, ["placeholders differ"]),
        ({"msgstr_plural": {0: "%(n)s plan", 1: ""}}, ["not translated"]),
        (
            {"msgstr_plural": {0: "%(n)s plan", 1: "%(n)s plannen"}, "flags": ["fuzzy"]},
            ["not translated"],
        ),
    ],
)
def test_each_doubt_is_named(project: Path, values: dict[str, object], said: list[str]) -> None:
    entry(project, **values)
    texts = {Text("", "%(n)s plan", "%(n)s plans"): "views.py"}
    assert [problem.split(":")[0] for problem in problems(po_file(project), texts)] == said


def test_text_that_nobody_uses_is_named_and_dropped(project: Path) -> None:
    entry(project, msgstr_plural={0: "%(n)s plan", 1: "%(n)s plannen"})
    assert problems(po_file(project), {}) == ["not used any more: '%(n)s plan'"]
    update(po_file(project), {})
    assert len(polib.pofile(str(po_file(project)))) == 0


def test_compiles_once_per_change(project: Path) -> None:
    entry(project, msgstr_plural={0: "%(n)s plan", 1: "%(n)s plannen"})
    compile_changed(project)
    compiled = po_file(project).with_suffix(".mo")
    made = compiled.stat().st_mtime_ns
    compile_changed(project)
    assert compiled.stat().st_mtime_ns == made
    plural = polib.mofile(str(compiled))[0].msgstr_plural
    assert plural == {0: "%(n)s plan", 1: "%(n)s plannen"}
