import hashlib

import pytest

from mtvp.documents.canonical import canonical_json, sha256_of


def test_order_of_keys_and_kind_of_sequence_do_not_matter() -> None:
    first = canonical_json({"b": [1, None, True], "a": "é"})
    second = canonical_json({"a": "é", "b": (1, None, True)})
    assert first == second == '{"a":"é","b":[1,null,true]}\n'.encode()


def test_hash_is_sha256_of_the_bytes() -> None:
    assert sha256_of(b"x\n") == hashlib.sha256(b"x\n").hexdigest()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}])
def test_values_without_one_form_are_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical_json({"a": value})  # type: ignore[dict-item]
