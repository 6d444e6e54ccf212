"""Encrypting all that is stored anew with the newest key.

What the newest key made already is left alone, so a run that was broken off goes on where it
stopped, and a second run changes nothing. Encrypted fields are found in the models themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from mtvp.privacy.encryption import CannotDecryptError
from practices.fields import EncryptedBytesField, EncryptedTextField
from practices.isolation import practice_scope
from practices.models import Practice
from practices.vault import cipher

BATCH = 200
"""Rows that are locked together, for the moment it takes to rewrite them."""

FILES = 10
"""The same where a row holds a file."""

ENCRYPTED = (EncryptedTextField, EncryptedBytesField)

SECRETS = ("secret", "seed", "migrated_codes")
"""Where the sign-in library keeps what it encrypts; a passkey holds a public key only."""


@dataclass(slots=True)
class Rekeyed:
    """`lost` names what no key opens, by table and id; never by content."""

    rows: int = 0
    lost: list[tuple[str, int]] = field(default_factory=list)


def rekey_everything() -> Rekeyed:
    total = Rekeyed()
    practices = list(Practice.objects.order_by("pk"))
    for table in encrypted_tables():
        if not table.of_practice:
            _rekey_table(table, total)
            continue
        for practice in practices:
            _rekey_table(table, total, practice)
    _rekey_second_factors(total)
    return total


@dataclass(frozen=True, slots=True)
class EncryptedTable:
    name: str
    key: str
    columns: tuple[str, ...]
    of_practice: bool
    batch: int = BATCH


def encrypted_tables() -> Iterator[EncryptedTable]:
    """Every table with an encrypted field. Behind row-level security its rows are reached practice
    by practice."""
    closed = _closed_tables()
    for model in apps.get_models():
        fields = [f for f in model._meta.concrete_fields if isinstance(f, ENCRYPTED)]
        if fields:
            yield EncryptedTable(
                name=model._meta.db_table,
                key=_column(model._meta.pk),
                columns=tuple(_column(f) for f in fields),
                of_practice=model._meta.db_table in closed,
                batch=FILES if any(isinstance(f, EncryptedBytesField) for f in fields) else BATCH,
            )


def _closed_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        return {name for (name,) in cursor.fetchall()}


def _column(of: "models.Field[Any, Any]") -> str:
    return str(of.column)


def _rekey_table(table: EncryptedTable, total: Rekeyed, practice: Practice | None = None) -> None:
    after: int | None = 0
    while after is not None:
        if practice is None:
            with transaction.atomic():
                after = _rekey_batch(table, total, after)
        else:
            with practice_scope(practice):
                after = _rekey_batch(table, total, after)


def _rekey_batch(table: EncryptedTable, total: Rekeyed, after: int) -> int | None:
    """Rewrite the next rows and return the last id, None when there are no more."""
    names = {
        "table": sql.Identifier(table.name),
        "key": sql.Identifier(table.key),
        "columns": sql.SQL(", ").join(map(sql.Identifier, table.columns)),
    }
    query = sql.SQL(
        "SELECT {key}, {columns} FROM {table} WHERE {key} > %s"
        " ORDER BY {key} LIMIT %s FOR NO KEY UPDATE"
    ).format(**names)
    places = sql.SQL(", ").join(
        sql.SQL("{} = %s").format(sql.Identifier(column)) for column in table.columns
    )
    update = sql.SQL("UPDATE {table} SET {places} WHERE {key} = %s").format(places=places, **names)
    with connection.cursor() as cursor:
        cursor.execute(query, [after, table.batch])
        rows = cursor.fetchall()
        for key, *tokens in rows:
            renewed, lost = _renewed(tokens)
            if lost:
                total.lost.append((table.name, key))
            if renewed != tokens:
                cursor.execute(update, [*renewed, key])
                total.rows += 1
    return rows[-1][0] if len(rows) == table.batch else None


def _rekey_second_factors(total: Rekeyed) -> None:
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update(no_key=True).filter(pk=pk).first()
            if factor is None:
                continue
            renewed, lost = _renewed_secrets(factor.data)
            if lost:
                total.lost.append((Authenticator._meta.db_table, pk))
            if renewed != factor.data:
                factor.data = renewed
                factor.save(update_fields=["data"])
                total.rows += 1


def _renewed_secrets(data: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    renewed, lost = dict(data), False
    for name in SECRETS:
        stored = data.get(name)
        tokens = stored if isinstance(stored, list) else [stored]
        fresh, failed = _renewed([token.encode() if token else None for token in tokens])
        texts = [token.decode() if token else None for token in fresh]
        lost = lost or failed
        if stored is not None:
            renewed[name] = texts if isinstance(stored, list) else texts[0]
    return renewed, lost


def _renewed(tokens: list[bytes | None]) -> tuple[list[bytes | None], bool]:
    """The same contents under the newest key, and whether one of them was lost."""
    renewed, lost = [], False
    for token in tokens:
        if token is None or cipher().is_current(token):
            renewed.append(token)
            continue
        try:
            renewed.append(cipher().rotate(token))
        except CannotDecryptError:
            lost = True
            renewed.append(token)
    return renewed, lost
