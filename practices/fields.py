"""What is encrypted at rest; the database sees bytes."""

from typing import Any

from django.db import models

from practices.vault import cipher


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """A str in Python, an encrypted token (bytea) in PostgreSQL; cannot be searched or sorted."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else cipher().decrypt(value)

    def get_prep_value(self, value: Any) -> Any:
        return cipher().encrypt(value) if isinstance(value, str) else value


class EncryptedBytesField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes in Python, an encrypted token (bytea) in PostgreSQL: a small file."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else cipher().decrypt_bytes(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        token = cipher().encrypt_bytes(bytes(value)) if value is not None else None
        return super().get_db_prep_value(token, connection, prepared)
