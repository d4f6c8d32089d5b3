"""What a server offers follows from its settings."""

import sys
from pathlib import Path

import pytest

from app.offer import Offer
from app.settings import SettingError, Settings


def test_formats_are_those_that_are_switched_on() -> None:
    assert list(Offer.of(Settings()).formats) == ["wav", "pcm"]
    assert list(Offer.of(Settings(extra_formats=("opus",))).formats) == ["wav", "pcm", "opus"]


def test_formats_without_their_library_say_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "app.tts.libav", None)
    monkeypatch.delattr("app.tts.libav", raising=False)
    with pytest.raises(SettingError, match="extra 'codecs'"):
        Offer.of(Settings(extra_formats=("mp3",)))


def test_a_voice_that_cannot_be_read_is_logged_and_the_others_are_offered(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "af_mine.npy").write_bytes(b"no array")
    offer = Offer.of(Settings(voices_dir=tmp_path))
    assert offer.voices.find("af_heart").id == "af_heart"
    assert "af_mine.npy" in caplog.text
