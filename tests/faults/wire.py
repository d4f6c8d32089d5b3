"""Clients that write HTTP by hand, and so can misbehave at any point."""

import http.client
import json
import socket
import struct

from tests.servers import Server

PATIENCE_SECONDS = 60

HEAD = b"POST /v1/audio/speech HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
"""The beginning of requests for speech."""


def speech_request(text: str, **members: object) -> bytes:
    """Return the bytes of a request for speech."""
    body = {"model": "tts-1", "input": text, "voice": "af_heart", **members}
    content = json.dumps(body).encode()
    return HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(content), content)


def connected(server: Server, receive_bytes: int | None = None) -> socket.socket:
    """Return a connection; the kernel buffers about `receive_bytes` for its client."""
    client = socket.socket()
    if receive_bytes is not None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
    client.settimeout(PATIENCE_SECONDS)
    client.connect(("127.0.0.1", server.port))
    return client


def reply_on(client: socket.socket) -> http.client.HTTPResponse:
    """Return the reply once its head has come; reading it raises if it is cut."""
    reply = http.client.HTTPResponse(client)
    reply.begin()
    return reply


def reset(client: socket.socket) -> None:
    """Reset a connection, as when a client's machine or network fails."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
