"""The header `traceparent`, by which a request is known to be a part of a distributed trace."""

import re

_TRACEPARENT = re.compile(
    r"(?P<version>[0-9a-f]{2})-(?P<trace_id>[0-9a-f]{32})-(?P<span_id>[0-9a-f]{16})-[0-9a-f]{2}"
    r"(?P<more>-.*)?"
)


def trace_of(traceparent: str) -> dict[str, str]:
    """Return the `trace_id` and the `span_id` of the caller; nothing if the header is malformed.

    See https://www.w3.org/TR/trace-context/, 3.2: later versions may add to what version 00 has.
    """
    found = _TRACEPARENT.fullmatch(traceparent)
    if found is None or found["version"] == "ff" or (found["version"] == "00" and found["more"]):
        return {}
    ids = {name: found[name] for name in ("trace_id", "span_id")}
    return ids if all(value.strip("0") for value in ids.values()) else {}
