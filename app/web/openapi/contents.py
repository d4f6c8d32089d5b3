"""Bodies of replies: what endpoints write in their records, and what OpenAPI makes of it."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from app.web.capabilities import Capabilities
from app.web.endpoints import Content, EventStream
from app.web.openapi.schemas import ref

JSON = "application/json"

TEXT = {"type": "string"}


def json_content(model: type[BaseModel]) -> Content:
    """Return the content of a JSON reply."""
    return {JSON: model}


def audio_content(capabilities: Capabilities) -> Content:
    """Return the content of audio in any of the formats on offer."""
    return {audio_format.media_type: {} for audio_format in capabilities.formats.values()}


def media_types(content: Content) -> dict[str, Any]:
    """Return OpenAPI's Media Type Objects by media type."""
    schemas = {media_type: _schema(body) for media_type, body in content.items()}
    return {
        media_type: {"schema": schema} if schema else {} for media_type, schema in schemas.items()
    }


def models_of(content: Content) -> Iterator[type[BaseModel]]:
    """Return the models that `media_types` refers to."""
    for body in content.values():
        if isinstance(body, EventStream):
            yield from body.events
        elif isinstance(body, type):
            yield body


def _schema(body: Any) -> Any:
    if isinstance(body, EventStream):
        return _event_stream_schema(body)
    return ref(body) if isinstance(body, type) else body


def _event_stream_schema(stream: EventStream) -> dict[str, Any]:
    """Return the schema of a stream: text, and beside it the schemas of the events' data."""
    *others, last = (f"`{event.__name__}`" for event in stream.events)
    return {
        "type": "string",
        "description": (
            f"Lines `data:` of JSON, {', '.join(others)} or {last}, with an empty line after each."
        ),
        # OpenAPI 3.1 has no member for it.
        "x-event-data": {"oneOf": [ref(event) for event in stream.events]},
    }
