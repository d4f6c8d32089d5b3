"""The OpenAPI document as records for the page: operations, their members, replies and commands."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.web.openapi.commands import JsonObject, commands
from app.web.openapi.contents import JSON


@dataclass(frozen=True)
class TypeName:
    """A type that a member may have."""

    text: str
    """Its name; for a type with a `schema` only what goes before that, such as `list of`."""

    schema: str | None = None
    """Name of a schema that the page describes."""


@dataclass(frozen=True)
class Member:
    """A row of a table of members."""

    name: str
    types: list[TypeName]
    is_required: bool
    description: str
    default: str | None
    limits: list[str]


@dataclass(frozen=True)
class DocumentedReply:
    """The reply with one status."""

    status: str
    description: str
    headers: list[str]
    media_types: list[str]
    schemas: list[str]


@dataclass(frozen=True)
class DocumentedOperation:
    """An operation on the page."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    members: list[Member]
    replies: list[DocumentedReply]
    commands: dict[str, str]
    """curl commands by the titles of their examples."""


@dataclass(frozen=True)
class Shape:
    """A schema on the page."""

    name: str
    description: str
    members: list[Member]


def documented_operations(document: JsonObject, address: str) -> list[DocumentedOperation]:
    """Return the operations of `document` for a server at `address`, speech first."""
    found = [
        _operation(document, method, path, operation, address)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    return sorted(found, key=lambda operation: (operation.method != "POST", operation.path))


def shapes(document: JsonObject) -> list[Shape]:
    """Return the schemas of `document` by name, except the bodies of requests."""
    schemas = document["components"]["schemas"]
    bodies = {
        _name(operation["requestBody"]["content"][JSON]["schema"])
        for operations in document["paths"].values()
        for operation in operations.values()
        if "requestBody" in operation
    }
    return [
        Shape(name, schema.get("description", ""), _members(schema))
        for name, schema in sorted(schemas.items())
        if name not in bodies
    ]


def _operation(
    document: JsonObject, method: str, path: str, operation: JsonObject, address: str
) -> DocumentedOperation:
    members = [_parameter(parameter) for parameter in operation.get("parameters", ())]
    if "requestBody" in operation:
        body = _name(operation["requestBody"]["content"][JSON]["schema"])
        members += _members(document["components"]["schemas"][body])
    return DocumentedOperation(
        anchor="-".join((method, *re.findall(r"\w+", path))),
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation["description"],
        members=members,
        replies=[_reply(*reply) for reply in operation["responses"].items()],
        commands=dict(commands(path, operation, address)),
    )


def _reply(status: str, response: JsonObject) -> DocumentedReply:
    schemas = [content.get("schema", {}) for content in response["content"].values()]
    return DocumentedReply(
        status=status,
        description=response["description"],
        headers=list(response.get("headers", ())),
        media_types=list(response["content"]),
        schemas=[_name(reference) for schema in schemas for reference in _references(schema)],
    )


def _members(schema: JsonObject) -> list[Member]:
    return [
        Member(
            name=name,
            types=list(_types(member)),
            is_required=name in schema.get("required", ()),
            description=member.get("description", ""),
            default=None if member.get("default") is None else json.dumps(member["default"]),
            limits=list(_limits(member)),
        )
        for name, member in schema.get("properties", {}).items()
    ]


def _parameter(parameter: JsonObject) -> Member:
    limits = [f"such as {parameter['example']}"]
    types = list(_types(parameter["schema"]))
    required = parameter["required"]
    return Member(parameter["name"], types, required, parameter["description"], None, limits)


def _types(schema: JsonObject) -> Iterator[TypeName]:
    """Return the types except null, which clients may send for every optional member."""
    if "anyOf" in schema:
        for choice in schema["anyOf"]:
            yield from _types(choice)
    elif "$ref" in schema:
        yield TypeName("", _name(schema))
    elif schema.get("type") == "array":
        for item in _types(schema["items"]):
            yield TypeName(f"list of {item.text}", item.schema)
    elif schema.get("type") != "null":
        yield TypeName(schema["type"])


def _limits(schema: JsonObject) -> Iterator[str]:
    for choice in schema.get("anyOf", ()):
        yield from _limits(choice)
    if "enum" in schema:
        yield "one of " + ", ".join(str(value) for value in schema["enum"] if value is not None)
    if "const" in schema:
        yield f"always {schema['const']}"
    if "minimum" in schema and "maximum" in schema:
        yield f"{schema['minimum']:g} to {schema['maximum']:g}"
    if "maxLength" in schema:
        yield f"at most {schema['maxLength']:,} characters"
    if "examples" in schema:
        yield "such as " + ", ".join(schema["examples"])


def _references(schema: JsonObject) -> Iterator[JsonObject]:
    """Return the named schemas of a reply: its own, or those of its events."""
    if "$ref" in schema:
        yield schema
    elif "x-event-data" in schema:
        yield from schema["x-event-data"]["oneOf"]


def _name(reference: JsonObject) -> str:
    return str(reference["$ref"].rsplit("/", 1)[1])
