"""Voices, the pack's and the operator's, are found by ids, aliases and formulas."""

from pathlib import Path

import numpy as np
import pytest

from app.tts.errors import AssetError, InputError
from app.tts.voices import VoiceCatalogue
from app.tts.voices.custom import CustomVoices
from app.tts.voices.pack import CATALOGUE
from app.tts.voices.voice import Voice

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


@pytest.fixture
def catalogue() -> VoiceCatalogue:
    style = np.zeros((510, 256), np.float32)
    return VoiceCatalogue(CustomVoices({"narrator-2": style, "bm_captain": style}))


def refusal(catalogue: VoiceCatalogue, name: str) -> str:
    with pytest.raises(InputError) as refused:
        catalogue.find(name)
    assert refused.value.field == "voice"
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "voice_id"), [*OPENAI_NAMES.items(), *DOCUMENTED_IDS_THE_PACK_LACKS.items()]
)
def test_other_names_stand_for_voices_in_any_case(
    catalogue: VoiceCatalogue, name: str, voice_id: str
) -> None:
    assert catalogue.find(name) is catalogue.find(f" {name.upper()} ") is CATALOGUE[voice_id]
    assert name in CATALOGUE[voice_id].aliases


@pytest.mark.parametrize("name", ["", "bob", "af_", "af_heart2", "../af_heart", "af heart"])
def test_an_unknown_voice_is_refused_by_its_field(catalogue: VoiceCatalogue, name: str) -> None:
    assert refusal(catalogue, name).startswith(f"there is no voice {name!r}")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("aloy", "alloy"),
        ("Af-Bella", "af_bella"),
        ("shimer", "shimmer"),
        ("heart", "af_heart"),
        ("bm_georg(2)+af_sky", "bm_george"),
        ("af_narator", "af_narrator"),
    ],
)
def test_a_misspelt_voice_is_answered_with_the_nearest(
    tmp_path: Path, name: str, nearest: str
) -> None:
    np.save(tmp_path / "af_narrator.npy", np.zeros((510, 256), np.float32))
    message = refusal(VoiceCatalogue.load(tmp_path), name)
    assert message.endswith(f"; did you mean {nearest!r}?")


def test_a_voice_like_no_other_is_just_unknown(catalogue: VoiceCatalogue) -> None:
    assert refusal(catalogue, "bob") == "there is no voice 'bob'."


def test_the_voices_of_a_folder_are_listed_after_the_packs(tmp_path: Path) -> None:
    np.save(tmp_path / "if_nonna.npy", np.zeros((510, 256), np.float32))
    catalogue = VoiceCatalogue.load(tmp_path)
    assert list(catalogue) == [*CATALOGUE.values(), catalogue.find("if_nonna")]
    assert list(VoiceCatalogue.load()) == list(CATALOGUE.values())


def test_a_folder_with_a_bad_file_is_not_sound(tmp_path: Path) -> None:
    (tmp_path / "mine.npy").write_bytes(b"")
    with pytest.raises(AssetError, match=r"mine\.npy cannot be used"):
        VoiceCatalogue.load(tmp_path).require_sound()
    VoiceCatalogue.load().require_sound()


@pytest.mark.parametrize(
    ("voice_id", "name", "tag", "gender"),
    [
        ("bm_captain", "Captain", "en-GB", "male"),
        ("if_la_nonna", "La Nonna", "it", "female"),
        ("narrator-2", "Narrator 2", "en-US", None),
        ("bx_captain", "Bx Captain", "en-US", None),
        ("xf_anna", "Xf Anna", "en-US", None),
        ("bf_", "Bf", "en-US", None),
        ("bfx", "Bfx", "en-US", None),
    ],
)
def test_language_and_gender_are_read_off_an_id_like_the_packs(
    voice_id: str, name: str, tag: str, gender: str | None
) -> None:
    voice = Voice.from_id(voice_id)
    assert (voice.name, voice.language.tag, voice.gender) == (name, tag, gender)


@pytest.mark.parametrize(
    ("formula", "voice_id", "shares"),
    [
        ("af_bella(2)+af_sky(1)", "af_bella(2)+af_sky(1)", [2 / 3, 1 / 3]),
        ("af_bella+af_sky", "af_bella(1)+af_sky(1)", [0.5, 0.5]),
        (" Alloy ( .50 ) +NOVA(1.)", "af_alloy(0.5)+af_nova(1)", [1 / 3, 2 / 3]),
        ("af_sky+shimmer+af_bella", "af_sky(2)+af_bella(1)", [2 / 3, 1 / 3]),
        ("narrator-2(3)+bm_captain", "narrator-2(3)+bm_captain(1)", [0.75, 0.25]),
        ("af_sky(1000)+af_bella(100)", "af_sky(1000)+af_bella(100)", [10 / 11, 1 / 11]),
    ],
)
def test_a_formula_is_a_mix_with_an_id_of_its_own(
    catalogue: VoiceCatalogue, formula: str, voice_id: str, shares: list[float]
) -> None:
    mix = catalogue.find(formula)
    assert mix.id == voice_id
    assert [name for name, _ in mix.shares] == [part.split("(")[0] for part in mix.id.split("+")]
    assert [share for _, share in mix.shares] == pytest.approx(shares)
    assert catalogue.find(mix.id) == mix


@pytest.mark.parametrize("formula", ["af_sky(0.3)", "af_sky + shimmer(2)", "AF_SHIMMER(7)"])
def test_a_mix_of_one_voice_is_that_voice(catalogue: VoiceCatalogue, formula: str) -> None:
    assert catalogue.find(formula) is CATALOGUE["af_sky"]


@pytest.mark.parametrize(
    ("formula", "tag", "gender", "name"),
    [
        ("bf_emma+af_sky", "en-GB", "female", "Emma + Sky"),
        ("ff_siwis(0.1)+am_onyx", "fr-FR", None, "Siwis + Onyx"),
        ("bm_captain+narrator-2", "en-GB", None, "Captain + Narrator 2"),
    ],
)
def test_a_mix_speaks_the_language_of_its_first_voice(
    catalogue: VoiceCatalogue, formula: str, tag: str, gender: str | None, name: str
) -> None:
    mix = catalogue.find(formula)
    assert (mix.language.tag, mix.gender, mix.name) == (tag, gender, name)


def test_an_unknown_voice_of_a_mix_is_pointed_at(catalogue: VoiceCatalogue) -> None:
    message = refusal(catalogue, "af_sky(2) + bob")
    assert message.startswith("there is no voice 'bob' (at character 13 of the mix)")


def test_the_weights_of_a_voice_have_a_limit_together(catalogue: VoiceCatalogue) -> None:
    message = refusal(catalogue, "af_sky(600)+af_bella+shimmer(600)")
    assert message == ("the weights of af_sky add up to more than 1000 at character 22 of the mix.")
