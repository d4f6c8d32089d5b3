"""The header `traceparent`, which makes a request part of a distributed trace."""

import re

_TRACEPARENT = re.compile(
    r"(?P<version>[0-9a-f]{2})-(?P<trace_id>[0-9a-f]{32})-(?P<span_id>[0-9a-f]{16})-[0-9a-f]{2}"
    r"(?P<more>-.*)?"
)


def trace_of(traceparent: str) -> dict[str, str]:
    """Return the `trace_id` and `span_id` of the caller; an empty dict if the header is malformed.

    See https://www.w3.org/TR/trace-context/, 3.2: later versions may add fields to version 00.
    """
    found = _TRACEPARENT.fullmatch(traceparent)
    if found is None or found["version"] == "ff" or (found["version"] == "00" and found["more"]):
        return {}
    ids = {name: found[name] for name in ("trace_id", "span_id")}
    return ids if all(value.strip("0") for value in ids.values()) else {}
