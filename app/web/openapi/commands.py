"""curl commands that try the operations of the OpenAPI document."""

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from app.web.openapi.contents import JSON

JsonObject = Mapping[str, Any]


def commands(path: str, operation: JsonObject, address: str) -> Iterator[tuple[str, str]]:
    """Return the title of each example of an operation, and the command that sends it."""
    for parameter in operation.get("parameters", ()):
        path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
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


def _saved(operation: JsonObject, body: JsonObject) -> list[str]:
    """Return curl's option to save audio, which a terminal cannot show."""
    is_audio = any(kind.startswith("audio/") for kind in operation["responses"]["200"]["content"])
    if not is_audio or body.get("stream_format") == "sse":
        return []
    # A request that names no format gets the server's default.
    return [f"-o speech.{body['response_format']}" if "response_format" in body else "-o speech"]


def _joined(parts: list[str]) -> str:
    return " \\\n  ".join(parts)
