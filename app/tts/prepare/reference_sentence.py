"""The sentence by which a prepared model is compared with its source."""

import numpy as np
import numpy.typing as npt

from app.tts.model.vocabulary import Vocabulary
from app.tts.voices.pack import CATALOGUE, VoicePack

REFERENCE_VOICE = CATALOGUE["af_heart"]
_PHONEMES = "ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˌOvəɹ ðə lˈAzi dˈɔɡ."


def reference_sentence() -> tuple[list[int], npt.NDArray[np.float32]]:
    """Return the tokens of the sentence and its style, float32 (1, 256)."""
    tokens = Vocabulary.load().encode(_PHONEMES)
    return tokens, VoicePack.load().style(REFERENCE_VOICE, len(tokens))
