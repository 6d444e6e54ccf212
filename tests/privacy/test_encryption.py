import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtvp.privacy.encryption import (
    CHUNK_BYTES,
    CannotDecryptError,
    Cipher,
    KeyListError,
    cipher_of,
    new_key,
)

OLD, NEW = new_key(), new_key()
CIPHER = Cipher((NEW,))


def encrypted(content: bytes, cipher: Cipher = CIPHER) -> bytes:
    target = io.BytesIO()
    cipher.encrypt_file(io.BytesIO(content), target)
    return target.getvalue()


def decrypted(content: bytes, cipher: Cipher = CIPHER) -> bytes:
    target = io.BytesIO()
    cipher.decrypt_file(io.BytesIO(content), target)
    return target.getvalue()


@given(text=st.text())
def test_text_comes_back_and_is_not_readable_in_between(text: str) -> None:
    token = CIPHER.encrypt(text)
    assert CIPHER.decrypt(token) == text
    assert CIPHER.decrypt(memoryview(token)) == text
    assert len(text) < 8 or text.encode() not in token


def test_equal_text_gives_different_tokens() -> None:
    assert CIPHER.encrypt("dubbel consult") != CIPHER.encrypt("dubbel consult")


def test_older_keys_still_decrypt_and_rotation_frees_them() -> None:
    token = Cipher((OLD,)).encrypt("afspraak")
    both = Cipher((NEW, OLD))

    assert both.decrypt(token) == "afspraak"
    rotated = both.rotate(token)
    assert CIPHER.decrypt(rotated) == "afspraak"
    with pytest.raises(CannotDecryptError):
        CIPHER.decrypt(token)


def test_changed_bytes_are_refused() -> None:
    token = bytearray(CIPHER.encrypt("afspraak"))
    token[20] ^= 1
    with pytest.raises(CannotDecryptError):
        CIPHER.decrypt(bytes(token))


@pytest.mark.parametrize("keys", [(), ("",), ("too short",), (NEW, NEW[:-4])])
def test_a_bad_list_of_keys_is_named_without_showing_a_key(keys: tuple[str, ...]) -> None:
    with pytest.raises(KeyListError) as caught:
        Cipher(keys)
    assert NEW[:20] not in str(caught.value)


def test_a_cipher_shows_no_key_and_a_setting_may_hold_blanks() -> None:
    cipher = cipher_of([f" {NEW} ", "", OLD])
    assert cipher.keys == (NEW, OLD)
    assert NEW not in repr(cipher)


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES]
)
def test_files_of_every_size_come_back(size: int) -> None:
    content = bytes(index % 251 for index in range(size))
    assert decrypted(encrypted(content)) == content


def pieces(content: bytes) -> list[bytes]:
    source, found = io.BytesIO(content[5:]), []
    while head := source.read(4):
        found.append(head + source.read(int.from_bytes(head)))
    return found


def test_pieces_that_are_swapped_cut_off_or_added_are_refused() -> None:
    whole = encrypted(b"x" * (2 * CHUNK_BYTES + 5))
    other = encrypted(b"y" * (2 * CHUNK_BYTES + 5))
    head, (first, second, last) = whole[:5], pieces(whole)

    assert head + first + second + last == whole
    for broken in (
        head + second + first + last,
        head + first + second,
        head + first + pieces(other)[1] + last,
        whole + last,
        whole[:-1],
        whole[:7],
        b"",
        b"PK\x03\x04 something else",
    ):
        with pytest.raises(CannotDecryptError):
            decrypted(broken)


def test_memory_does_not_grow_with_the_file() -> None:
    class Zeros(io.RawIOBase):
        left = 24 * CHUNK_BYTES

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            taken = min(size, self.left)
            self.left -= taken
            return bytes(taken)

    class Nowhere(io.RawIOBase):
        def write(self, piece: bytes) -> int:  # type: ignore[override]
            return len(piece)

    tracemalloc.start()
    CIPHER.encrypt_file(Zeros(), Nowhere())  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * CHUNK_BYTES


def test_only_a_token_of_the_first_key_is_current():
    old, new = new_key(), new_key()
    token = Cipher((old,)).encrypt("afspraak")
    both = Cipher((new, old))
    assert Cipher((old, new)).is_current(token)
    assert not both.is_current(token)
    assert both.is_current(both.rotate(token))
