"""The message catalogues without gettext's own tools: compile, check, and add what is new.

python -m mtvp.catalogue compile    .po to .mo, for each that changed
python -m mtvp.catalogue check      names what lacks a translation, exit code 1
python -m mtvp.catalogue update     adds new texts to the .po files, untranslated
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent
APPS = ("mtvp", "practices", "interventions", "highusers", "training", "monitoring")

# Where each function keeps its context, text and plural among its arguments.
ARGUMENTS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
SPELLINGS = {
    "_": "gettext",
    **{f"{name}{suffix}": name for name in ARGUMENTS for suffix in ("", "_lazy", "_noop")},
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
# What `templatize` makes of a template is not Python, but its calls are.
CALL = re.compile(r"\b(_|n?p?gettext)\(")


@dataclass(frozen=True, slots=True, order=True)
class Text:
    context: str
    single: str
    plural: str


def texts_of_project(root: Path = PROJECT) -> dict[Text, str]:
    """Every text to translate, with one place where it stands."""
    found: dict[Text, str] = {}
    for path in _sources(root):
        source = path.read_text()
        texts = _in_python(source) if path.suffix == ".py" else _in_template(source)
        for text in texts:
            found.setdefault(text, str(path.relative_to(root)))
    return found


def _sources(root: Path) -> Iterator[Path]:
    for app in APPS:
        yield from sorted((root / app).rglob("*.py"))
        yield from sorted((root / app / "templates").rglob("*.*"))
    yield from sorted(path for path in (root / "templates").rglob("*.*") if path.is_file())


def _in_python(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _of_call(node)


def _in_template(source: str) -> Iterator[Text]:
    shadow = templatize(source)
    for match in CALL.finditer(shadow):
        call = _first_expression(shadow[match.start() :])
        if call is not None:
            yield from _of_call(call)


def _first_expression(text: str) -> ast.Call | None:
    """The call at the start of a text: the shortest piece up to a closing bracket that parses."""
    for bracket in re.finditer(r"\)", text):
        try:
            expression = ast.parse(text[: bracket.end()], mode="eval").body
        except SyntaxError:
            continue
        return expression if isinstance(expression, ast.Call) else None
    return None


def _of_call(node: ast.Call) -> Iterator[Text]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name not in SPELLINGS:
        return
    context, single, plural = (
        "" if place is None else _literal(node, place) for place in ARGUMENTS[SPELLINGS[name]]
    )
    if single:
        yield Text(context or "", single, plural or "")


def _literal(node: ast.Call, place: int) -> str | None:
    argument = node.args[place] if place < len(node.args) else None
    value = argument.value if isinstance(argument, ast.Constant) else None
    return value if isinstance(value, str) else None


def catalogues(root: Path = PROJECT) -> list[Path]:
    return sorted((root / "locale").glob("*/LC_MESSAGES/django.po"))


def problems(path: Path, texts: dict[Text, str]) -> list[str]:
    """What is missing, doubtful, different in its placeholders, or no longer used."""
    entries = {_key(entry): entry for entry in polib.pofile(str(path)) if not entry.obsolete}
    found = [f"missing: {text.single!r} ({texts[text]})" for text in texts if text not in entries]
    for text, entry in entries.items():
        if text not in texts:
            found.append(f"not used any more: {text.single!r}")
        elif entry.fuzzy or not entry.translated():
            found.append(f"not translated: {text.single!r} ({texts[text]})")
        elif _placeholders_differ(text, entry):
            found.append(f"placeholders differ: {text.single!r}")
    return found


def _key(entry: polib.POEntry) -> Text:
    return Text(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _placeholders_differ(text: Text, entry: polib.POEntry) -> bool:
    wanted = set(PLACEHOLDER.findall(text.plural or text.single))
    given = entry.msgstr_plural.values() if text.plural else [entry.msgstr]
    last = list(given)[-1]
    return set(PLACEHOLDER.findall(last)) != wanted


def compile_changed(root: Path = PROJECT) -> None:
    for path in catalogues(root):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            draft = target.with_suffix(".mo.new")
            polib.pofile(str(path)).save_as_mofile(str(draft))
            draft.replace(target)


def update(path: Path, texts: dict[Text, str]) -> None:
    """Add the texts that the catalogue lacks, and drop those no longer used."""
    catalogue = polib.pofile(str(path), wrapwidth=98)
    known = {_key(entry) for entry in catalogue}
    new = sorted(set(texts) - known)
    kept = [entry for entry in catalogue if _key(entry) in texts]
    catalogue[:] = kept
    for text in new:
        catalogue.append(_entry(text))
    catalogue.save(str(path))


def _entry(text: Text) -> polib.POEntry:
    plural = {0: "", 1: ""} if text.plural else {}
    return polib.POEntry(
        msgid=text.single,
        msgid_plural=text.plural,
        msgctxt=text.context or None,
        msgstr_plural=plural,
    )


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            compile_changed()
            return 0
        case ["update"]:
            texts = texts_of_project()
            for path in catalogues():
                update(path, texts)
            return 0
        case ["check"]:
            texts = texts_of_project()
            found = [
                f"{path.relative_to(PROJECT)}: {problem}"
                for path in catalogues()
                for problem in problems(path, texts)
            ]
            sys.stdout.writelines(f"{line}\n" for line in found)
            return 1 if found else 0
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
