import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtvp.privacy.keyed_hash import KEY_BYTES, WeakSecretError, patient_key, patient_keys

SECRET = b"0123456789abcdef0123456789abcdef"


def test_key_is_hmac_sha256_under_a_secret_of_the_practice() -> None:
    practice_secret = hmac.new(SECRET, b"practice\x0001234567", hashlib.sha256).digest()
    expected = hmac.new(practice_secret, b"1042", hashlib.sha256).digest()

    assert patient_key(SECRET, "01234567", "1042") == expected
    assert len(expected) == KEY_BYTES


def test_same_number_in_two_practices_gives_unrelated_keys() -> None:
    assert patient_key(SECRET, "01234567", "1042") != patient_key(SECRET, "01234568", "1042")


def test_another_secret_gives_another_key() -> None:
    other = SECRET[::-1]
    assert patient_key(SECRET, "01234567", "1042") != patient_key(other, "01234567", "1042")


@given(patients=st.lists(st.text(max_size=80), max_size=20), code=st.text("0123456789", max_size=8))
def test_bulk_form_equals_one_by_one(patients: list[str], code: str) -> None:
    one_by_one = [patient_key(SECRET, code, patient) for patient in patients]
    assert patient_keys(SECRET, code, patients) == one_by_one


@given(secret=st.binary(min_size=32, max_size=200))
def test_bulk_form_takes_secrets_of_any_length(secret: bytes) -> None:
    assert patient_keys(secret, "1", ["a"]) == [patient_key(secret, "1", "a")]


def test_short_secret_is_refused() -> None:
    with pytest.raises(WeakSecretError):
        patient_key(SECRET[:31], "01234567", "1042")
    with pytest.raises(WeakSecretError):
        patient_keys(SECRET[:31], "01234567", ["1042"])
