"""Files between sending and storing: unreadable from outside."""

import pytest
from django.conf import settings
from django.test import override_settings

from monitoring.region_import.holding import keep_files, kept_files, let_go
from practices import vault

FILES = [("staff.csv", b"geheime inhoud" * 100), ("visits.xlsx", b"\x00\x01"), ("staff.csv", b"2")]


@pytest.fixture
def code() -> str:
    keep_files("abc", FILES)
    return "abc"


def test_they_come_back_as_they_were_until_they_are_let_go(code: str) -> None:
    assert kept_files(code) == FILES
    assert kept_files("onbekend") is None
    let_go(code)
    assert kept_files(code) is None
    assert list((settings.PRIVATE_DIR / "region").iterdir()) == []


def test_they_are_encrypted_and_closed_to_others(code: str) -> None:
    (path,) = (settings.PRIVATE_DIR / "region").iterdir()
    content = path.read_bytes()
    assert b"geheime" not in content
    assert b"staff.csv" not in content
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_without_the_key_there_is_nothing_to_read(code: str) -> None:
    vault.cipher.cache_clear()
    with override_settings(ENCRYPTION_KEYS=["A" * 43 + "="]):
        assert kept_files(code) is None
    vault.cipher.cache_clear()
    assert kept_files(code) == FILES
