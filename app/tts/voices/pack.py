"""The voices of Kokoro's pack, with their aliases and styles."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from app.tts.errors import AssetError
from app.tts.voices.styles import STYLE_ROWS, STYLE_WIDTH, Styles
from app.tts.voices.voice import Voice

VOICES_FILE = Path(__file__).parent.parent / "data" / "voices-v1.0.bin"
VOICES_SHA256 = "bca610b8308e8d99f32e6fe4197e7ec01679264efed0cac9140fe9c29f1fbf7d"

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
    # Ids that this API's documentation lists but the pack lacks.
    "af_shimmer": "af_sky",
    "zf_yunjian": "zm_yunjian",
    "zf_yunxi": "zm_yunxi",
    "zf_yunxia": "zm_yunxia",
}


CATALOGUE: Mapping[str, Voice] = {
    voice_id: Voice.from_id(
        voice_id, tuple(alias for alias, target in ALIASES.items() if target == voice_id)
    )
    for voice_id in VOICE_IDS
}


class VoicePack:
    """The styles of voices."""

    def __init__(self, styles: Mapping[str, Styles]) -> None:
        self._styles = styles

    @classmethod
    def load(
        cls, path: Path = VOICES_FILE, others: Mapping[str, Styles] | None = None
    ) -> "VoicePack":
        """Read the pack at `path`, an npz of float32 (510, 1, 256) arrays named by voice.

        `others` are styles of voices that are not in the pack. Raises `AssetError` when the file is
        missing, is not the published one, or does not hold the voices of the catalogue.
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
        return cls(styles | dict(others or {}))

    def style(self, voice: Voice, token_count: int) -> Styles:
        """Return the style vector, float32 (1, 256), for a run of `token_count` tokens.

        Kokoro's packs hold a row for each length: row n - 1 is for n tokens without the padding at
        both ends (kokoro's KPipeline.infer). For a mix, it is the weighted mean of its voices'.
        """
        rows = slice(token_count - 1, token_count)
        (first, share), *others = voice.shares
        style: Styles = self._styles[first][rows] * np.float32(share)
        for name, share in others:
            style = style + self._styles[name][rows] * np.float32(share)
        return style
