"""Bodies of requests for speech, each with the documented answer."""

import json
from dataclasses import dataclass, field

from hypothesis import strategies as st

SPEECH = "/v1/audio/speech"
JSON_TYPE = "application/json"
MAX_INPUT_CHARS = 400
"""KOKORO_MAX_INPUT_CHARS of the server under test, so that texts stay short."""

FORMATS = ("wav", "pcm", "mp3", "opus", "aac", "flac")
MODELS = ("tts-1", "kokoro")
VOICES = (
    *("af_heart", "am_adam", "bf_emma", "ef_dora", "ff_siwis", "hf_alpha", "if_sara", "pf_dora"),
    *("jf_alpha", "zf_xiaoxiao", "alloy", "Nova", "FABLE", "af_shimmer", "AF_Bella"),
)
MIXES = (
    "af_bella(2)+af_sky(1)",
    "alloy+nova",
    " bf_emma ( .5 ) + ef_dora ",
    "af_sky(1000)",
    "+".join(["af_bella", "af_sky"] * 4),
)
BROKEN_MIXES = (
    *("af_bella(0)", "af_bella(-1)", "af_bella(1001)", "af_bella(NaN)", "af_bella(1e3)"),
    *("+", "()", "af_bella+", "+af_bella", "af_bella(2", "af_bella)2(", "af_bella(2)af_sky(1)"),
    *("af_bella(" + "9" * 900 + ")", "nobody+af_sky", "+".join(["af_sky"] * 9), "a+" * 600),
)
LANGUAGES = ("en-GB", "pt-BR", "en", "es", "fr-FR", "hi", "it", "ja", "zh", "a", "b", "EN_us", "z")
UNKNOWN_LANGUAGES = ("", "de", "xx-YY", "english", "zh-HK", "-", "a" * 5000, "en--", "e n", "é")


@dataclass(frozen=True)
class Case:
    """A request and its allowed answers."""

    body: bytes
    statuses: frozenset[int]
    params: frozenset[str | None] = frozenset({None})
    """Allowed values of an error's `param`."""

    method: str = "POST"
    path: str = SPEECH
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": JSON_TYPE})
    members: dict[str, object] = field(default_factory=dict)
    """The members of a valid body that decide the form of its audio."""


@dataclass(frozen=True)
class Value:
    """A value of a member of a body."""

    value: object
    is_valid: bool


@dataclass(frozen=True)
class Member:
    """Valid and invalid values of a member of a body."""

    good: st.SearchStrategy[object]
    bad: st.SearchStrategy[object]

    def values(self) -> st.SearchStrategy[Value]:
        return self.good.map(lambda value: Value(value, True)) | self.bad.map(
            lambda value: Value(value, False)
        )


class Literal(str):
    """A piece of JSON that no Python value is serialised to."""


def sampled(*values: object) -> st.SearchStrategy[object]:
    return st.sampled_from(values)


SURROGATES = st.characters(categories=["Cs"])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
BROKEN_TEXT = st.builds("{}{}{}".format, TEXT, SURROGATES, TEXT).filter(
    lambda text: json.loads(json.dumps(text)) == text  # no two surrogates that make one character
)
HUGE_NUMBERS = sampled(
    10**400, -(10**400), Literal("1e999"), Literal("-1e999"), Literal("1e-999"), 1e308, 5e-324
)
NO_NUMBERS = sampled(Literal("NaN"), Literal("Infinity"), Literal("-Infinity"))
COLLECTIONS = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
LISTS = st.lists(COLLECTIONS, max_size=3)
OBJECTS = st.dictionaries(TEXT, COLLECTIONS, max_size=3)
DEEP = st.sampled_from([10, 200, 500]).map(lambda depth: Literal("[" * depth + "]" * depth))
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False) | HUGE_NUMBERS
NO_TEXTS = NUMBERS | NO_NUMBERS | st.booleans() | LISTS | OBJECTS | DEEP
SWITCHES = sampled(True, False, None)
NO_SWITCHES = NUMBERS | NO_NUMBERS | TEXT | LISTS | OBJECTS | DEEP
ANYTHING = NO_TEXTS | TEXT | BROKEN_TEXT | st.none()


def is_spoken(text: str) -> bool:
    return bool(text.strip()) and len(text) <= MAX_INPUT_CHARS


def texts_but(*known: str) -> st.SearchStrategy[object]:
    """Texts other than `known`, whatever their case and the space around them."""
    return (TEXT | BROKEN_TEXT).filter(lambda text: text.strip().lower() not in known)


PRONUNCIATIONS = sampled(
    "[Kokoro](/kˈOkəɹO/)", "[x](http://example.org)", "[pause:0.1s] a", "**bold** `code`", "$1.50"
)
NAMED_VOICES = sampled(*VOICES, *MIXES)
NO_VOICES = sampled(*BROKEN_MIXES) | texts_but(*map(str.lower, VOICES))

REQUIRED = {
    "model": Member(sampled(*MODELS), texts_but(*MODELS) | NO_TEXTS | st.none()),
    "input": Member(
        (TEXT | BROKEN_TEXT).filter(is_spoken) | PRONUNCIATIONS,
        st.text(" \t\r\n", max_size=5)
        | st.integers(MAX_INPUT_CHARS, 2000).map(lambda length: "a" * length + "!")
        | NO_TEXTS
        | st.none(),
    ),
    "voice": Member(
        NAMED_VOICES | st.builds(lambda name, rest: {**rest, "id": name}, NAMED_VOICES, OBJECTS),
        NO_VOICES
        | NO_TEXTS.filter(lambda value: not isinstance(value, dict))
        | OBJECTS.filter(lambda value: "id" not in value)
        | (NO_VOICES | NO_TEXTS | st.none()).map(lambda value: {"id": value})
        | st.none(),
    ),
}
OPTIONAL = {
    "response_format": Member(
        sampled(*FORMATS, *map(str.upper, FORMATS), "Wav", None),
        texts_but(*FORMATS) | NO_TEXTS | sampled("wave", " wav", ""),
    ),
    "speed": Member(
        st.floats(0.25, 4) | st.integers(1, 4) | sampled(0.25, 4, Literal("1e0"), None),
        st.floats(max_value=0.25, exclude_max=True, allow_infinity=False)
        | st.floats(min_value=4, exclude_min=True, allow_infinity=False)
        | HUGE_NUMBERS
        | NO_NUMBERS
        | TEXT
        | sampled("1.0")
        | st.booleans()
        | LISTS
        | OBJECTS
        | DEEP,
    ),
    "language": Member(
        sampled(*LANGUAGES, None), sampled(*UNKNOWN_LANGUAGES) | NO_TEXTS | BROKEN_TEXT
    ),
    "stream": Member(SWITCHES, NO_SWITCHES),
    "stream_format": Member(sampled("audio", "sse", None), texts_but("audio", "sse") | NO_TEXTS),
    # The tiny voice knows no times of words, like the model as shipped.
    "timestamps": Member(sampled(False, None), sampled(True) | NO_SWITCHES),
    "instructions": Member(TEXT | BROKEN_TEXT | st.none(), NO_TEXTS),
}
MEMBERS = {**REQUIRED, **OPTIONAL}


def encoded(value: object, *, is_ascii: bool) -> str:
    """JSON in which `Literal` stands for itself."""
    if isinstance(value, Literal):
        return value
    if isinstance(value, dict):
        pairs = (
            f"{json.dumps(name, ensure_ascii=is_ascii)}:{encoded(inner, is_ascii=is_ascii)}"
            for name, inner in value.items()
        )
        return f"{{{','.join(pairs)}}}"
    return json.dumps(value, ensure_ascii=is_ascii)


def body_of(members: list[tuple[str, object]], *, is_ascii: bool = True) -> bytes:
    pairs = (
        f"{json.dumps(name, ensure_ascii=is_ascii)}:{encoded(value, is_ascii=is_ascii)}"
        for name, value in members
    )
    return f"{{{','.join(pairs)}}}".encode()


VALID = [("model", "tts-1"), ("input", "Hello."), ("voice", "alloy")]
VALID_BODY = body_of(VALID)


@st.composite
def bodies(draw: st.DrawFn) -> Case:
    """Bodies most of whose members are valid, some invalid, and some repeated."""
    members: list[tuple[str, Value]] = [(name, Value(value, True)) for name, value in VALID]
    for name in draw(st.lists(st.sampled_from(list(MEMBERS)), max_size=6)):
        members.append((name, draw(MEMBERS[name].values())))
    missing = draw(st.none() | st.none() | st.none() | st.sampled_from(list(REQUIRED)))
    unknown = draw(st.dictionaries(TEXT | BROKEN_TEXT, ANYTHING, max_size=2))
    return case_of(
        [member for member in members if member[0] != missing],
        [(name, value) for name, value in unknown.items() if name not in MEMBERS],
        unknown_first=draw(st.booleans()),
    )


@st.composite
def valid_bodies(draw: st.DrawFn) -> Case:
    """Valid bodies."""
    optional = draw(st.lists(st.sampled_from(list(OPTIONAL)), max_size=7, unique=True))
    names = draw(st.permutations([*REQUIRED, *optional]))
    return case_of([(name, Value(draw(MEMBERS[name].good), True)) for name in names], [])


def case_of(
    members: list[tuple[str, Value]],
    unknown: list[tuple[str, object]],
    *,
    unknown_first: bool = False,
) -> Case:
    last = dict(members)  # of repeated members, the last counts
    faults = {name for name, value in last.items() if not value.is_valid}
    faults |= REQUIRED.keys() - last.keys()
    pairs = [(name, value.value) for name, value in members]
    return Case(
        body_of(unknown + pairs if unknown_first else pairs + unknown),
        frozenset({400 if faults else 200}),
        frozenset(faults),
        members={name: value.value for name, value in last.items()},
    )
