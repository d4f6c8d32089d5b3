"""Capabilities follow from the settings."""

import sys
from pathlib import Path

import pytest

from app.settings import SettingError, Settings
from app.web.capabilities import Capabilities


def test_formats_are_those_that_are_switched_on() -> None:
    assert list(Capabilities.of(Settings()).formats) == ["wav", "pcm"]
    assert list(Capabilities.of(Settings(extra_formats=("opus",))).formats) == [
        "wav",
        "pcm",
        "opus",
    ]


def test_formats_without_their_library_say_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "app.tts.audio.libav", None)
    monkeypatch.delattr("app.tts.audio.libav", raising=False)
    with pytest.raises(SettingError, match="extra 'codecs'"):
        Capabilities.of(Settings(extra_formats=("mp3",)))


def test_a_voice_that_cannot_be_read_is_logged_and_the_others_are_offered(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "af_mine.npy").write_bytes(b"no array")
    capabilities = Capabilities.of(Settings(voices_dir=tmp_path))
    assert capabilities.voices.find("af_heart").id == "af_heart"
    assert "af_mine.npy" in caplog.text


OPENAI = Settings.load({"KOKORO_OPENAI": "on", "KOKORO_MODEL_IDS": "mine"})


def test_openai_offers_openais_models_and_every_format() -> None:
    capabilities = Capabilities.of(OPENAI)
    assert capabilities.models == (
        "tts-1",
        "kokoro",
        "tts-1-hd",
        "gpt-4o-mini-tts",
        "gpt-4o-mini-tts-2025-03-20",
        "gpt-4o-mini-tts-2025-12-15",
        "mine",
    )
    assert list(capabilities.formats) == ["wav", "pcm", "mp3", "opus", "aac", "flac"]
    assert capabilities.default_format == "mp3"


@pytest.mark.parametrize("settings", [Settings(), OPENAI])
@pytest.mark.parametrize(
    "name",
    [
        "alloy",
        "ash",
        "ballad",
        "cedar",
        "coral",
        "echo",
        "fable",
        "marin",
        "nova",
        "onyx",
        "sage",
        "shimmer",
        "verse",
    ],
)
def test_every_name_of_openais_voices_is_one(settings: Settings, name: str) -> None:
    assert name in Capabilities.of(settings).voices.find(name).aliases


def test_the_formats_streamed_by_default_follow_from_the_mode() -> None:
    extra = Settings(extra_formats=("mp3", "flac"))
    assert Capabilities.of(Settings()).streamed_formats == ("pcm",)
    assert Capabilities.of(extra).streamed_formats == ("pcm", "mp3", "flac")
    assert Capabilities.of(OPENAI).streamed_formats == ("wav", "pcm", "mp3", "opus", "aac", "flac")


@pytest.mark.parametrize("openai", ["off", "on"])
def test_an_asterisk_accepts_every_name_of_a_model_but_an_empty_one(openai: str) -> None:
    capabilities = Capabilities.of(
        Settings.load({"KOKORO_MODEL_IDS": "mine,*", "KOKORO_OPENAI": openai})
    )
    assert "*" not in capabilities.models
    assert "mine" in capabilities.models
    assert capabilities.has_model("gpt-9")
    assert not capabilities.has_model("")
    assert not capabilities.has_model(" ")
    assert not Capabilities.of(Settings()).has_model("gpt-9")
