"""A carrier that takes every text after a tenth of a second: what the send engine is measured against.

    python -m bench.slow_carrier PORT

Answers POST …/Messages.json as Twilio does, and GET /log with the instants at which it took texts, as JSON.
It shares the machine with what is measured, so that each call costs it as little as can be.
"""

import asyncio
import json
import sys
import time
from asyncio.transports import BaseTransport, WriteTransport

LATENCY = 0.1  # seconds; the prototypes of the performance facts used the same
_ANSWER = b'{"sid": "SM%032x", "status": "queued", "error_code": null, "num_segments": "1", "body": ""}'
_TAKEN = (
    b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(_ANSWER % 0)
    + _ANSWER
)
_LOG = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
_LENGTH = b"\r\ncontent-length:"
_taken: list[float] = []


class Connection(asyncio.Protocol):
    """One connection of a client that waits for each answer before it asks again."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, WriteTransport)
        self.transport = transport
        self.asked = b""

    def data_received(self, data: bytes) -> None:
        """Answer once a whole request is there."""
        self.asked += data
        head, end, body = self.asked.partition(b"\r\n\r\n")
        if not end or len(body) < length_in(head):
            return
        self.asked = b""
        if head.startswith(b"GET"):
            log = json.dumps(_taken).encode()
            self.transport.write(_LOG % len(log) + log)
        else:
            _taken.append(time.time())
            asyncio.get_running_loop().call_later(LATENCY, self.transport.write, _TAKEN % len(_taken))


def length_in(head: bytes) -> int:
    """Return how long the body of a request is by its head."""
    low = head.lower()
    start = low.find(_LENGTH)
    return int(low[start + len(_LENGTH) :].partition(b"\r\n")[0]) if start >= 0 else 0


async def main(port: int) -> None:
    """Serve until killed."""
    server = await asyncio.get_running_loop().create_server(Connection, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
