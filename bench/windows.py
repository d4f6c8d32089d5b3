"""The difference between speech decoded in windows and the same sentences decoded whole."""

import difflib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import click
import numpy as np
import numpy.typing as npt

from app.tts.engine import KokoroEngine
from app.tts.model.acoustic import MODEL_FRAME, VOICED_ABOVE_HZ, AcousticOutput
from app.tts.model.speech_model import StreamPacing
from app.tts.model.split_model import SplitModel
from app.tts.prepare.spectral_distance import log_spectral_distance
from app.tts.types import Samples
from app.tts.voices.pack import CATALOGUE
from bench.ear import ear
from bench.engines import DEFAULT_VOCODER, Waiting, engine_to_listen_to, vocoder_option
from bench.report import Table, document, publish
from bench.window_sentences import SENTENCES, VOICES

SILENT_BELOW_PEAK = 50.0
"""Level below the loudest frame, in dB, under which a frame of the whole decoding is silence."""
WHISPER_RATE = 16_000

QUICK_SENTENCES = 2


@dataclass(frozen=True)
class Difference:
    """The difference between one sentence in windows and whole, in dB."""

    voice: str
    distance: float
    """Log-spectral distance."""

    level_errors: npt.NDArray[np.float64]
    """Difference in level for each voiced frame."""

    silence: float
    """95th percentile of the silent frames' levels, relative to the sentence's loudest frame."""

    same_words: bool


@click.command()
@click.option("--quick", is_flag=True, help="Two sentences by each voice; nothing is written.")
@vocoder_option
def main(quick: bool, vocoder: str) -> None:
    """Compare all sentences of all voices: a row for each voice, and one for all."""
    engine = engine_to_listen_to(vocoder)
    print(engine, file=sys.stderr)
    differences: list[Difference] = []
    for voice, language in VOICES.items():
        texts = SENTENCES[language][: QUICK_SENTENCES if quick else None]
        for difference in _differences(engine, voice, language, texts):
            differences.append(difference)
            print(f"{voice}: {difference.distance:.2f} dB", file=sys.stderr)
    rows = [_row(voice, [d for d in differences if d.voice == voice]) for voice in VOICES]
    rows.append(_row("all", differences))
    header = ["voice", "sentences", "log-spectral distance", "level error, mean", "p95"]
    header += ["silence at most, in 95 % of sentences", "same transcript"]
    title = "Windowed against whole decoding (dB)"
    if quick or vocoder != DEFAULT_VOCODER:
        print(document(title, Table("", header, rows)))
    else:
        publish("windows", title, header, rows)


def _differences(
    engine: KokoroEngine, voice: str, language: str, texts: list[str]
) -> Iterator[Difference]:
    assert isinstance(engine.model, SplitModel)
    listener = ear()

    def words(samples: Samples) -> list[str]:
        # Linear interpolation is good enough for a listener that hears up to 8 kHz.
        times = np.arange(0, len(samples) - 1, 24_000 / WHISPER_RATE)
        heard = np.interp(times, np.arange(len(samples)), samples).astype(np.float32)
        segments, _ = listener.transcribe(heard, language=language, beam_size=5)
        text = "".join(segment.text for segment in segments).lower()
        return "".join(c if c.isalnum() else " " for c in text).split()

    for text in texts:
        whole, windowed, output = _speak_both(engine, engine.model, voice, text)
        said, heard = words(whole), words(windowed)
        if said != heard:
            changes = [c for c in difflib.ndiff(said, heard) if c[0] in "+-"]
            print(f"{voice}: {text} {changes}", file=sys.stderr)
        yield _difference(voice, whole, windowed, output, same_words=said == heard)


def _speak_both(
    engine: KokoroEngine, model: SplitModel, voice_id: str, text: str
) -> tuple[Samples, Samples, AcousticOutput]:
    """Return the sentence decoded whole and in windows, and the acoustic output."""
    voice = CATALOGUE[voice_id]
    tokens = engine.vocabulary.encode(engine.phonemizer.phonemize(text, voice.language))
    style = engine.voices.style(voice, len(tokens))
    output = model.acoustic.run(tokens, style, 1.0)
    whole, _ = model.vocoder.decode(output)
    statistics = model.predictor.predict(voice, output)
    assert statistics is not None
    windows = model.windows(output, statistics, StreamPacing(Waiting()))
    windowed = np.concatenate([window.samples for window in windows])
    return whole[-len(windowed) :], windowed, output


def _difference(
    voice: str, whole: Samples, windowed: Samples, output: AcousticOutput, *, same_words: bool
) -> Difference:
    ours, theirs = (_levels(samples) for samples in (windowed, whole))
    voiced = output.pitch.reshape(-1, 2).mean(axis=1)[-len(ours) :] > VOICED_ABOVE_HZ
    silent = theirs < theirs.max() - SILENT_BELOW_PEAK
    audible = voiced & ~silent
    silence = np.percentile(ours[silent] - theirs.max(), 95) if silent.any() else -np.inf
    return Difference(
        voice,
        log_spectral_distance(windowed, whole),
        np.abs(ours[audible] - theirs[audible]),
        float(silence),
        same_words,
    )


def _levels(samples: Samples) -> npt.NDArray[np.float64]:
    frames = samples.reshape(-1, MODEL_FRAME).astype(np.float64)
    levels: npt.NDArray[np.float64] = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12)
    return levels


def _row(voice: str, differences: list[Difference]) -> list[object]:
    errors = np.concatenate([difference.level_errors for difference in differences])
    return [
        voice,
        len(differences),
        f"{np.mean([difference.distance for difference in differences]):.2f}",
        f"{errors.mean():.2f}",
        f"{np.percentile(errors, 95):.2f}",
        f"{np.percentile([difference.silence for difference in differences], 95):.1f}",
        f"{sum(difference.same_words for difference in differences)} of {len(differences)}",
    ]


if __name__ == "__main__":
    main()
