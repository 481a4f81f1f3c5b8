"""How a language model's server is spoken to: what it sends is bounded before anybody keeps it.

A server that is not what it was taken for may send without an end, in one event or line of it.
"""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from typing import Any

from openai import DefaultAsyncHttpxClient

from jobs_backend.config import settings
from jobs_backend.errors import JobFailure

# Each token comes in an event of its own, of some 300 bytes.
BYTES_A_TOKEN = 1_000
# What is told of a failure is a fraction of this.
MAX_ERROR_BYTES = 1_000_000
# What the installed version of the package speaks HTTP by: httpx, or from the third on httpx2.
http: Any = importlib.import_module(
    DefaultAsyncHttpxClient.__bases__[0].__module__.partition(".")[0]
)


def client() -> Any:
    """An HTTP client as the package has it, which also goes by the proxies of its environment.

    It follows no redirect: the documents of a request are for nobody else.
    """
    hooks: dict[str, list[Any]] = {"request": [_ask_for_plain], "response": [_bound]}
    return DefaultAsyncHttpxClient(follow_redirects=False, event_hooks=hooks)


async def _ask_for_plain(request: Any) -> None:
    # Compressed, a few bytes would become as many as the server likes.
    request.headers["Accept-Encoding"] = "identity"


async def _bound(response: Any) -> None:
    if response.headers.pop("Content-Encoding", "identity").lower() != "identity":
        raise http.RemoteProtocolError("compressed, unasked", request=response.request)
    response.stream = _Counted(response.stream, response.is_success)


class _Counted(http.AsyncByteStream):  # type: ignore[misc]  # see `http`
    def __init__(self, stream: Any, is_answer: bool) -> None:
        self._stream = stream
        self._is_answer = is_answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = _most_bytes() if self._is_answer else MAX_ERROR_BYTES
        async for chunk in self._stream:
            left -= len(chunk)
            if left < 0 and self._is_answer:
                raise JobFailure("model_answer_too_long", "The model does not stop answering.")
            yield chunk
            if left < 0:
                return  # its status says enough

    async def aclose(self) -> None:
        await self._stream.aclose()


def _most_bytes() -> int:
    # The longest answer, with all that is around each token.
    return settings().max_response_bytes + BYTES_A_TOKEN * settings().openai_max_tokens
