"""The pack has 54 voices, with styles of every voice and mix for every length."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.tts.errors import AssetError
from app.tts.voices.pack import CATALOGUE, VOICES_FILE, VoicePack
from app.tts.voices.voice import Voice


@pytest.fixture(scope="module")
def pack() -> VoicePack:
    return VoicePack.load()


def test_there_are_54_voices_in_nine_languages_and_accents() -> None:
    assert len(CATALOGUE) == 54
    assert {voice.language.tag for voice in CATALOGUE.values()} == {
        *("en-US", "en-GB", "es", "fr-FR", "hi", "it", "ja", "pt-BR", "zh")
    }


@pytest.mark.parametrize("voice", CATALOGUE.values(), ids=CATALOGUE)
def test_every_voice_has_a_style_for_every_length(pack: VoicePack, voice: Voice) -> None:
    styles = [pack.style(voice, count) for count in (1, 2, 510)]
    assert all(style.shape == (1, 256) and style.dtype == np.float32 for style in styles)
    assert not np.array_equal(styles[0], styles[1])


def test_the_style_is_that_of_the_number_of_tokens(pack: VoicePack) -> None:
    with np.load(VOICES_FILE) as arrays:
        expected = arrays["af_heart"][41]
    assert np.array_equal(pack.style(CATALOGUE["af_heart"], 42), expected)


def test_the_style_of_a_mix_is_the_weighted_mean(pack: VoicePack) -> None:
    shares = (("af_bella", 0.5), ("af_sky", 0.3), ("am_onyx", 0.2))
    mix = replace(Voice.from_id("mix"), mixed_from=shares)
    mixed = pack.style(mix, 7)
    expected = sum(share * pack.style(CATALOGUE[name], 7) for name, share in shares)
    assert mixed.dtype == np.float32
    assert mixed.shape == (1, 256)
    np.testing.assert_allclose(mixed, expected, rtol=1e-5, atol=1e-6)


def test_other_voices_have_their_styles_and_mix_with_the_packs() -> None:
    ones = np.ones((510, 256), np.float32)
    pack = VoicePack.load(others={"mine": ones})
    assert np.array_equal(pack.style(Voice.from_id("mine"), 3), ones[:1])
    mix = replace(Voice.from_id("mix"), mixed_from=(("mine", 0.5), ("af_sky", 0.5)))
    expected = 0.5 + 0.5 * pack.style(CATALOGUE["af_sky"], 3)
    np.testing.assert_allclose(pack.style(mix, 3), expected, rtol=1e-5, atol=1e-6)


def test_a_damaged_or_missing_pack_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "voices.bin"
    damaged.write_bytes(VOICES_FILE.read_bytes()[:-1])
    with pytest.raises(AssetError, match="is damaged"):
        VoicePack.load(damaged)
    with pytest.raises(AssetError, match="cannot be read"):
        VoicePack.load(tmp_path / "nothing")
