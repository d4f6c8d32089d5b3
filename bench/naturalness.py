"""Ratings by DNSMOS of how natural speech sounds, from 1 to 5 and without a reference.

Eighteen sentences in six languages are spoken three times: by the engine at once; by the engine in
windows, as for a listener who has no audio left; and by the int8 model file as shipped, in one run
of ONNX Runtime. All three are trimmed alike.

DNSMOS was made to rate noise suppression. Its ratings can compare vocoders on the same sentences,
but say little about one voice or language compared with another. SIG rates the speech, BAK the
background, and overall both, as under ITU-T P.835; P.808 is another network's overall rating.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import click
import librosa
import numpy as np
from speechmos import dnsmos

from app.tts.engine import KokoroEngine
from app.tts.types import SAMPLE_RATE, Samples, SynthesisOptions
from bench.engines import DEFAULT_VOCODER, Waiting, engine_to_listen_to, vocoder_option
from bench.reading_sentences import PROSE
from bench.report import RESULTS, Table, document
from bench.window_sentences import SENTENCES

DNSMOS_RATE = 16_000

RATINGS = {"ovrl_mos": "overall", "sig_mos": "SIG", "bak_mos": "BAK", "p808_mos": "P.808"}
"""DNSMOS's names of its ratings, and the usual ones."""

VOICES = {
    "en": "af_heart",
    "es": "ef_dora",
    "fr": "ff_siwis",
    "it": "if_sara",
    "ja": "jf_alpha",
    "pt-BR": "pf_dora",
}
SENTENCES_EACH = 3

WHOLE, STREAMED, SHIPPED = "whole", "streamed in windows", "the int8 file as shipped"

BESIDE_WHOLE = "overall, less the same sentence's whole"

Speak = Callable[[str, str], Samples]
"""Speaks a text with the voice of an id."""


@dataclass(frozen=True)
class Rated:
    """The ratings of one spoken sentence."""

    way: str
    language: str
    ratings: dict[str, float]


@click.command()
@vocoder_option
def main(vocoder: str) -> None:
    """Rate how natural the speech of 18 sentences sounds, with DNSMOS."""
    rated = [
        Rated(way, language, rate(speak(text, voice)))
        for way, speak in ways(vocoder).items()
        for language, voice in VOICES.items()
        for text in sentences(language)
    ]
    text = document(
        "Naturalness, rated by DNSMOS",
        Table("", ["spoken", "sentences", *RATINGS.values(), BESIDE_WHOLE], rows(rated)),
        Table("Overall, by language", ["spoken", *VOICES], rows_by_language(rated)),
    )
    click.echo(text)
    if vocoder == DEFAULT_VOCODER:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "naturalness.md").write_text(text)


def sentences(language: str) -> list[str]:
    """Return the sentences for a language of `VOICES`."""
    return (SENTENCES.get(language) or PROSE[language])[:SENTENCES_EACH]


def ways(vocoder: str) -> dict[str, Speak]:
    """Return the three ways of speaking, by name."""
    engine = engine_to_listen_to(vocoder)
    click.echo(f"whole and streamed: {engine}", err=True)
    shipped = engine_to_listen_to(vocoder, precision="int8")
    click.echo(f"as shipped: {shipped}", err=True)
    return {
        WHOLE: _speaks(engine),
        STREAMED: _speaks(engine, Waiting()),
        SHIPPED: _speaks(shipped),
    }


def _speaks(engine: KokoroEngine, listener: Waiting | None = None) -> Speak:
    def speak(text: str, voice: str) -> Samples:
        chunks = engine.synthesize(text, SynthesisOptions(voice), listener)
        return np.concatenate([chunk.samples for chunk in chunks])

    return speak


def rate(samples: Samples) -> dict[str, float]:
    """Return DNSMOS's ratings of `samples`, float32 (n,) at 24 kHz, by its names."""
    heard = librosa.resample(
        samples, orig_sr=SAMPLE_RATE, target_sr=DNSMOS_RATE, res_type="soxr_vhq"
    )
    ratings = dnsmos.run(np.clip(heard, -1, 1), DNSMOS_RATE)
    return {name: float(ratings[name]) for name in RATINGS}


def rows(rated: Sequence[Rated]) -> list[list[object]]:
    """Return a row for each way of speaking: the number of sentences, and their mean ratings."""
    (_, whole), *_ = by_way = _by_way(rated)
    return [
        [
            way,
            len(of_way),
            *(f"{_mean(of_way, name):.3f}" for name in RATINGS),
            _difference(of_way, whole),
        ]
        for way, of_way in by_way
    ]


def rows_by_language(rated: Sequence[Rated]) -> list[list[object]]:
    """Return a row for each way of speaking: the mean overall rating in each language."""
    return [
        [
            way,
            *(
                f"{_mean([r for r in of_way if r.language == tag], 'ovrl_mos'):.2f}"
                for tag in VOICES
            ),
        ]
        for way, of_way in _by_way(rated)
    ]


def _by_way(rated: Sequence[Rated]) -> list[tuple[str, list[Rated]]]:
    return [(way, [r for r in rated if r.way == way]) for way in (WHOLE, STREAMED, SHIPPED)]


def _difference(rated: Sequence[Rated], whole: Sequence[Rated]) -> str:
    """Return the mean difference of the overall rating and the standard error of that mean."""
    if rated is whole:
        return ""
    overall = [[one.ratings["ovrl_mos"] for one in each] for each in (rated, whole)]
    differences = np.subtract(*overall)
    error = differences.std(ddof=1) / np.sqrt(len(differences))
    return f"{differences.mean():+.3f} ± {error:.3f}"


def _mean(rated: Sequence[Rated], name: str) -> float:
    return float(np.mean([one.ratings[name] for one in rated]))


if __name__ == "__main__":
    main()
