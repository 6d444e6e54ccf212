"""Schema changes go through the owner's log-in only."""

from typing import Any


class MigrateAsOwner:
    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
