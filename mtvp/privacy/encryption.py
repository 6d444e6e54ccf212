"""Encryption at rest with keys that can be replaced.

Keys are Fernet keys (32 random bytes in URL-safe base64). The first key of the list encrypts;
every key of the list decrypts. To rotate: put a new key in front, re-encrypt what is stored
with `rotate`, then take the old key away.
"""

import base64
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

CHUNK_BYTES = 1024 * 1024
"""A file is encrypted in pieces of this size, so memory does not grow with the file."""

_MAGIC = b"MTVP1"
_FILE_ID_BYTES = 16
_INDEX_BYTES = 8
_LENGTH_BYTES = 4
_MORE, _LAST = b"\x00", b"\x01"


class KeyListError(ValueError):
    """The list of keys is empty, or one of them is no Fernet key."""


class CannotDecryptError(Exception):
    """No key of the list fits, or the stored bytes were changed or cut short."""


def new_key() -> str:
    """A fresh key for the list."""
    return Fernet.generate_key().decode()


@dataclass(frozen=True)
class Cipher:
    """Encrypts and decrypts text, bytes and files with a list of keys."""

    keys: tuple[str, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.keys:
            raise KeyListError("The list of encryption keys is empty.")
        for place, key in enumerate(self.keys, start=1):
            if not _is_fernet_key(key):
                raise KeyListError(f"Encryption key number {place} is not a Fernet key.")

    def encrypt(self, text: str) -> bytes:
        return self.encrypt_bytes(text.encode())

    def decrypt(self, token: bytes | memoryview) -> str:
        """The text; `CannotDecryptError` when no key fits."""
        return self.decrypt_bytes(token).decode()

    def encrypt_bytes(self, content: bytes) -> bytes:
        return self._fernet.encrypt(content)

    def decrypt_bytes(self, token: bytes | memoryview) -> bytes:
        """The content; a `memoryview` is what PostgreSQL's drivers may hand over."""
        try:
            return self._fernet.decrypt(bytes(token))
        except InvalidToken:
            raise CannotDecryptError("No encryption key fits these bytes.") from None

    def rotate(self, token: bytes | memoryview) -> bytes:
        """The same content, encrypted anew with the first key."""
        return self.encrypt_bytes(self.decrypt_bytes(token))

    def is_current(self, token: bytes | memoryview) -> bool:
        """Whether the first key made this token, so that `rotate` would change nothing."""
        try:
            Fernet(self.keys[0]).decrypt(bytes(token))
        except InvalidToken:
            return False
        return True

    def encrypt_file(self, source: BinaryIO, target: BinaryIO) -> None:
        """Copy `source` to `target`, encrypted piece by piece.

        Every piece carries the file's number, its own place and whether it is the last, so that
        pieces cannot be swapped, taken from another file or cut off unseen.
        """
        fernet, file_id = self._fernet, os.urandom(_FILE_ID_BYTES)
        target.write(_MAGIC)
        index, piece = 0, source.read(CHUNK_BYTES)
        while True:
            following = source.read(CHUNK_BYTES)
            mark = _MORE if following else _LAST
            token = fernet.encrypt(file_id + index.to_bytes(_INDEX_BYTES) + mark + piece)
            target.write(len(token).to_bytes(_LENGTH_BYTES) + token)
            if not following:
                return
            index, piece = index + 1, following

    def decrypt_file(self, source: BinaryIO, target: BinaryIO) -> None:
        """Copy `source` to `target`, decrypted; raises before the first doubtful piece is kept."""
        for piece in self.decrypted_pieces(source):
            target.write(piece)

    def decrypted_pieces(self, source: BinaryIO) -> Iterator[bytes]:
        """The pieces of a file written by `encrypt_file`, in order."""
        file_id: bytes | None = None
        for index, token in enumerate(_tokens(source)):
            content = self.decrypt_bytes(token)
            found_id, rest = content[:_FILE_ID_BYTES], content[_FILE_ID_BYTES:]
            file_id = file_id or found_id
            place, mark, piece = _taken_apart(rest)
            if found_id != file_id or place != index:
                raise CannotDecryptError("The pieces of the encrypted file are out of order.")
            yield piece
            if mark == _LAST:
                if source.read(1):
                    raise CannotDecryptError("The encrypted file goes on after its end.")
                return
        raise CannotDecryptError("The encrypted file is cut short.")

    @cached_property
    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.keys])


def cipher_of(keys: Iterable[str]) -> Cipher:
    """A cipher from a setting: blanks are left out, the first key encrypts."""
    return Cipher(keys=tuple(key.strip() for key in keys if key.strip()))


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key.encode())) == 32
    except ValueError:
        return False


def _tokens(source: BinaryIO) -> Iterator[bytes]:
    if source.read(len(_MAGIC)) != _MAGIC:
        raise CannotDecryptError("This is not a file that the product encrypted.")
    while head := source.read(_LENGTH_BYTES):
        length = int.from_bytes(head)
        token = source.read(length)
        if len(head) != _LENGTH_BYTES or len(token) != length:
            raise CannotDecryptError("The encrypted file is cut short.")
        yield token


def _taken_apart(rest: bytes) -> tuple[int, bytes, bytes]:
    place = int.from_bytes(rest[:_INDEX_BYTES])
    return place, rest[_INDEX_BYTES : _INDEX_BYTES + 1], rest[_INDEX_BYTES + 1 :]
