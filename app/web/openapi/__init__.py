"""The API as an OpenAPI 3.1 document, assembled from the registered endpoints."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from app.version import DESCRIPTION, NAME, __version__
from app.web.endpoints import Endpoint, Operation, endpoint_named
from app.web.hooks.auth import needs_key
from app.web.openapi.contents import models_of
from app.web.openapi.responses import failures, response
from app.web.openapi.schemas import component_schemas, ref
from app.web.replies import ErrorReply
from app.web.state import state_of

_CONVERTER = re.compile(r"<(?:[^:>]+:)?([^>]+)>")

BEARER = "bearer"


@dataclass(frozen=True)
class _Route:
    """A rule of the URL map and its operation."""

    rule: Rule
    endpoint: Endpoint
    operation: Operation


def document(app: Flask, root: str = "/") -> dict[str, Any]:
    """Describe the endpoints of `app`, as its settings make them, below the path `root`.

    Raises `KeyError` for a view, or a variable of its path, that has no description, and
    `ValueError` for two operations of one name.
    """
    state = state_of(app)
    routes = list(_routes(app))
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        name = _name(app, route.rule)
        entry = _operation(name, route, is_locked=needs_key(route.endpoint, state))
        for method in methods(route.rule):
            paths.setdefault(template(route.rule), {})[method.lower()] = entry
    _require_unique_names(paths)
    components: dict[str, Any] = {"schemas": _schemas(app, routes)}
    if state.keys.is_needed:
        components["securitySchemes"] = {BEARER: {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": NAME,
            "version": __version__,
            "summary": DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root}],
        "paths": paths,
        "components": components,
    }


def template(rule: Rule) -> str:
    """Return the path of a route as OpenAPI writes it: `/v1/models/{name}`."""
    return _CONVERTER.sub(r"{\1}", rule.rule)


def methods(rule: Rule) -> list[str]:
    """Return the HTTP methods of a route, except those that every route has."""
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def _routes(app: Flask) -> Iterator[_Route]:
    """Return the routes of the API by path; pages are not part of it."""
    capabilities = state_of(app).capabilities
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        name, _, view = rule.endpoint.rpartition(".")
        endpoint = endpoint_named(app, name)
        if endpoint is not None and not endpoint.is_page:
            yield _Route(rule, endpoint, endpoint.operation(view, capabilities))


def _schemas(app: Flask, routes: Iterable[_Route]) -> dict[str, Any]:
    operations = [route.operation for route in routes]
    requests = [operation.request for operation in operations if operation.request is not None]
    replies = [
        model
        for operation in operations
        for reply in operation.replies.values()
        for model in models_of(reply.content)
    ]
    return component_schemas(requests, [ErrorReply, *replies], state_of(app).capabilities)


def _operation(name: str, route: _Route, *, is_locked: bool) -> dict[str, Any]:
    operation = route.operation
    entry: dict[str, Any] = {
        "operationId": name,
        "summary": operation.summary,
        "description": operation.description,
    }
    parameters = [*_path_parameters(route), *operation.queries]
    if parameters:
        entry["parameters"] = parameters
    if operation.request is not None:
        content = {"schema": ref(operation.request), "examples": _examples(operation.examples)}
        entry["requestBody"] = {"required": True, "content": {"application/json": content}}
    entry["responses"] = {
        **{str(status): response(reply) for status, reply in operation.replies.items()},
        **failures((*operation.failures, 401) if is_locked else operation.failures),
    }
    if is_locked:
        entry["security"] = [{BEARER: []}]
    return entry


def _name(app: Flask, rule: Rule) -> str:
    """Return a name for generated clients.

    It is the view's for the first of its paths, and the path's for its others: `health_ready`.
    """
    *_, first = app.url_map.iter_rules(rule.endpoint)  # decorators are applied from the last one up
    words = rule.endpoint.split(".") if rule is first else re.findall(r"\w+", rule.rule)
    return "_".join(words)


def _require_unique_names(paths: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise `ValueError` if two operations have one name."""
    names = Counter(entry["operationId"] for path in paths.values() for entry in path.values())
    name, count = names.most_common(1)[0]
    if count > 1:
        raise ValueError(
            f"{count} operations have the name {name!r}: rename a view or its path, and give each "
            "method a view of its own."
        )


def _path_parameters(route: _Route) -> Iterator[dict[str, Any]]:
    """Return the Parameter Objects of the variable parts of a path."""
    place = {"in": "path", "required": True, "schema": {"type": "string"}}
    for name in _CONVERTER.findall(route.rule.rule):
        yield {"name": name, **place, **route.operation.parameters[name]}


def _examples(examples: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {name: {"summary": name, "value": dict(value)} for name, value in examples.items()}
