"""Speech requests are accepted as documented, and refused with the name of the bad field."""

from dataclasses import replace
from typing import Any

import pytest

from app.settings import EXTRA_FORMATS, FORMATS, Settings
from app.web.capabilities import Capabilities
from app.web.errors import InvalidRequest, NotFound
from app.web.speech_requests import CaptionsRequest, SpeechRequest

GOOD: dict[str, Any] = {"model": "tts-1", "input": "Hello", "voice": "af_heart"}


OFFER = Capabilities.of(Settings(max_input_chars=20))


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
def test_documented_values_are_accepted(
    member: str, value: object, attribute: str, expected: object
) -> None:
    assert getattr(parse({**GOOD, member: value}), attribute) == expected


@pytest.mark.parametrize("name", ["wav", "WAV", "pcm", "Pcm"])
def test_formats_are_accepted_in_any_case(name: str) -> None:
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


def refusal(capabilities: Capabilities, **members: object) -> str:
    with pytest.raises(InvalidRequest) as refused:
        SpeechRequest.parse({**GOOD, **members}, capabilities)
    return refused.value.message


CODECS = "pip install '.[codecs]'"
WITHOUT_CODECS = replace(OFFER, has_codecs=False)
MP3_OFFER = Capabilities.of(Settings(extra_formats=("mp3",), model_ids=("mine",)))


def test_a_format_that_is_off_is_refused_with_the_settings_that_allow_it() -> None:
    message = refusal(OFFER, response_format="MP3")
    assert message == (
        "Invalid 'response_format': the formats are wav and pcm. To have mp3, start the server "
        "with --openai (KOKORO_OPENAI=on) or KOKORO_EXTRA_FORMATS=mp3."
    )
    assert refusal(WITHOUT_CODECS, response_format="mp3") == (
        f"{message.removesuffix('.')}; both need the extra 'codecs': {CODECS}."
    )


def test_the_setting_for_a_format_keeps_those_that_are_on() -> None:
    message = refusal(MP3_OFFER, response_format="opus")
    assert message.endswith("start the server with KOKORO_EXTRA_FORMATS=mp3,opus.")


def test_an_unknown_format_is_refused_with_the_formats_on_offer() -> None:
    with pytest.raises(InvalidRequest, match=r"the formats are wav and pcm\.$"):
        parse({**GOOD, "response_format": "ogg"})


def test_pcm_is_whole_if_requested() -> None:
    assert not parse({**GOOD, "response_format": "pcm", "stream": False}).is_streamed


def test_a_request_that_names_no_format_gets_the_operators_default() -> None:
    capabilities = Capabilities.of(Settings(default_format="pcm"))
    for body in (GOOD, {**GOOD, "response_format": None}):
        assert SpeechRequest.parse(body, capabilities).response_format.name == "pcm"


def test_models_in_the_settings_are_accepted() -> None:
    capabilities = Capabilities.of(Settings(model_ids=("tts-1-hd", "tts-1")))
    assert capabilities.models == ("tts-1", "kokoro", "tts-1-hd")
    assert SpeechRequest.parse({**GOOD, "model": "tts-1-hd"}, capabilities).model == "tts-1-hd"


def test_a_model_of_openai_is_refused_with_the_settings_that_allow_it() -> None:
    message = refusal(OFFER, model="gpt-4o-mini-tts")
    assert message == (
        "Invalid 'model': the models are tts-1 and kokoro. To have gpt-4o-mini-tts, start the "
        "server with KOKORO_MODEL_IDS=gpt-4o-mini-tts or --openai (KOKORO_OPENAI=on)."
    )
    assert refusal(WITHOUT_CODECS, model="gpt-4o-mini-tts") == (
        f"{message.removesuffix('.')}; --openai needs the extra 'codecs': {CODECS}."
    )


def test_another_model_is_refused_with_the_setting_that_allows_it() -> None:
    assert refusal(OFFER, model="gpt-4") == (
        "Invalid 'model': the models are tts-1 and kokoro. To have gpt-4, start the server with "
        "KOKORO_MODEL_IDS=gpt-4, or KOKORO_MODEL_IDS=* for any name."
    )
    assert "start the server with KOKORO_MODEL_IDS=mine,gpt-4, or" in refusal(
        MP3_OFFER, model="gpt-4"
    )


@pytest.mark.parametrize("name", ["", "a b", "a,b", "a\nb", "*", "x" * 65])
def test_a_name_that_no_list_can_hold_is_refused_with_the_setting_for_any_name(name: str) -> None:
    assert refusal(OFFER, model=name).endswith("With KOKORO_MODEL_IDS=* the server takes any name.")


OPENAI_OFFER = Capabilities.of(Settings.load({"KOKORO_OPENAI": "on"}))


def test_with_openai_a_request_that_names_no_format_is_mp3_and_streamed() -> None:
    speech = SpeechRequest.parse({**GOOD, "model": "gpt-4o-mini-tts"}, OPENAI_OFFER)
    assert (speech.response_format.name, speech.is_streamed) == ("mp3", True)


@pytest.mark.parametrize("name", FORMATS)
def test_formats_are_streamed_unless_the_request_says_no_but_for_wav_without_openai(
    name: str,
) -> None:
    every_format = Capabilities.of(Settings(extra_formats=EXTRA_FORMATS))
    for capabilities, expected in ((every_format, name != "wav"), (OPENAI_OFFER, True)):
        body = {**GOOD, "response_format": name}
        assert SpeechRequest.parse(body, capabilities).is_streamed is expected
        assert SpeechRequest.parse({**body, "stream": None}, capabilities).is_streamed is expected
        assert not SpeechRequest.parse({**body, "stream": False}, capabilities).is_streamed
        assert SpeechRequest.parse({**body, "stream": True}, capabilities).is_streamed


def test_with_openai_an_unknown_model_is_not_found_in_openais_words() -> None:
    with pytest.raises(NotFound) as refused:
        SpeechRequest.parse({**GOOD, "model": "gpt-4"}, OPENAI_OFFER)
    assert (refused.value.param, refused.value.code) == ("model", "model_not_found")
    assert refused.value.message == (
        "The model `gpt-4` does not exist or you do not have access to it. GET /v1/models lists "
        "those that do. To have gpt-4, start the server with KOKORO_MODEL_IDS=gpt-4, or "
        "KOKORO_MODEL_IDS=* for any name."
    )


def test_with_openai_a_model_that_is_no_name_is_a_bad_request() -> None:
    for model in ("", 7, None):
        assert "'model'" in refusal(OPENAI_OFFER, model=model)


def test_with_openai_instructions_have_openais_limit() -> None:
    SpeechRequest.parse({**GOOD, "instructions": "x" * 4096}, OPENAI_OFFER)
    with pytest.raises(InvalidRequest) as refused:
        SpeechRequest.parse({**GOOD, "instructions": "x" * 4097}, OPENAI_OFFER)
    assert (refused.value.param, refused.value.code) == ("instructions", "string_above_max_length")
    assert "4097" in refused.value.message
    assert "4096" in refused.value.message
    assert parse({**GOOD, "instructions": "x" * 4097}).instructions


def test_times_of_words_come_only_with_events() -> None:
    asked = {**GOOD, "timestamps": True}
    assert parse({**asked, "stream_format": "sse"}).options.timestamps
    for body in (asked, {**asked, "stream": True}, {**asked, "stream_format": "audio"}):
        with pytest.raises(InvalidRequest, match=r"sse.*captions") as refused:
            parse(body)
        assert refused.value.param == "timestamps"


def test_captions_are_json_with_wav_by_default() -> None:
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


def test_errors_do_not_repeat_the_text() -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse({**GOOD, "input": "a private matter that is too long"})
    assert "private" not in refused.value.message
