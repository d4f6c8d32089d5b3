"""The record of an endpoint: all that hooks and the API's document need to know about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from flask import Blueprint, Flask, current_app, request
from pydantic import BaseModel

from app.settings import ENDPOINTS
from app.web.capabilities import Capabilities

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class EventStream:
    """Server-sent events whose data is JSON."""

    events: tuple[type[BaseModel], ...]


Content = Mapping[str, "type[BaseModel] | EventStream | Mapping[str, Any]"]
"""Body by media type: a model, events, or a JSON Schema, which is empty where the bytes are audio.
"""


@dataclass(frozen=True)
class ReplyDescription:
    """A reply of an operation."""

    description: str
    content: Content
    headers: Mapping[str, Any] = field(default_factory=dict)
    """OpenAPI's Header Objects by name, in addition to those that every reply has."""


@dataclass(frozen=True)
class Operation:
    """One route for OpenAPI, in addition to what its rule says."""

    summary: str
    """Its purpose in a few words."""

    replies: Mapping[int, ReplyDescription]
    """Replies by status, except `ErrorReply`."""

    description: str = ""
    failures: tuple[int, ...] = ()
    """Statuses that come with an `ErrorReply`, except that of a missing key."""

    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Members of OpenAPI's Parameter Objects by name, for the variable parts of the path."""

    queries: tuple[Mapping[str, Any], ...] = ()
    """OpenAPI's Parameter Objects of the query."""

    request: type[BaseModel] | None = None
    """Model of the body."""

    examples: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Bodies by what they show."""


Described: TypeAlias = Operation | Callable[[Capabilities], Operation]
"""An operation, or a function that returns it where it depends on what the server offers."""


class Endpoint(Blueprint):
    """A blueprint with the record of its endpoint.

    Once it is registered with the application, it is behind the key, limited, logged, listed and
    documented as its record says. `create_app` registers those of `app.blueprints.ALL`, and wants
    the name of each that is no page among the `ENDPOINTS` of the settings.
    """

    def __init__(
        self,
        name: str,
        import_name: str,
        *,
        is_page: bool = False,
        makes_speech: bool = False,
        is_probe: bool = False,
        template_folder: str | None = None,
    ) -> None:
        """Describe the endpoint.

        A page needs no key, since browsers bring none and it holds no secret; it is not part of
        the API. Endpoints that make speech are rate limited. Requests to a probe, which machines
        send every few seconds, are logged only for debugging.
        """
        super().__init__(name, import_name, template_folder=template_folder)
        self.is_page = is_page
        self.makes_speech = makes_speech
        self.is_probe = is_probe
        self._operations: dict[str, Described] = {}

    def describe(self, operation: Described) -> Callable[[View], View]:
        """Return a decorator that gives a view its operation in the API's document."""

        def decorate(view: View) -> View:
            self._operations[view.__name__] = operation
            return view

        return decorate

    def operation(self, view: str, capabilities: Capabilities) -> Operation:
        """Return the operation of a view by its name; raises `LookupError` if it has none."""
        described = self._operations.get(view)
        if described is None:
            raise LookupError(
                f"The view {view!r} of the endpoint {self.name!r} has no operation: add "
                "@bp.describe(Operation(...)) to it."
            )
        return described if isinstance(described, Operation) else described(capabilities)


def require_setting(endpoint: Endpoint) -> None:
    """Raise `LookupError` if an endpoint can need a key and the settings cannot make it public."""
    if not endpoint.is_page and endpoint.name not in ENDPOINTS:
        raise LookupError(
            f"KOKORO_PUBLIC_ENDPOINTS does not know the endpoint {endpoint.name!r}: add it to "
            "ENDPOINTS in app/settings/choices.py, or make it a page."
        )


def endpoint_named(app: Flask, name: str | None) -> Endpoint | None:
    """Return the endpoint that `app` has under a name."""
    found = app.blueprints.get(name or "")
    return found if isinstance(found, Endpoint) else None


def current_endpoint() -> Endpoint | None:
    """Return the endpoint of the request in progress; None where no route matches."""
    return endpoint_named(current_app, request.blueprint)
