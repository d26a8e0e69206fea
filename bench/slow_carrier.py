"""A carrier that takes every text after a tenth of a second: what the send engine is measured against.

    python -m bench.slow_carrier PORT

Answers POST …/Messages.json as Twilio does, and GET /log with the instants at which it took texts, as JSON.
"""

import asyncio
import json
import sys
import time

LATENCY = 0.1  # seconds; the prototypes of the performance facts used the same
_taken: list[float] = []


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one connection's requests, one after the other."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = next(
                (
                    int(line.split(b":")[1])
                    for line in head.lower().split(b"\r\n")
                    if line.startswith(b"content-length")
                ),
                0,
            )
            body = await reader.readexactly(length)
            if head.startswith(b"GET"):
                _answer(writer, 200, json.dumps(_taken))
            else:
                _taken.append(time.time())
                await asyncio.sleep(LATENCY)
                _answer(writer, 201, json.dumps(_message(body)))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def _message(body: bytes) -> dict[str, object]:
    number = f"{len(_taken):032x}"
    return {
        "sid": f"SM{number}",
        "status": "queued",
        "error_code": None,
        "num_segments": "1",
        "body": str(len(body)),
    }


def _answer(writer: asyncio.StreamWriter, status: int, text: str) -> None:
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n\r\n"
    writer.write((head + text).encode())


async def main(port: int) -> None:
    """Serve until killed."""
    server = await asyncio.start_server(serve, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
