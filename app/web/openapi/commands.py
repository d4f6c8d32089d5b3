"""Commands that try the operations of the OpenAPI document, with curl."""

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from app.web.openapi.responses import JSON

Json = Mapping[str, Any]


def commands(path: str, operation: Json, address: str) -> Iterator[tuple[str, str]]:
    """Return what each example of an operation shows, and the command that sends it."""
    for parameter in operation.get("parameters", ()):
        path = path.replace(f"{{{parameter['name']}}}", parameter["example"])
    parts = [f"curl -s {address}{path}"]
    if "security" in operation:
        parts.append('-H "Authorization: Bearer $API_KEY"')
    if "requestBody" not in operation:
        yield "", _joined([*parts, *_saved(operation, {})])
        return
    parts.append("-H 'Content-Type: application/json'")
    for name, example in operation["requestBody"]["content"][JSON]["examples"].items():
        body = example["value"]
        data = f"-d {shlex.quote(json.dumps(body, ensure_ascii=False))}"
        yield name, _joined([*parts, data, *_saved(operation, body)])


def _saved(operation: Json, body: Json) -> list[str]:
    """Return where curl is to put audio, which is nothing for a terminal."""
    is_audio = any(kind.startswith("audio/") for kind in operation["responses"]["200"]["content"])
    if not is_audio or body.get("stream_format") == "sse":
        return []
    # Where the request names no format, it is for the server to say which one it is.
    return [f"-o speech.{body['response_format']}" if "response_format" in body else "-o speech"]


def _joined(parts: list[str]) -> str:
    return " \\\n  ".join(parts)
