"""54 voices, each under its own id and the names of this API's documentation."""

from pathlib import Path

import numpy as np
import pytest

from app.tts.errors import AssetError, InputError
from app.tts.voices import VoiceCatalogue
from app.tts.voices.pack import CATALOGUE, VOICES_FILE, VoicePack

OPENAI_NAMES = {
    "alloy": "af_alloy",
    "echo": "am_echo",
    "fable": "bm_fable",
    "nova": "af_nova",
    "onyx": "am_onyx",
    "shimmer": "af_sky",
    "ash": "am_adam",
    "ballad": "am_michael",
    "verse": "am_eric",
    "cedar": "am_liam",
    "coral": "af_nicole",
    "sage": "af_sarah",
    "marin": "af_river",
}
DOCUMENTED_IDS_THE_PACK_LACKS = {
    "af_shimmer": "af_sky",
    "zf_yunjian": "zm_yunjian",
    "zf_yunxi": "zm_yunxi",
    "zf_yunxia": "zm_yunxia",
}


find_voice = VoiceCatalogue().find


@pytest.fixture(scope="module")
def pack() -> VoicePack:
    return VoicePack.load()


def test_there_are_54_voices_in_nine_languages_and_accents() -> None:
    assert len(CATALOGUE) == 54
    assert {voice.language.tag for voice in CATALOGUE.values()} == {
        *("en-US", "en-GB", "es", "fr-FR", "hi", "it", "ja", "pt-BR", "zh")
    }


@pytest.mark.parametrize(
    ("name", "voice_id"), [*OPENAI_NAMES.items(), *DOCUMENTED_IDS_THE_PACK_LACKS.items()]
)
def test_other_names_stand_for_voices_in_any_case(name: str, voice_id: str) -> None:
    assert find_voice(name).id == find_voice(name.upper()).id == voice_id


@pytest.mark.parametrize("voice_id", CATALOGUE)
def test_every_voice_has_a_style_for_every_length(pack: VoicePack, voice_id: str) -> None:
    voice = find_voice(voice_id)
    styles = [pack.style(voice, count) for count in (1, 2, 510)]
    assert all(style.shape == (1, 256) and style.dtype == np.float32 for style in styles)
    assert not np.array_equal(styles[0], styles[1])


def test_the_style_is_that_of_the_number_of_tokens(pack: VoicePack) -> None:
    with np.load(VOICES_FILE) as arrays:
        expected = arrays["af_heart"][41]
    assert np.array_equal(pack.style(find_voice("af_heart"), 42), expected)


@pytest.mark.parametrize("name", ["", "bob", "af_", "af_heart2", "../af_heart"])
def test_an_unknown_voice_is_refused_by_its_field(name: str) -> None:
    with pytest.raises(InputError) as refused:
        find_voice(name)
    assert refused.value.field == "voice"


def test_a_damaged_or_missing_pack_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "voices.bin"
    damaged.write_bytes(VOICES_FILE.read_bytes()[:-1])
    with pytest.raises(AssetError, match="is damaged"):
        VoicePack.load(damaged)
    with pytest.raises(AssetError, match="cannot be read"):
        VoicePack.load(tmp_path / "nothing")
