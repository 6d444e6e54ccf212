"""One way to write a value as JSON, so that equal values give equal bytes and one hash."""

import hashlib
import json
from collections.abc import Mapping, Sequence

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


def canonical_json(value: Json) -> bytes:
    """UTF-8, keys sorted, no spaces, a line end; NaN and unknown types are refused."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return f"{text}\n".encode()


def sha256_of(content: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
