"""The API as an OpenAPI 3.1 document, made from what validates requests and from the routes."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from app.settings import Settings
from app.version import DESCRIPTION, NAME, __version__
from app.web.capabilities import Capabilities
from app.web.hooks.api_keys import Keys
from app.web.hooks.auth import PAGES
from app.web.openapi.operations import Operation, operations
from app.web.openapi.responses import reply, responses
from app.web.openapi.schemas import component_schemas, ref

_CONVERTER = re.compile(r"<(?:[^:>]+:)?([^>]+)>")

_SECOND_NAMES = {"/health/ready": "health_ready"}
"""Names of the routes that lead where another one leads."""

BEARER = "bearer"


def document(app: Flask, root: str = "/") -> dict[str, Any]:
    """Describe the endpoints of `app`, as its settings make them, below the path `root`.

    Raises `KeyError` for a route that has no description.
    """
    settings: Settings = app.extensions["settings"]
    capabilities: Capabilities = app.extensions["capabilities"]
    keys: Keys = app.extensions["keys"]
    described = operations(capabilities)
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        blueprint = rule.endpoint.split(".")[0]
        if blueprint in PAGES:
            continue
        needs_key = keys.is_needed and blueprint not in settings.public_endpoints
        entry = _operation(described[rule.endpoint], rule, needs_key)
        for method in methods(rule):
            paths.setdefault(template(rule), {})[method.lower()] = entry
    components: dict[str, Any] = {"schemas": component_schemas(capabilities)}
    if keys.is_needed:
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
    """Return the HTTP methods of a route, but for those that every route has."""
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def _operation(operation: Operation, rule: Rule, needs_key: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "operationId": _name(rule),
        "summary": operation.summary,
        "description": operation.description,
    }
    if rule.arguments:
        (name,) = rule.arguments
        place = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        entry["parameters"] = [{**place, **operation.parameter}, *operation.queries]
    if operation.request is not None:
        content = {"schema": ref(operation.request), "examples": _examples(operation.examples)}
        entry["requestBody"] = {"required": True, "content": {"application/json": content}}
    failures = (*operation.failures, 401) if needs_key else operation.failures
    entry["responses"] = {
        "200": reply(operation.reply_description, operation.content),
        **operation.further_replies,
        **responses(failures),
    }
    if needs_key:
        entry["security"] = [{BEARER: []}]
    return entry


def _name(rule: Rule) -> str:
    """Return a name for generated clients; two routes may lead to one function."""
    name: str = rule.endpoint.replace(".", "_")
    return _SECOND_NAMES.get(rule.rule, name)


def _examples(examples: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {name: {"summary": name, "value": dict(value)} for name, value in examples.items()}
