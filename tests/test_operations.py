"""The paper for whoever runs the product names every command."""

from pathlib import Path

from django.conf import settings

HERE = Path(settings.BASE_DIR)
FOR_DEVELOPERS = {"bench", "demo", "demo_region"}


def test_every_command_is_explained() -> None:
    operations = (HERE / "docs/operations.md").read_text()
    commands = {
        path.stem
        for path in HERE.glob("*/management/commands/*.py")
        if path.stem != "__init__" and path.stem not in FOR_DEVELOPERS
    }
    assert {name for name in commands if f"`{name}`" not in operations} == set()
