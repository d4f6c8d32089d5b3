"""The voice catalogue, the other names its voices answer to, and their style vectors."""

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.tts.errors import AssetError, InputError
from app.tts.languages import LANGUAGES, Language

VOICES_FILE = Path(__file__).parent / "data" / "voices-v1.0.bin"
VOICES_SHA256 = "bca610b8308e8d99f32e6fe4197e7ec01679264efed0cac9140fe9c29f1fbf7d"
STYLE_ROWS = 510
STYLE_WIDTH = 256

VOICE_IDS = (
    *("af_alloy", "af_aoede", "af_bella", "af_heart", "af_jessica", "af_kore", "af_nicole"),
    *("af_nova", "af_river", "af_sarah", "af_sky"),
    *("am_adam", "am_echo", "am_eric", "am_fenrir", "am_liam", "am_michael", "am_onyx"),
    *("am_puck", "am_santa"),
    *("bf_alice", "bf_emma", "bf_isabella", "bf_lily"),
    *("bm_daniel", "bm_fable", "bm_george", "bm_lewis"),
    *("ef_dora", "em_alex", "em_santa"),
    "ff_siwis",
    *("hf_alpha", "hf_beta", "hm_omega", "hm_psi"),
    *("if_sara", "im_nicola"),
    *("jf_alpha", "jf_gongitsune", "jf_nezumi", "jf_tebukuro", "jm_kumo"),
    *("pf_dora", "pm_alex", "pm_santa"),
    *("zf_xiaobei", "zf_xiaoni", "zf_xiaoxiao", "zf_xiaoyi"),
    *("zm_yunjian", "zm_yunxi", "zm_yunxia", "zm_yunyang"),
)

ALIASES: Mapping[str, str] = {
    # OpenAI's voices.
    "alloy": "af_alloy",
    "ash": "am_adam",
    "ballad": "am_michael",
    "cedar": "am_liam",
    "coral": "af_nicole",
    "echo": "am_echo",
    "fable": "bm_fable",
    "marin": "af_river",
    "nova": "af_nova",
    "onyx": "am_onyx",
    "sage": "af_sarah",
    "shimmer": "af_sky",
    "verse": "am_eric",
    # Ids that this API's documentation lists and the pack lacks.
    "af_shimmer": "af_sky",
    "zf_yunjian": "zm_yunjian",
    "zf_yunxi": "zm_yunxi",
    "zf_yunxia": "zm_yunxia",
}


@dataclass(frozen=True)
class Voice:
    """One entry of the catalogue."""

    id: str

    @property
    def name(self) -> str:
        """The voice's given name, such as `Heart`."""
        return self.id.split("_", 1)[1].capitalize()

    @property
    def language(self) -> Language:
        """The language the voice was made for."""
        return LANGUAGES[self.id[0]]

    @property
    def gender(self) -> str:
        """`female` or `male`, the second letter of the id."""
        return {"f": "female", "m": "male"}[self.id[1]]

    @property
    def aliases(self) -> list[str]:
        """Other names a request may use for the voice."""
        return [alias for alias, target in ALIASES.items() if target == self.id]


CATALOGUE: Mapping[str, Voice] = {voice_id: Voice(voice_id) for voice_id in VOICE_IDS}


def find_voice(name: str) -> Voice:
    """Return the voice that `name`, an id or an alias in any case, stands for.

    Raises `InputError` when no voice answers to it.
    """
    wanted = name.strip().lower()
    voice = CATALOGUE.get(ALIASES.get(wanted, wanted))
    if voice is None:
        raise InputError(
            f"there is no voice {name[:64]!r}; GET /v1/audio/voices lists them.",
            field="voice",
        )
    return voice


class VoiceCatalogue:
    """The voices that requests may ask for."""

    @classmethod
    def load(cls, folder: Path | None = None) -> "VoiceCatalogue":
        """Take the voices of the pack, and those that lie in `folder`."""
        return cls()

    def __iter__(self) -> Iterator[Voice]:
        return iter(CATALOGUE.values())

    def find(self, name: str) -> Voice:
        """Return the voice that `name` stands for; raises `InputError` when there is none."""
        return find_voice(name)


class VoicePack:
    """The style vectors of every voice in the catalogue."""

    def __init__(self, styles: Mapping[str, npt.NDArray[np.float32]]) -> None:
        self._styles = styles

    @classmethod
    def load(cls, path: Path = VOICES_FILE) -> "VoicePack":
        """Read the pack at `path`, an npz of float32 (510, 1, 256) arrays named by voice.

        Raises `AssetError` when the file is missing, is not the published one, or holds other
        voices than the catalogue.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise AssetError(f"The voices file {path} cannot be read: {error.strerror}.") from error
        if hashlib.sha256(content).hexdigest() != VOICES_SHA256:
            raise AssetError(f"The voices file {path} is damaged: install the package again.")
        with np.load(io.BytesIO(content)) as arrays:
            styles = {name: arrays[name].reshape(STYLE_ROWS, STYLE_WIDTH) for name in arrays}
        if styles.keys() != CATALOGUE.keys():
            odd = ", ".join(sorted(styles.keys() ^ CATALOGUE.keys()))
            raise AssetError(f"The voices file {path} and the catalogue differ in: {odd}.")
        return cls(styles)

    def style(self, voice: Voice, token_count: int) -> npt.NDArray[np.float32]:
        """Return the style vector, float32 (1, 256), for an utterance of `token_count` tokens.

        Kokoro's packs hold a row for each length: row n - 1 is for n tokens, the padding at both
        ends not counted (kokoro's KPipeline.infer).
        """
        return self._styles[voice.id][token_count - 1 : token_count]
