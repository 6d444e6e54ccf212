"""The page `docs/retention.md`, made from the rules."""

from django.apps import apps

from practices.retention import rules

HEAD = """# How long what is kept

Generated from the rules that each app announces (`<app>/retention.py`); `manage.py retention`
prints it, `manage.py retention --run` deletes what is due, as the job of every night does. Terms
are proposals: the region decides them, with its privacy officer.

**job** = deleted by the job of every night · **goes along** = goes with what it belongs to, or by
hand.

| kind of data | about | fields about a person | kept | how it goes |
|---|---|---|---|---|
"""


def retention_page() -> str:
    lines = []
    for rule in sorted(rules(), key=lambda rule: (rule.whose, rule.model)):
        name = apps.get_model(rule.model)._meta.label
        how = "job" if rule.delete or rule.delete_in else "goes along"
        fields = ", ".join(rule.personal) or "none"
        lines.append(f"| {name} | {rule.whose} | {fields} | {rule.kept} | {how} |\n")
    return HEAD + "".join(lines)
