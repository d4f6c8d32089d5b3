"""Requests that are odd in other ways than their members, each with the documented answer."""

import gzip
import json
import re

from hypothesis import strategies as st

from tests.faults.body_strategies import (
    DEEP,
    JSON_TYPE,
    LISTS,
    NUMBERS,
    TEXT,
    VALID,
    VALID_BODY,
    Case,
    body_of,
    encoded,
)

NO_OBJECTS = st.none() | st.booleans() | NUMBERS | TEXT | LISTS | DEEP
NO_JSON = st.binary(max_size=30).filter(lambda body: not is_json(body))
TOO_DEEP = st.sampled_from([10_000, 200_000]).map(lambda depth: b"[" * depth + b"]" * depth)
TRUNCATED = st.integers(0, len(VALID_BODY) - 1).map(lambda length: VALID_BODY[:length])
ENDLESS = st.sampled_from([b'{"speed": ' + b"9" * 5000 + b"}", b"{" * 5000, b'"' + b"a" * 100_000])
MORE_THAN_JSON = st.sampled_from([VALID_BODY + b"x", VALID_BODY * 2, b"'" + VALID_BODY + b"'"])
COMPRESSED = st.just(gzip.compress(VALID_BODY))
BROKEN_BODIES = NO_JSON | TOO_DEEP | TRUNCATED | ENDLESS | MORE_THAN_JSON | COMPRESSED
OTHER_ENCODINGS = st.sampled_from(["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-32-be"])
NO_UNICODE = body_of([*VALID, ("input", "déjà vu")], is_ascii=False).decode().encode("latin-1")

JSON_TYPES = st.sampled_from(
    [
        *(JSON_TYPE, "application/json; charset=utf-8", "Application/JSON", "application/ld+json"),
        *("application/json;charset=latin-1", 'application/json ; x="y"', "application/a.b+json"),
    ]
)
OTHER_TYPES = st.sampled_from(
    [
        *("", "text/plain", "text/json", "application/x-www-form-urlencoded", "json", "/", ";"),
        *("multipart/form-data; boundary=x", "application/jsonx", "audio/wav", "*/*", "é"),
    ]
) | st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20).filter(
    lambda name: "json" not in name.lower()
)


def is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def bad_request(body: bytes) -> Case:
    return Case(body, frozenset({400}))


def other_bodies() -> st.SearchStrategy[Case]:
    """Bodies that are not a JSON object in UTF-8, or not declared as JSON."""
    return (
        BROKEN_BODIES.map(bad_request)
        | st.just(bad_request(NO_UNICODE))
        | NO_OBJECTS.map(lambda value: bad_request(encoded(value, is_ascii=True).encode()))
        | OTHER_ENCODINGS.map(
            # JSON is UTF-8 (RFC 8259); whether other encodings are understood is not documented.
            lambda name: Case(VALID_BODY.decode().encode(name), frozenset({200, 400}))
        )
        | JSON_TYPES.map(lambda name: Case(VALID_BODY, frozenset({200}), headers=typed(name)))
        | OTHER_TYPES.map(lambda name: Case(VALID_BODY, frozenset({415}), headers=typed(name)))
        | st.just(Case(VALID_BODY, frozenset({415}), headers={}))
        | st.just(Case(b" " * (1 << 20) + VALID_BODY, frozenset({413})))
    )


def typed(content_type: str) -> dict[str, str]:
    return {"Content-Type": content_type}


ROUTES = {
    "/": "GET",
    "/v1": "GET",
    "/health": "GET",
    "/health/live": "GET",
    "/health/ready": "GET",
    "/metrics": "GET",
    "/v1/models": "GET",
    "/v1/models/tts-1": "GET",
    "/v1/audio/models": "GET",
    "/v1/audio/voices": "GET",
    "/v1/audio/speech": "POST",
}
METHODS = (
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "get",
    "SPEAK",
    "X" * 15,
)
PATH_CHARACTERS = st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="?#")
ESCAPES = st.sampled_from(["%", "%0", "%00", "%ff", "%0d%0a", "%2e%2e/", "%2F", "//", "../", "%zz"])
UNKNOWN_PATHS = st.lists(st.text(PATH_CHARACTERS, max_size=10) | ESCAPES, max_size=6).map(
    lambda parts: "/x" + "".join(parts)
) | st.sampled_from(
    [
        "/v1/",
        "/V1",
        "/v1/audio/speech/",
        "/../etc/passwd",
    ]
)
QUERIES = st.just("") | st.lists(
    st.text(PATH_CHARACTERS, max_size=10)
    | st.sampled_from(["%", "&", "=", "?", "a=b", "%ff", "[]"]),
    max_size=6,
).map(lambda parts: "?" + "".join(parts))


@st.composite
def request_lines(draw: st.DrawFn) -> Case:
    """Methods, paths and queries, known and unknown ones."""
    path = draw(st.sampled_from(list(ROUTES)) | UNKNOWN_PATHS)
    method = draw(st.sampled_from(METHODS) | st.sampled_from(["GET", "POST"]))
    statuses = {404}
    if path in ROUTES:
        is_possible = method in (ROUTES[path], "OPTIONS") or (ROUTES[path], method) == (
            "GET",
            "HEAD",
        )
        statuses = {200} if is_possible else {405}
    if not re.fullmatch("[A-Z]+", method):
        statuses = {400}  # not a method of HTTP
    return Case(
        VALID_BODY if method == "POST" else b"",
        frozenset(statuses),
        method=method,
        path=path + draw(QUERIES),
    )


HEADER_TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_categories=["Cc"]))
STRANGE_HOSTS = ("a" * 300, "example.org:99999", "a,b", "é", "a b", "", "/", "[", "-", "a:b:c")
HEADERS = {
    "X-Request-Id": HEADER_TEXT | st.sampled_from(["mine-1", "a" * 128, "a" * 129, "a b", ""]),
    "Authorization": HEADER_TEXT | st.sampled_from(["Bearer", "Bearer x", "Basic eDp5", "Basic é"]),
    "Accept": HEADER_TEXT
    | st.sampled_from(["*/*", "audio/wav", "text/html;q=x", "application/xml"]),
    "Accept-Encoding": st.sampled_from(["gzip", "br;q=1", "identity;q=0", "*"]),
    "Content-Encoding": st.sampled_from(["gzip", "identity", "x"]),
    "Cookie": HEADER_TEXT,
    "Host": st.sampled_from(["localhost", "[::1]:80", "example.org", *STRANGE_HOSTS]),
    "If-None-Match": HEADER_TEXT,
    "If-Modified-Since": HEADER_TEXT,
    "Origin": st.sampled_from(["http://example.org", "null", "", "*"]),
    "Range": st.sampled_from(["bytes=0-1", "bytes=-", "x"]),
    "Referer": HEADER_TEXT,
    "Upgrade": st.sampled_from(["websocket", "h2c"]),
    "User-Agent": HEADER_TEXT,
    "X-Forwarded-For": HEADER_TEXT | st.sampled_from(["1.2.3.4", "1.2.3.4, 5.6.7.8"]),
    "X-Forwarded-Host": HEADER_TEXT,
    "X-Forwarded-Prefix": HEADER_TEXT,
    "X-Forwarded-Proto": st.sampled_from(["https", "gopher", ""]),
    "X-HTTP-Method-Override": st.sampled_from(["GET", "DELETE"]),
    "Connection": st.sampled_from(["close", "keep-alive", "upgrade", "x"]),
    "X": HEADER_TEXT | st.sampled_from(["a" * 8000]),
}


@st.composite
def headers(draw: st.DrawFn) -> Case:
    """Valid requests with headers of all kinds; only a few headers are a reason for refusal."""
    names = draw(st.lists(st.sampled_from(list(HEADERS)), min_size=1, max_size=5, unique=True))
    added = {name: draw(HEADERS[name]).strip() for name in names}
    statuses = {200}
    # No host, and a protocol that the server does not speak.
    if added.get("Host") in STRANGE_HOSTS or added.get("Upgrade") == "websocket":
        statuses |= {400}
    return Case(VALID_BODY, frozenset(statuses), headers={**typed(JSON_TYPE), **added})
