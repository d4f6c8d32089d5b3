"""Clients that write HTTP by hand, and so may misbehave at any point of it."""

import http.client
import json
import socket
import struct

from tests.servers import Server

PATIENCE_SECONDS = 60

HEAD = b"POST /v1/audio/speech HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
"""How requests for speech begin."""


def speech_request(text: str, **members: object) -> bytes:
    """A request for speech as it is on the wire."""
    body = {"model": "tts-1", "input": text, "voice": "af_heart", **members}
    content = json.dumps(body).encode()
    return HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(content), content)


def connected(server: Server, receive_bytes: int | None = None) -> socket.socket:
    """A connection; the kernel holds about `receive_bytes` of what its client does not read."""
    client = socket.socket()
    if receive_bytes is not None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
    client.settimeout(PATIENCE_SECONDS)
    client.connect(("127.0.0.1", server.port))
    return client


def reply_on(client: socket.socket) -> http.client.HTTPResponse:
    """The reply whose head has come; reading it raises if it is cut."""
    reply = http.client.HTTPResponse(client)
    reply.begin()
    return reply


def reset(client: socket.socket) -> None:
    """Leave as those do whose machine or network fails, without a farewell."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
