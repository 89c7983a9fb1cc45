"""A response that middleware buffers and changes before it is sent."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send


class BufferedResponse:
    """Passes a response on. One that `wanted` selects is buffered first, and changed."""

    def __init__(
        self,
        send: Send,
        wanted: Callable[[Message], bool],
        change: Callable[[Message, bytes], Awaitable[bytes]],
    ) -> None:
        self._send, self._wanted, self._change = send, wanted, change
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """Handle one message of the response."""
        if message["type"] == "http.response.start" and self._wanted(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                body = await self._change(self._start, b"".join(self._parts))
                MutableHeaders(raw=self._start["headers"])["content-length"] = str(len(body))
                await self._send(self._start)
                await self._send({"type": "http.response.body", "body": body})
