"""Speech requests are taken as documented, and refused by the name of the bad field."""

from typing import Any

import pytest

from app.errors import InvalidRequest
from app.offer import Offer
from app.schemas import CaptionsRequest, SpeechRequest
from app.settings import Settings

GOOD: dict[str, Any] = {"model": "tts-1", "input": "Hello", "voice": "af_heart"}


OFFER = Offer.of(Settings(max_input_chars=20))


def parse(body: object) -> SpeechRequest:
    return SpeechRequest.parse(body, OFFER)


def test_defaults_are_wav_at_normal_speed_unstreamed() -> None:
    speech = parse(GOOD)
    assert (speech.response_format.name, speech.speed, speech.is_streamed) == ("wav", 1.0, False)


def test_null_is_the_default_where_there_is_one() -> None:
    assert parse({**GOOD, "response_format": None, "speed": None, "stream": None}) == parse(GOOD)


def test_unknown_members_are_ignored() -> None:
    assert parse({**GOOD, "backend": 7, "lang": []}) == parse(GOOD)


def test_instructions_are_accepted_and_change_nothing() -> None:
    assert parse({**GOOD, "instructions": "Cheerfully"}).options == parse(GOOD).options


@pytest.mark.parametrize(
    ("member", "value", "attribute", "expected"),
    [
        ("model", "kokoro", "model", "kokoro"),
        ("voice", "Alloy", "voice", "af_alloy"),
        ("voice", {"id": "nova"}, "voice", "af_nova"),
        ("voice", {"id": "nova", "name": "Nova"}, "voice", "af_nova"),
        ("speed", 0.25, "speed", 0.25),
        ("speed", 4, "speed", 4.0),
        ("stream", True, "is_streamed", True),
        ("stream", False, "is_streamed", False),
        ("stream_format", "audio", "is_streamed", True),
        ("stream_format", "audio", "wants_events", False),
        ("stream_format", "sse", "is_streamed", True),
        ("stream_format", "sse", "wants_events", True),
        ("stream_format", None, "is_streamed", False),
        ("response_format", "pcm", "is_streamed", True),
        ("language", "en-gb", "language", "en-GB"),
        ("language", "j", "language", "ja"),
        ("language", None, "language", None),
        ("input", "x" * 20, "input", "x" * 20),
    ],
)
def test_documented_values_are_taken(
    member: str, value: object, attribute: str, expected: object
) -> None:
    assert getattr(parse({**GOOD, member: value}), attribute) == expected


@pytest.mark.parametrize("name", ["wav", "WAV", "pcm", "Pcm"])
def test_formats_are_taken_in_any_case(name: str) -> None:
    assert parse({**GOOD, "response_format": name}).response_format.name == name.lower()


@pytest.mark.parametrize("member", ["model", "input", "voice"])
def test_a_required_member_left_out_is_named(member: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse({name: value for name, value in GOOD.items() if name != member})
    assert refused.value.param == member
    assert refused.value.message == f"Missing required parameter: '{member}'."


@pytest.mark.parametrize(
    ("member", "value"),
    [
        *(("model", value) for value in ("", "gpt-4", "TTS-1", 1, None, ["tts-1"])),
        *(("input", value) for value in ("", " \n\t", 5, None, ["Hello"], "x" * 21)),
        *(("language", value) for value in ("", "tlh", "English", 7, ["en"])),
        *(("voice", value) for value in ("", "bob", 7, None, [], {}, {"id": 7}, {"name": "alloy"})),
        *(("response_format", value) for value in ("mp3", "opus", "aac", "flac", "", 5, [])),
        *(("speed", value) for value in (0.24, 4.01, -1, "1.0", True, [1])),
        *(("speed", float(value)) for value in ("nan", "inf", "-inf")),
        ("speed", 10**400),
        *(("stream", value) for value in ("true", 1, 0, [])),
        *(("stream_format", value) for value in ("", "SSE", "pcm", 1, True)),
        *(("timestamps", value) for value in ("true", 1, [], True)),
        *(("instructions", value) for value in (1, ["Cheerfully"])),
    ],
)
def test_a_bad_value_is_refused_by_name(member: str, value: object) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse({**GOOD, member: value})
    assert refused.value.param == member
    assert refused.value.status == 400


def test_a_format_that_is_switched_off_is_refused_with_how_to_switch_it_on() -> None:
    with pytest.raises(InvalidRequest, match=r"wav and pcm; .* KOKORO_EXTRA_FORMATS=mp3 switches"):
        parse({**GOOD, "response_format": "mp3"})


def test_a_format_that_nobody_knows_is_told_those_that_exist() -> None:
    with pytest.raises(InvalidRequest, match=r"the formats are wav and pcm\.$"):
        parse({**GOOD, "response_format": "ogg"})


def test_bare_pcm_is_whole_when_that_is_asked_for() -> None:
    assert not parse({**GOOD, "response_format": "pcm", "stream": False}).is_streamed


def test_a_request_that_names_no_format_gets_the_operators_default() -> None:
    offer = Offer.of(Settings(default_format="pcm"))
    for body in (GOOD, {**GOOD, "response_format": None}):
        assert SpeechRequest.parse(body, offer).response_format.name == "pcm"


def test_models_that_the_operator_names_are_taken() -> None:
    offer = Offer.of(Settings(model_ids=("tts-1-hd", "tts-1")))
    assert offer.models == ("tts-1", "kokoro", "tts-1-hd")
    assert SpeechRequest.parse({**GOOD, "model": "tts-1-hd"}, offer).model == "tts-1-hd"


def test_an_unknown_model_is_told_those_that_exist_and_how_to_add_it() -> None:
    with pytest.raises(InvalidRequest, match=r"tts-1 and kokoro; .* KOKORO_MODEL_IDS adds names"):
        parse({**GOOD, "model": "gpt-4o-mini-tts"})


def test_times_of_words_come_with_events_only() -> None:
    asked = {**GOOD, "timestamps": True}
    assert parse({**asked, "stream_format": "sse"}).options.timestamps
    for body in (asked, {**asked, "stream": True}, {**asked, "stream_format": "audio"}):
        with pytest.raises(InvalidRequest, match=r"sse.*captions") as refused:
            parse(body)
        assert refused.value.param == "timestamps"


def test_captions_are_json_beside_wav_unless_asked_otherwise() -> None:
    asked = CaptionsRequest.parse(GOOD, OFFER)
    assert (asked.response_format, asked.audio_format.name) == ("json", "wav")
    assert asked.options.timestamps
    with pytest.raises(InvalidRequest) as refused:
        CaptionsRequest.parse({**GOOD, "response_format": "wav"}, OFFER)
    assert refused.value.param == "response_format"


@pytest.mark.parametrize("body", [[], "Hello", 5, None, True])
def test_a_body_that_is_no_object_is_refused(body: object) -> None:
    with pytest.raises(InvalidRequest, match="JSON object"):
        parse(body)


def test_what_was_to_be_said_is_not_repeated_in_an_error() -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse({**GOOD, "input": "a private matter that is too long"})
    assert "private" not in refused.value.message
