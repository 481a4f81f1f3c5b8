"""`data:` URLs (RFC 2397): the API checks them when a job is created, a worker decodes them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes


@dataclass(frozen=True)
class Data:
    """What a `data:` URL holds.

    Attributes:
        content: the bytes.
        mime_type: as its sender declares it, in lower case; may be empty.
        charset: the encoding that its sender names, or None.
    """

    content: bytes
    mime_type: str
    charset: str | None


def is_data_url(url: str) -> bool:
    """Whether a URL carries its content in itself."""
    return url[:5].lower() == "data:"


def decode(url: str) -> Data:
    """The content of a `data:` URL and what it says of it.

    Raises:
        ValueError: it cannot be decoded; its text says why, fit for a user.
    """
    head, comma, payload = url[5:].partition(",")
    mime_type, *parameters = (part.strip().lower() for part in head.split(";"))
    if not comma:
        raise ValueError("it has no comma before its content")
    charset = next((p[8:].strip('"') for p in parameters if p.startswith("charset=")), None)
    is_base64 = "base64" in parameters
    content = _from_base64(payload) if is_base64 else unquote_to_bytes(payload)
    return Data(content, mime_type, charset)


def _from_base64(payload: str) -> bytes:
    # Both alphabets, white space and missing padding are seen in the wild and mean one thing only.
    if "%" in payload:
        payload = unquote_to_bytes(payload).decode("latin-1")
    text = "".join(payload.split()).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("its content is not base64") from None
