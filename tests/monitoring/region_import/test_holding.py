"""Files between preview and confirmation: unreadable from outside, and soon gone."""

import os
import time

import pytest
from django.conf import settings
from django.test import override_settings

from monitoring.region_import.holding import drop_expired, held, hold, let_go
from monitoring.region_import.tasks import expire_held_files
from practices import vault
from practices.held_files import KEPT_SECONDS
from tests import factories

pytestmark = pytest.mark.django_db

FILES = [("staff.csv", b"geheime inhoud" * 100), ("visits.xlsx", b"\x00\x01")]


def paths() -> list[object]:
    return sorted((settings.PRIVATE_DIR / "region").iterdir())


def test_the_owner_gets_them_back_and_nobody_else() -> None:
    owner, other = factories.user(), factories.user()
    code = hold(FILES, owner=owner)
    assert held(code, owner=owner) == FILES
    assert held(code, owner=other) is None
    assert held("onbekend", owner=owner) is None
    let_go(code, owner=other)
    assert held(code, owner=owner) == FILES
    let_go(code, owner=owner)
    assert (held(code, owner=owner), paths()) == (None, [])


def test_they_are_encrypted_and_closed_to_others() -> None:
    hold(FILES, owner=factories.user())
    (path,) = paths()
    content = path.read_bytes()
    assert b"geheime" not in content
    assert b"staff.csv" not in content
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("sweep", [drop_expired, expire_held_files])
def test_after_an_hour_they_are_gone(sweep: object) -> None:
    owner = factories.user()
    old, young = hold(FILES, owner=owner), hold(FILES, owner=owner)
    (path,) = [path for path in paths() if old in path.name]
    long_ago = time.time() - KEPT_SECONDS - 1
    os.utime(path, (long_ago, long_ago))
    sweep()
    assert [young in path.name for path in paths()] == [True]
    assert held(old, owner=owner) is None


def test_an_hour_old_file_is_not_handed_out_before_the_sweep() -> None:
    owner = factories.user()
    code = hold(FILES, owner=owner)
    long_ago = time.time() - KEPT_SECONDS - 1
    os.utime(paths()[0], (long_ago, long_ago))
    assert held(code, owner=owner) is None


def test_without_the_key_there_is_nothing_to_read() -> None:
    owner = factories.user()
    code = hold(FILES, owner=owner)
    vault.cipher.cache_clear()
    with override_settings(ENCRYPTION_KEYS=["A" * 43 + "="]):
        assert held(code, owner=owner) is None
    vault.cipher.cache_clear()
    assert held(code, owner=owner) == FILES
